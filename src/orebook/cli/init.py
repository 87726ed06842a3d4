"""`orebook init`: a small instance to begin from, every file explained by its README.md."""

from __future__ import annotations

from pathlib import Path

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import refused, say
from orebook.errors import InputError, WriteError
from orebook.export import files_of
from orebook.files.atomic import write_folder
from orebook.files.instances import read
from orebook.schema.document import REQUIRED_TABLES, TABLES

EMPTY = "empty"
"""What to begin from with tables that have no rows."""
STARTER = Path(__file__).parents[1] / "starter"


def run(folder: Path, source: str | None) -> int:
    """Write it; 2 where the folder holds anything already, or what to begin from cannot be read."""
    try:
        write_folder(folder, _files(source), new=True)
    except InputError as error:
        return refused(error.findings, as_json=False)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    readme = "; its README.md says what to change" if (folder / "README.md").is_file() else ""
    begin = "fill its tables in" if source == EMPTY else f"`orebook solve {folder}` solves it"
    say(f"written: {folder}{readme}; {begin}")
    return 0


def _files(source: str | None) -> dict[str, bytes | str]:
    """The starter; every table with its header alone; or an instance that ships, a folder or a workbook, as a folder."""
    if source is None:
        return {path.name: path.read_bytes() for path in sorted(STARTER.iterdir()) if path.is_file()}
    if source == EMPTY:
        heads = {f"{table}.csv": ",".join(TABLES[table].model_fields) + "\n" for table in REQUIRED_TABLES}
        return {"instance.toml": 'name = "mine"\nweeks = 13\n', **heads}
    return dict(files_of(read(source).document))
