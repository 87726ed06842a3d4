"""`orebook init`: a small instance to begin from, every file explained by its README.md."""

from __future__ import annotations

from pathlib import Path

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import say
from orebook.errors import WriteError
from orebook.files.atomic import write_folder

STARTER = Path(__file__).parents[1] / "starter"


def run(folder: Path) -> int:
    """Write it; 2 where the folder holds anything already."""
    files: dict[str, bytes | str] = {
        path.name: path.read_bytes() for path in sorted(STARTER.iterdir()) if path.is_file()
    }
    try:
        write_folder(folder, files, new=True)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    say(f"written: {folder}; its README.md says what to change, and `orebook solve {folder}` solves it")
    return 0
