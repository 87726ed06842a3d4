"""A planner's book, imported: its mapping, the problem it is, where every figure came from, and all that is to be said."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

from orebook.changes.differences import Difference, differences
from orebook.errors import InputError, WriteError
from orebook.export import files_of
from orebook.files.atomic import LITTER, refuse_taken, write_folder
from orebook.files.instances import inspect
from orebook.findings import Finding
from orebook.importing.blocks import Block
from orebook.importing.conversion import converted
from orebook.importing.finding_blocks import blocks_of
from orebook.importing.mapping import Mapping as BookMapping
from orebook.importing.mapping import read_mapping
from orebook.importing.mapping_text import mapping_text
from orebook.importing.proposing import proposed
from orebook.importing.sheets import sheets_of
from orebook.importing.sources import (
    FOLDER,
    SOURCES_FILE,
    Source,
    changed_since,
    read_sources,
    sources_of,
    sources_text,
    traced,
)
from orebook.problem import Problem
from orebook.reading.book import HEAD_FILE, file_of
from orebook.reading.cell import Raw, Tab
from orebook.schema.document import TABLES, Document

MAPPING_FILE = f"{FOLDER}/mapping.toml"
NOTES_FILE = f"{FOLDER}/notes.csv"
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Imported:
    """What came of a book.

    >>> import orebook
    >>> rows = [["Supplier", "Metal", "Price (USD/kg)"], ["Traxys", "Tin", 30], ["Total", None, 30]]
    >>> imported = orebook.import_book({"Quotes": rows})
    >>> imported
    Imported: Problem quotes: 1 mineral, 1 offer, 13 weeks
    >>> print(imported.findings[0])
    Quotes!A3: the row is a totals row, and is left out
    """

    problem: Problem | None
    """The instance; None where there are faults."""
    findings: tuple[Finding, ...]
    """Faults, each with its cell and what to do about it, and warnings: what was left out, taken so or not carried over."""
    mapping: BookMapping
    """What each sheet and column was taken for."""
    mapping_text: str
    """The mapping as a file, to be corrected and given again."""
    sources: tuple[Source, ...]
    """Where each figure came from."""
    differences: tuple[Difference, ...] = ()
    """What changed from the instance that stood there before."""

    def __repr__(self) -> str:
        faults = len(self.faults)
        return (
            f"Imported: {self.problem!r}"
            if self.problem
            else f"Imported: {faults} fault{'s' * (faults != 1)}, no problem"
        )

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that have to be mended before there is a problem."""
        return tuple(f for f in self.findings if f.severity == "fault")

    def trace(self, address: str) -> list[Source]:
        """Where figures came from. `address`: such as `offers.x.price_usd_per_t`, or a whole row's. Raises InputError."""
        return traced(self.sources, address)

    def save(self, folder: str | PathLike[str], *, force: bool = False) -> None:
        """Write the instance, with its mapping, sources and notes in the folder `import` of it.

        `folder`: new, empty, or one that was imported; what no sheet says, such as other tables, stays.
        `force`: also where figures were changed in it by hand since.

        Raises InputError where there are faults, WriteError where the folder is not to be replaced.
        """
        if self.problem is None:
            raise InputError(self.faults)
        target = Path(folder)
        files: dict[str, bytes | str] = {
            **_kept(target),
            **files_of(self.problem.document),
            MAPPING_FILE: self.mapping_text,
            SOURCES_FILE: sources_text(self.sources),
            NOTES_FILE: _notes(self.findings),
        }
        write_folder(target, files, may_replace=lambda path: _refuse(Path(path), force=force))


def import_book(
    book: str | PathLike[str] | Mapping[str, Rows],
    mapping: str | PathLike[str] | BookMapping | None,
    before: str | PathLike[str] | None,
) -> Imported:
    """What a book is as an instance, under a mapping or the one that it suggests. Raises InputError."""
    tabs, name = _tabs(book)
    said = mapping if isinstance(mapping, BookMapping) or mapping is None else read_mapping(Path(mapping))
    found = {tab.title: blocks_of(tab, hidden=said is not None and said.hidden_rows) for tab in tabs}
    blocks = [block for tab in tabs for block in found[tab.title]]
    bare = [tab.title for tab in tabs if tab.rows and not found[tab.title]]
    chosen = said or proposed(name, blocks, [tab.title for tab in tabs if tab.hidden])
    old = inspect(before)[0] if before is not None and Path(before).exists() else None
    imported = _imported(blocks, chosen, name, old.document if old else None)
    return replace(imported, findings=(*map(_no_table, bare), *imported.findings))


def _no_table(sheet: str) -> Finding:
    says = "holds no table of heads and rows that could be told, and is not read"
    return Finding("warning", "no_table", sheet, None, None, None, says)


def trace(folder: Path, address: str) -> list[Source]:
    """Where figures of an imported instance came from. Raises InputError."""
    return traced(read_sources(folder), address)


def _tabs(book: str | PathLike[str] | Mapping[str, Rows]) -> tuple[list[Tab], str]:
    if isinstance(book, Mapping):
        tabs = [Tab(title, tuple(_row_cells(rows))) for title, rows in book.items()]
        return tabs, next(iter(book), "book")
    return sheets_of(Path(book)), Path(book).stem


def _row_cells(rows: Rows) -> list[tuple[int, tuple[Raw, ...]]]:
    width = max(map(len, rows), default=0)
    padded = ((n, [*cells, *[None] * (width - len(cells))]) for n, cells in enumerate(rows, start=1))
    return [(n, tuple(map(Raw, cells))) for n, cells in padded if any(cell is not None for cell in cells)]


def _imported(blocks: Sequence[Block], mapping: BookMapping, book: str, old: Document | None) -> Imported:
    conversion = converted(blocks, mapping, old)
    problem, findings = conversion.problem, conversion.findings
    document = problem.document if problem else None
    sources = sources_of(conversion.making, document)
    changed = tuple(differences(old, document)) if old and document else ()
    text = mapping_text(mapping, blocks, conversion.making, book)
    return Imported(problem, findings, mapping, text, sources, changed)


def _notes(findings: Sequence[Finding]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["severity", "check", "cell", "typed", "message"])
    writer.writerows([f.severity, f.check, f.cell or f.file, f.value or "", f.message] for f in findings)
    return text.getvalue()


def _kept(folder: Path) -> dict[str, bytes | str]:
    """The files of a folder that an import does not write, which stay."""
    if not folder.is_dir():
        return {}
    own = {HEAD_FILE, *map(file_of, TABLES), MAPPING_FILE, SOURCES_FILE, NOTES_FILE, *LITTER}
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {name: path.read_bytes() for path in paths if (name := path.relative_to(folder).as_posix()) not in own}


def _refuse(folder: Path, *, force: bool) -> None:
    """Raises WriteError where a folder was not imported, or was changed by hand since and is not to be replaced."""
    if not (folder / SOURCES_FILE).is_file():
        refuse_taken(folder)
        return
    problem, _ = inspect(folder)
    by_hand = list(changed_since(read_sources(folder), problem.document)) if problem else ["it has faults now"]
    if by_hand and not force:
        more = f", and {len(by_hand) - 3} more" if len(by_hand) > 3 else ""
        changed = f"{folder} was changed by hand since it was imported: {'; '.join(by_hand[:3])}{more}"
        raise WriteError(f"{changed}; say it in the mapping (changes), or force its replacement")
