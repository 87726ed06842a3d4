"""From a book and its mapping to an instance: every table read, what is missing added, what is odd said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orebook.files.instances import inspect_json
from orebook.findings import Finding
from orebook.importing import added, breaks, demand, holdings, quotes
from orebook.importing.blocks import Block
from orebook.importing.commissions import add_commissions
from orebook.importing.figures import Figure, Notes
from orebook.importing.fixes import fixed
from orebook.importing.latest import latest
from orebook.importing.making import Making, content_of
from orebook.importing.mapping import BlockMap, Mapping
from orebook.importing.matching import matched
from orebook.importing.odd import off_last_week, off_the_benchmark
from orebook.importing.periods import Calendar
from orebook.importing.proposed_settings import day_of_book, monday_from
from orebook.importing.rates import Rates
from orebook.importing.reader import Reader
from orebook.importing.rows import Read, rows_of
from orebook.importing.vocabulary import ASK, MONDAY, RATES, SKIP, TABLES_READ
from orebook.problem import Problem
from orebook.schema.document import TABLES, Document

_ORDER = (RATES, "minerals", "prices", "houses", "sites", "stock", "inbound", "offers", "tiers", "use", "releases")
"""In which tables are read: prices of minerals before quotes, quotes before their breaks."""
_NEVER_READ = tuple(table for table in TABLES if table not in (*TABLES_READ, "withdrawals"))
"""Tables that no sheet is taken for by itself: those of an earlier instance stay where the book has none."""


_FOLLOWS = ("missing_table", "missing_file", "missing_key", "empty_table", "unknown_name", "unknown_place")
"""Faults of an instance that follow from rows that could not be read."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of a book: the rows with their sources, the problem where there is one, and all that is to be said."""

    making: Making
    problem: Problem | None
    findings: tuple[Finding, ...]


def converted(blocks: Sequence[Block], mapping: Mapping, old: Document | None = None) -> Conversion:
    """The instance that a book is under a mapping; of an `old` one stay the tables and keys of which the book says nothing."""
    notes = Notes()
    blocks, fixes = fixed(blocks, mapping.fix, notes)
    pairs = matched(blocks, mapping, notes)
    as_of = mapping.as_of or day_of_book(pairs)
    start, weeks = mapping.instance.get("start"), mapping.instance.get("weeks")
    if start == MONDAY and as_of is None:
        says = "the book tells no day, from which on the plan would begin; say it: as_of, or instance.start, a date"
        notes.fault("no_day", "mapping", says)
    elif start == MONDAY and as_of is not None:
        start = monday_from(as_of)
    if start == ASK:
        notes.fault(
            "asked",
            "mapping",
            "when does week 1 begin? Say it: instance.start = 2026-11-30, or take the key out where no date counts",
        )
    calendar = Calendar(start, weeks) if isinstance(start, date) and isinstance(weeks, int) else None
    making = Making(Reader(mapping, calendar, Rates.of(mapping.rates), notes, as_of, fixes=fixes))
    if any(f.severity == "fault" and f.check != "asked" for f in notes.found):
        return Conversion(making, None, tuple(notes.found))  # what follows would not be about the book that was meant
    making.use_draws = bool(mapping.instance.get("use_draws", old is not None and old.instance.use_draws))
    for pair in sorted(pairs, key=lambda p: _ORDER.index(p[1].table) if p[1].table in _ORDER else len(_ORDER)):
        _left_out(*pair, notes)
        _read(making, *pair)
    add_commissions(making)
    added.add_origins(making)
    assumed = added.add_missing(making)
    added.add_classes(making)
    off_the_benchmark(making)
    before = old.model_dump(mode="json", exclude_none=True) if old else {}
    off_last_week(making, before)
    return _inspected(making, mapping, assumed, before)


