"""An instance in the making: rows by table and key, each figure with where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from orebook.export.texts import cell_text
from orebook.importing.figures import Cells, Figure, Notes, tidy
from orebook.importing.mapping import Mapping
from orebook.importing.periods import Calendar
from orebook.importing.reader import Reader
from orebook.schema.document import TABLES

Key = tuple[Any, ...]


@dataclass(slots=True)
class Making:
    """The tables so far, and whoever reads cells for them."""

    reader: Reader
    tables: dict[str, dict[Key, Cells]] = field(default_factory=dict)
    commissions: dict[str, list[tuple[str, Figure]]] = field(default_factory=dict)
    """house -> the offers of its quotes, each with the commission it names."""
    listed_prices: dict[str, Figure] = field(default_factory=dict)
    """mineral -> its benchmark by a sheet of prices, used where no sheet of minerals has one."""
    use_draws: bool = False
    """Whether the instance itself has its use drawn, so that no withdrawals are to be written for it."""
    offer_names: set[str] = field(default_factory=set)
    """Names that were made for offers, those of offers a month without their month."""

    @property
    def notes(self) -> Notes:
        """What is to be said."""
        return self.reader.notes

    @property
    def mapping(self) -> Mapping:
        """What the planner says of the book."""
        return self.reader.mapping

    @property
    def calendar(self) -> Calendar | None:
        """The weeks of the plan."""
        return self.reader.calendar

    def rows(self, table: str) -> dict[Key, Cells]:
        """The rows of a table by key."""
        return self.tables.get(table, {})

    def add(self, table: str, cells: Cells, at: str, *, summed: Iterable[str] = ()) -> None:
        """Add a row of what the table has columns for. One whose key is there is a fault, or its figures `summed`."""
        model = TABLES[table]
        row = {column: figure for column, figure in cells.items() if column in model.model_fields}
        defaults = {c: field.get_default() for c, field in model.model_fields.items() if not field.is_required()}
        key = tuple(row[c].value if c in row else defaults.get(c) for c in model.KEY)
        rows = self.tables.setdefault(table, {})
        there = rows.get(key)
        if there is None:
            rows[key] = row
            return
        name = key_name(table, key)
        first = next(iter(there.values())).cell
        if not summed:
            same = all(there.get(c) is not None and tidy(there[c].value) == tidy(f.value) for c, f in row.items())
            if same:
                self.notes.warn(
                    "row_twice", at, f'"{name}" stands at {first} with the same figures; the row is left out'
                )
            else:
                self.notes.fault(
                    "row_twice", at, f'"{name}" stands at {first} already, with other figures; keep one of the two'
                )
            return
        for column in summed:
            if column in row and column in there:
                together = there[column].with_cells([row[column]])
                there[column] = together.then(
                    there[column].number + row[column].number, f"+ {tidy(row[column].value)} ({row[column].cell})"
                )
            elif column in row:
                there[column] = row[column]
        self.notes.warn("rows_added", at, f'"{name}" stands at {first} already; the two are added up')

    def needs(self, cells: Cells, fields: Iterable[str], at: str, what: str) -> bool:
        """Whether a row says all that it has to; said where it does not, and the row is left out."""
        missing = [field for field in fields if field not in cells]
        if missing and not self.notes.asked & set(missing):
            self.notes.warn("row_left_out", at, f"the row has no {' and no '.join(missing)}, and is left out of {what}")
        return not missing


def key_name(table: str, key: Sequence[Any]) -> str:
    """A row's key as an address has it."""
    return "/".join(cell_text(tidy(part)) for part in TABLES[table].shortened(tuple(key)))


def content_of(making: Making, head: dict[str, Any]) -> dict[str, Any]:
    """The instance as one JSON document."""
    tables = {
        table: [
            {column: tidy(figure.value) for column, figure in row.items() if figure.value is not None}
            for row in rows.values()
        ]
        for table, rows in making.tables.items()
        if rows
    }
    return {"instance": head, **{table: tables[table] for table in TABLES if table in tables}}
