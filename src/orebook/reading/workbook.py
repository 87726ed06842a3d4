"""An instance in a workbook as a book: a sheet a table, and no sheet that looks like one and is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.book import HEAD_TITLE, Book, Sheet, title_of
from orebook.reading.cell import Tab
from orebook.reading.head_sheet import head_of
from orebook.reading.raw import tabs_of
from orebook.reading.stray_files import table_like
from orebook.reading.table_sheet import grid_of
from orebook.reading.tables import header_of, rows_of
from orebook.reading.text import fault
from orebook.schema.document import REQUIRED_TABLES, SCHEMA, TABLES

ABOUT = "About"
PASSED_OVER = ("about", "scenarios")
"""Sheets that are no tables, in lower case; so is every sheet whose name begins with _."""


def workbook_book(path: Path) -> tuple[Book | None, list[Finding]]:
    """The book of a workbook with all faults of its cells; no book where it cannot be opened."""
    tabs = tabs_of(path)
    if isinstance(tabs, Finding):
        return None, [tabs]
    by_name = {tab.title.casefold(): tab for tab in tabs}
    found = [*_stamp(by_name.get(ABOUT.casefold())), *_strays(tabs)]
    letters: dict[str, dict[str, str]] = {}
    sheets: dict[str, Sheet[Any]] = {}
    for table in TABLES:
        sheets[table] = _sheet(table, by_name.get(table), letters, found)
    tab = by_name.get(HEAD_TITLE.casefold(), Tab(HEAD_TITLE, ()))
    head, calendar, lines, faults = head_of(tab)
    letters[tab.title] = dict.fromkeys(lines, "B")
    return Book(head, lines, sheets, tab.title, letters, calendar), found + faults


def _sheet(table: str, tab: Tab | None, letters: dict[str, dict[str, str]], found: list[Finding]) -> Sheet[Any]:
    model = TABLES[table]
    if tab is None:
        if table in REQUIRED_TABLES:
            message = f"is missing; add a sheet with the header {header_of(model)}"
            found.append(fault(title_of(table), None, "missing_sheet", message))
            return Sheet(title_of(table), model, readable=False)
        return Sheet(title_of(table), model, present=False)
    grid, letters[tab.title], faults = grid_of(tab, model)
    sheet: Sheet[Any] = Sheet(tab.title, model, readable=False)
    if grid is not None:
        sheet = rows_of(tab.title, grid, model, faults)
    found += faults
    return sheet


def _strays(tabs: list[Tab]) -> Iterator[Finding]:
    """Sheets that hold something and are no table: a table misspelt would otherwise go unread."""
    names = [HEAD_TITLE, *map(title_of, TABLES)]
    known = {name.casefold(): name for name in names}
    by_name = {tab.title.casefold() for tab in tabs}
    for tab in tabs:
        name = tab.title.casefold()
        if name in known or name in PASSED_OVER or not tab.rows:
            continue
        meant = known.get(name.lstrip("_"))
        if not name.startswith("_"):
            table = table_like(tab.title)
            like = title_of(table) if table else suggest.nearest(tab.title, [HEAD_TITLE])
            aside = f'take it out, or name it "_{tab.title}"'
            is_there = like is not None and like.casefold() in by_name
            mend = (
                f"{like} is there already: {aside}" if is_there else suggest.meant(tab.title, like) if like else aside
            )
            yield fault(tab.title, None, "unknown_sheet", f"is not a table of an instance; {mend}")
        elif meant and len(tab.rows) > 1:
            finding = fault(
                tab.title, None, "sheet_passed_over", f'is passed over; name it "{meant}" if it should count'
            )
            yield replace(finding, severity="warning")


def _stamp(about: Tab | None) -> Iterator[Finding]:
    """A workbook that says it is of another version than is read here."""
    for line, cells in about.rows if about else ():
        if cells[0].value == "schema" and len(cells) > 1 and cells[1].value != SCHEMA:
            says = f"is of {cells[1].value}; this orebook reads {SCHEMA}"
            yield replace(fault(ABOUT, line, "other_version", says), cell=f"{ABOUT}!B{line}")