def _read(making: Making, block: Block, said: BlockMap) -> None:
    if said.table not in TABLES and said.table != RATES:
        where = block.corner
        making.notes.fault(
            "unknown_table",
            where,
            f'the mapping makes it "{said.table}", which is no table; it may be {", ".join(TABLES)}, rates or skip',
        )
        return
    rows = list(rows_of(latest(block, said, making.notes), said, making.reader))
    readers: dict[str, Callable[[Iterable[Read]], None]] = {
        RATES: lambda rows: making.reader.rates.add([(r.cells, _way(said)) for r in rows], making.notes),
        "minerals": lambda rows: holdings.add_minerals(making, rows, said),
        "sites": lambda rows: holdings.add_sites(making, rows, said),
        "stock": lambda rows: holdings.add_stock(making, rows),
        "inbound": lambda rows: holdings.add_inbound(making, rows),
        "prices": lambda rows: holdings.add_prices(making, rows),
        "offers": lambda rows: quotes.add_offers(making, rows, said),
        "tiers": lambda rows: breaks.add_breaks(making, rows),
        "use": lambda rows: demand.add_use(making, rows, draws=said.draws and not making.use_draws),
        "releases": lambda rows: holdings.add_releases(making, rows),
    }
    if said.table in readers:
        readers[said.table](rows)
    else:
        _as_they_are(making, rows, said.table)


def _as_they_are(making: Making, rows: Iterable[Read], table: str) -> None:
    """Rows of a table whose columns need nothing but their units."""
    model = TABLES[table]
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    for read in rows:
        cells = dict(read.cells)
        if table == "duties":
            cells.setdefault("mineral", Figure("*", read.at, "*", ("of all minerals",)))
        if making.needs(cells, needed, read.at, table):
            making.add(table, cells, read.at)


def _way(said: BlockMap) -> str:
    return next((c.unit for c in said.columns.values() if c.to == "rate" and c.unit), "per USD")


def _left_out(block: Block, said: BlockMap, notes: Notes) -> None:
    """Rows and columns that are not read, in words."""
    for row in block.left_out:
        notes.warn("row_left_out", block.at(row.number, row.place), f"the row {row.why}, and is left out", row.text)
    unused = [
        (name, head) for name, head in zip(block.names, block.heads, strict=True)
        if said.columns.get(name) is None or said.columns[name].to == SKIP
    ]  # fmt: skip
    for name, head in unused:
        if any(not line.cell(head.place).blank for line in block.lines):
            notes.warn("column_not_used", block.at(block.line, head.place), f'the column "{name}" is not used')


def _inspected(making: Making, mapping: Mapping, assumed: list[str], before: dict[str, Any]) -> Conversion:
    said = {key: value for key, value in mapping.instance.items() if value not in (ASK, MONDAY)}
    if making.calendar is not None:
        said["start"] = making.calendar.start
    head = {key: value.isoformat() if isinstance(value, date) else value for key, value in said.items()}
    if assumed:
        head["assumed"] = "; ".join(
            dict.fromkeys([*filter(None, str(head.get("assumed") or "").split("; ")), *assumed])
        )
    kept = {table: rows for table, rows in before.items() if table in _NEVER_READ}
    content = {**kept, **content_of(making, {**before.get("instance", {}), **head})}
    problem, found = inspect_json(content, mapping.changes)
    refused = any(finding.severity == "fault" for finding in making.notes.found)
    placed = [_placed(finding, making) for finding in found if not (refused and finding.check in _FOLLOWS)]
    findings = (*making.notes.found, *placed)
    return Conversion(making, None if any(f.severity == "fault" for f in findings) else problem, findings)


def _placed(finding: Finding, making: Making) -> Finding:
    """A finding of the instance, with the cell of the book that the figure is from."""
    rows = list(making.rows(finding.file.removesuffix(".csv")).values())
    line = (finding.row or 0) - 2
    if not 0 <= line < len(rows):
        return finding
    row = rows[line]
    figure = row.get(finding.column or "") or next(iter(row.values()))
    name = "/".join(str(f.value) for c, f in row.items() if c in TABLES[finding.file.removesuffix(".csv")].KEY)
    place = f"{finding.file.removesuffix('.csv')}.{name}" + (f".{finding.column}" if finding.column else "")
    cell = figure.cell if "!" in figure.cell else None
    return Finding(
        finding.severity,
        finding.check,
        place,
        None,
        None,
        finding.value,
        finding.message,
        f"{cell} ({place})" if cell else None,
    )
