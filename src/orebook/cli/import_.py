"""`orebook import`: a planner's own sheets as an instance, and the mapping they are read by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from orebook.api import import_book
from orebook.changes.differences import Difference
from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import refused, result, result_json, say
from orebook.errors import InputError, WriteError
from orebook.export.texts import cell_text
from orebook.files.atomic import write_file
from orebook.findings import Finding
from orebook.importing.imported import MAPPING_FILE, Imported
from orebook.importing.making import key_name

_FEW = 6
_MOST_DIFFERENCES = 40


def run(book: Path, mapping: Path | None, out: Path | None, *, force: bool, as_json: bool) -> int:
    """Read it, write what was asked for, and say all of it; 2 where something is left to be said or mended."""
    kept = out / MAPPING_FILE if out is not None else None
    by = mapping if mapping is not None and mapping.exists() else None
    if by is None and mapping is None and kept is not None and kept.is_file():
        by = kept
    try:
        imported = import_book(book, by, before=out)
    except InputError as error:
        return refused(error.findings, as_json=as_json)
    try:
        if mapping is not None and by is None:
            write_file(mapping, imported.mapping_text.encode())
        if out is not None and imported.problem is not None:
            imported.save(out, force=force)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    if as_json:
        result_json(_document(imported))
    else:
        _show(imported, by)
        _say_written(imported, mapping, out, by)
    return BAD_INPUT if imported.problem is None else 0


def _document(imported: Imported) -> dict[str, object]:
    return {
        "ok": imported.problem is not None,
        "mapping": imported.mapping.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "findings": [finding.as_json() for finding in imported.findings],
        "differences": [difference.as_json() for difference in imported.differences],
    }


def _show(imported: Imported, by: Path | None) -> None:
    for block in imported.mapping.block:
        name = block.sheet + (f" / {block.section}" if block.section else "")
        read = [column for column in block.columns.values() if column.to not in ("skip", "?")]
        columns = f", {len(read)} of {len(block.columns)} columns" if block.columns else ""
        result(f"{name}: {block.table}{columns}")
    for text in _grouped(f for f in imported.findings if f.severity == "warning"):
        result(f"warning: {text}")
    for text in _told(imported.differences):
        result(text)
    for text in _grouped(imported.faults):
        result(f"fault: {text}")
    rows = {source.table: set[str]() for source in imported.sources}
    for source in imported.sources:
        rows[source.table].add(source.key)
    made = ", ".join(f"{len(keys)} {table}" for table, keys in rows.items())
    result(
        f"{made or 'nothing'}: {len(imported.faults)} faults, {len(imported.findings) - len(imported.faults)} warnings"
    )


def _grouped(findings: Iterable[Finding]) -> Iterator[str]:
    """What is said of several cells, once, with all of them."""
    cells: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        cells.setdefault((finding.check, finding.message), []).append(finding.cell or finding.file)
    for (_, message), places in cells.items():
        more = f" and {len(places) - _FEW} more" if len(places) > _FEW else ""
        yield f"{', '.join(places[:_FEW])}{more}: {message}"


def _told(differences: tuple[Difference, ...]) -> Iterator[str]:
    for difference in differences[:_MOST_DIFFERENCES]:
        key = key_name(difference.table, difference.key) if difference.key else ""
        name = f"{difference.table}.{key}".rstrip(".")
        if difference.column is not None:
            was, now = (cell_text(value) or "blank" for value in (difference.was, difference.now))
            yield f"changed: {name}.{difference.column}: {was} -> {now}"
        else:
            yield f"{'new' if difference.was is None else 'gone'}: {name}"
    if len(differences) > _MOST_DIFFERENCES:
        yield f"and {len(differences) - _MOST_DIFFERENCES} differences more"


def _say_written(imported: Imported, mapping: Path | None, out: Path | None, by: Path | None) -> None:
    if mapping is not None and by is None:
        say(f"written: {mapping}; correct it where it is wrong, and import the book again")
    if imported.problem is None:
        how = "" if mapping or by else "; --map FILE writes the mapping, to be corrected"
        say(
            f"nothing is written: {len(imported.faults)} faults are left{how}"
            if out
            else f"{len(imported.faults)} faults are left{how}"
        )
    elif out is not None:
        say(
            f"written: {out}; `orebook solve {out}` solves it, `orebook trace {out} ADDRESS` tells where a figure is from"
        )
    else:
        say("it can be used; name a folder with --out to write the instance")
