"""Scenarios from a file: TOML, CSV, or the sheet Scenarios of a workbook.

TOML has `[[scenario]]` (name, note, changes), `[[cross]]` (lists of changes or of lists of changes; every way to take one
of each is a scenario) and `[[sweep]]` (address, low, high, steps). CSV and sheet have the columns name, note and change,
a row a change: rows of one name are one scenario.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pydantic import Field

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading.grid import read_grid
from orebook.reading.raw import tabs_of
from orebook.reading.text import fault
from orebook.reading.toml_file import read_toml
from orebook.scenarios.scenario import Scenario, crossed
from orebook.scenarios.sweeps import sweep
from orebook.schema.base import Frozen

SHEET = "scenarios"
COLUMNS = ("name", "note", "change")


class Cross(Frozen):
    """Lists that are crossed."""

    name: str = Field("", description="put before the name of each of its scenarios")
    lists: tuple[tuple[str | tuple[str, ...], ...], ...] = Field(
        description="each a list of changes, or of lists of them"
    )


class File(Frozen):
    """What a scenarios file may say."""

    scenario: tuple[Scenario, ...] = Field((), description="named scenarios")
    cross: tuple[Cross, ...] = Field((), description="lists that are crossed")
    sweep: tuple[str, ...] = Field((), description="such as minerals.copper.price_usd_per_t=-30%:+30%:25")


def read_scenarios(path: str | Path) -> list[Scenario]:
    """The scenarios of a file, in its order. Raises InputError with every fault."""
    path = Path(path)
    readers = {".toml": _toml, ".csv": _csv, ".xlsx": _sheet}
    if path.suffix not in readers:
        raise InputError([fault(path.name, None, "unknown_kind", "is no .toml, .csv or .xlsx; write one of these")])
    found = readers[path.suffix](path)
    twice = [name for name, n in Counter(s.name for s in found).items() if n > 1]
    if twice:
        says = f'has two scenarios called "{twice[0]}"; give each a name of its own'
        raise InputError([fault(path.name, None, "duplicate_name", says)])
    if not found:
        raise InputError([fault(path.name, None, "empty_file", "has no scenario; write one with a name and changes")])
    return found


def _toml(path: Path) -> list[Scenario]:
    content, _, faults = read_toml(path, File)
    if content is None:
        raise InputError(faults)
    crosses = [s for cross in content.cross for s in _crossed(cross)]
    return [*content.scenario, *crosses, *(s for text in content.sweep for s in sweep(text))]


def _crossed(cross: Cross) -> list[Scenario]:
    lists = [
        [Scenario(name="; ".join(changes) or "as it is", changes=changes) for changes in map(_several, one)]
        for one in cross.lists
    ]
    prefix = f"{cross.name}: " if cross.name else ""
    return [s.model_copy(update={"name": prefix + s.name}) for s in crossed(lists)]


def _several(changes: str | tuple[str, ...]) -> tuple[str, ...]:
    """One change or several; an empty text is none."""
    return tuple(filter(None, (changes,) if isinstance(changes, str) else changes))


def _csv(path: Path) -> list[Scenario]:
    grid = read_grid(path, ",".join(COLUMNS))
    return _rows(path.name, [(grid.header, grid.columns), *((n, tuple(map(str, cells))) for n, cells in grid.lines)])


def _sheet(path: Path) -> list[Scenario]:
    tabs = tabs_of(path)
    if isinstance(tabs, Finding):
        raise InputError([tabs])
    tab = next((t for t in tabs if t.title.casefold() == SHEET), None)
    if tab is None or not tab.rows:
        raise InputError([fault(path.name, None, "missing_sheet", f"has no sheet Scenarios with {', '.join(COLUMNS)}")])
    return _rows(
        tab.title, [(n, tuple("" if c.value is None else str(c.value).strip() for c in row)) for n, row in tab.rows]
    )


def _rows(file: str, lines: list[tuple[int, tuple[str, ...]]]) -> list[Scenario]:
    (top, header), *body = lines
    columns = [c.strip().lower() for c in header]
    unknown = [c for c in columns if c and c not in COLUMNS]
    if unknown or "name" not in columns or "change" not in columns:
        says = f"has the columns {', '.join(filter(None, columns))}; write {', '.join(COLUMNS)}"
        raise InputError([fault(file, top, "unknown_column", says)])
    found: dict[str, Scenario] = {}
    faults = []
    for line, cells in body:
        row = dict(zip(columns, cells, strict=False))
        name, note, change = (row.get(c, "") for c in COLUMNS)
        if not name:
            faults += [fault(file, line, "missing_value", "has no name; name the scenario", "name")] if change else []
            continue
        before = found.get(name, Scenario(name=name))
        changes = (*before.changes, change) if change else before.changes
        found[name] = before.model_copy(update={"note": before.note or note, "changes": changes})
    if faults:
        raise InputError(faults)
    return list(found.values())
