"""Totals rows, which a spreadsheet has at its foot and a table has not: they would count like any other row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from orebook.exact import Fraction, exact
from orebook.findings import Finding
from orebook.reading.book import Book, Entry, Sheet, numeric_columns
from orebook.reading.filler_words import is_total, may_be_total
from orebook.reading.quoting import an, figure, lines_in_words
from orebook.reading.words import unit_of
from orebook.schema import tables as t
from orebook.schema.base import Row

_ADDED = frozenset({"t", "t/day", "t/week", "m3", "USD", "USD/day"})
_OWN: dict[type[Row], str] = {
    t.MineralRow: "mineral",
    t.UseRow: "member",
    t.HouseRow: "house",
    t.OfferRow: "offer",
    t.SiteRow: "site",
    t.FundingRow: "source",
    t.WithdrawalRow: "withdrawal",
}
"""Tables that may hold any name in this column, and so a total of any name."""
_ENOUGH = 3
"""From so many rows on, a sum is hardly chance."""
_FEW_ROWS = (t.MineralRow, t.HouseRow, t.SiteRow, t.FundingRow)
"""Tables of whose last row it is said also where it sums two rows alone, if no other table names it."""

Amounts = dict[str, Fraction]


@dataclass(slots=True)
class _Summed:
    """Rows added up: by column the sum and how many rows have one; `filled` are the columns that every row fills."""

    sums: Amounts = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, entries: Iterable[Entry[Any]], columns: Sequence[str]) -> _Summed:
        summed = cls()
        for entry in entries:
            summed.add(entry, _amounts(entry, columns))
        return summed

    def add(self, entry: Entry[Any], amounts: Amounts) -> None:
        for c, value in amounts.items():
            self.sums[c] = self.sums.get(c, Fraction(0)) + value
            self.parts[c] = self.parts.get(c, 0) + 1
        self.filled = self.filled & entry.cells.keys() if self.lines else set(entry.cells)
        self.lines.append(entry.line)

    def equal(self, own: Amounts) -> list[str]:
        """The columns in which another row has the sum of at least two of these, to the digits that are shown."""
        there = [c for c in own if self.parts.get(c, 0) > 1]
        return [c for c in there if abs(self.sums[c] - own[c]) <= abs(own[c]) / 10**7]


def totals_row(book: Book) -> Iterator[Finding]:
    """A row whose name reads like a total, or whose numbers are the sums of the rows above it."""
    for sheet in book.sheets.values():
        columns = [c for c, column in sheet.model.model_fields.items() if unit_of(column) in _ADDED]
        known = _named_elsewhere(book, sheet)
        above, block, rows = _Summed(), _Summed(), list[Entry[Any]]()
        for entry in sheet.entries:
            own = _amounts(entry, columns)
            found = _totals(sheet, entry, own, [block, above], rows, known)
            if found is None:
                rows.append(entry)
                above.add(entry, own)
                block.add(entry, own)
            else:
                block = _Summed()
                yield found


def _amounts(entry: Entry[Any], columns: Sequence[str]) -> Amounts:
    """The numbers of a row that can be added up, those that are 0 or blank left out."""
    return {c: value for c in columns if c in entry.cells and (value := exact(float(entry.cells[c])))}


def _named_elsewhere(book: Book, sheet: Sheet[Any]) -> set[Any]:
    """The names of a table that another table names too, and that are therefore meant."""
    column = sheet.model.KEY[0]
    others = (other for other in book.sheets.values() if other is not sheet and column in other.model.model_fields)
    return {entry.cells.get(column) for other in others for entry in other.entries}


def _totals(
    sheet: Sheet[Any],
    entry: Entry[Any],
    own: Amounts,
    candidates: list[_Summed],
    rows: list[Entry[Any]],
    known: set[Any],
) -> Finding | None:
    model: type[Row] = sheet.model
    numeric = numeric_columns(model)
    labels = [c for c in (*model.KEY, "member") if c in entry.cells and c not in numeric]
    label = next((c for c in labels if may_be_total(str(entry.cells[c]))), None)
    if label is not None:
        alike = _alike(entry, rows, label, numeric)
        candidates = [*candidates, _Summed.of(alike, list(own))]
    summed = next((s for s in candidates if s.equal(own)), None)
    if label is not None and is_total(str(entry.cells[label])):
        return _named(sheet, entry, label, own, summed, known)
    if summed is None or len(summed.equal(own)) < len(own):
        return None
    return _unnamed(sheet, entry, own, summed, known)


def _alike(entry: Entry[Any], rows: list[Entry[Any]], label: str, numeric: frozenset[str]) -> list[Entry[Any]]:
    """The rows that say the same as this one in every text cell but the label: those of one mineral, say."""
    told = [c for c in entry.cells if c != label and c not in numeric]
    return [row for row in rows if told and all(row.cells.get(c) == entry.cells[c] for c in told)]


def _named(
    sheet: Sheet[Any], entry: Entry[Any], label: str, own: Amounts, summed: _Summed | None, known: set[Any]
) -> Finding | None:
    name = entry.cells[label]
    if summed is not None:
        says = f'"{name}" reads like a totals row: it has {_sums(summed, own)}; take the row out'
    elif label == sheet.model.KEY[0] and name in known:
        return None  # a house may be called Total, and has offers then
    else:
        says = f'"{name}" reads like a totals row, and would count as {an(label)} of its own; take the row out'
    return sheet.warning("totals_row", entry, label, says)


def _unnamed(sheet: Sheet[Any], entry: Entry[Any], own: Amounts, summed: _Summed, known: set[Any]) -> Finding | None:
    """A total of another name: every number of the row is a sum, and too many are for chance."""
    label = _OWN.get(sheet.model)
    name = entry.cells.get(label) if label else None
    if label is None or name is None or name in known:
        return None
    fuller = summed.filled - entry.cells.keys()
    few = sheet.model in _FEW_ROWS and len(summed.lines) == len(sheet.entries) - 1
    hardly_chance = few or len(own) > 1 or min(summed.parts[c] for c in own) >= _ENOUGH
    if not (may_be_total(name) or fuller or (entry is sheet.entries[-1] and hardly_chance)):
        return None
    says = f'"{name}" has {_sums(summed, own)}; take the row out if it is their total'
    return sheet.warning("totals_row", entry, label, says)


def _sums(summed: _Summed, own: Amounts) -> str:
    told = [f"{c} ({figure(float(own[c]), 12)})" for c in summed.equal(own)]
    return f"the sum{'s' if len(told) > 1 else ''} of {lines_in_words(summed.lines)} in {' and '.join(told)}"
