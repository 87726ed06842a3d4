"""The rows of a table on a sheet, read as its mapping says: what each says, by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.importing.blocks import Block, Head, Line
from orebook.importing.cell_numbers import Place
from orebook.importing.cell_texts import currency_figure, name_figure, text_figure, yes_no_figure
from orebook.importing.cell_units import Beside, read_figure, weeks_of
from orebook.importing.cell_weeks import day_comes_first, read_week
from orebook.importing.figures import Cells, Figure
from orebook.importing.mapping import BlockMap, ColumnMap
from orebook.importing.quantities import unit_of
from orebook.importing.reader import Reader
from orebook.importing.typed import Mark, decimal_of, number_texts
from orebook.importing.vocabulary import SKIP, kind_of
from orebook.reading.cell import Raw

_BY_PRICE = ("offers", "minerals", "prices", "tiers")
"""Tables in which a column of units is that of prices; in all others it is that of quantities."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a row says. `of` has, for figures of which a table has one a period or tier, what each is about."""

    cells: Cells
    line: int
    at: str
    amounts: tuple[tuple[ColumnMap, Figure], ...] = ()
    tiers: tuple[tuple[Figure, Figure], ...] = ()


@dataclass(slots=True)
class _Column:
    head: Head
    said: ColumnMap
    kind: str
    implied: bool
    told: Mark | None = None
    """The decimal mark that its numbers typed as text agree on."""
    day_first: bool | None = None
    """Whether its days, such as 24/1/2027, have the day before the month, as far as they tell."""


def rows_of(block: Block, said: BlockMap, reader: Reader) -> Iterator[Read]:
    """The rows in order; one whose columns are set apart, such as a column a store, is several."""
    columns = _columns(block, said, reader)
    apart = [c for c in columns if c.said.set]
    together = [c for c in columns if not c.said.set]
    for line in block.lines:
        at = block.at(line.number, block.heads[0].place)
        if not apart:
            yield _row(block, said, reader, line, together, {}, at)
        for column in apart:
            if not line.cell(column.head.place).blank:
                yield _row(block, said, reader, line, [*together, column], column.said.set, at)


def _columns(block: Block, said: BlockMap, reader: Reader) -> list[_Column]:
    found = []
    for head, name in zip(block.heads, block.names, strict=True):
        column = said.columns.get(name)
        if column is None or column.to == SKIP:
            continue
        reader.heads[block.at(0, head.place).removesuffix("0")] = (block.sheet, name)
        kind = kind_of(said.table, column.to)
        if kind is None:
            says = f'the mapping makes "{name}" {column.to}, which a sheet of {said.table} cannot say'
            reader.notes.fault("unknown_field", block.at(block.line, head.place), says)
            continue
        values = [line.cell(head.place) for line in block.lines]
        implied = head.text.strip().casefold() == column.to
        if kind == "weeks" and implied and column.unit is None:
            column = column.model_copy(update={"unit": "weeks"})
        mark = decimal_of(number_texts([cell.value for cell in values]))
        first = day_comes_first(str(cell.value) for cell in values) if kind == "week" else None
        found.append(_Column(head, column, kind, implied, mark, first))
        told = implied or column.unit is not None or "%" in head.text or "pct" in head.text
        if kind == "%" and not told and _fractions(values):
            says = f'the figures under "{name}" may be per cent or parts of one; say in the mapping: unit = "%" or "fraction"'
            reader.notes.fault("unclear_percent", block.at(block.line, head.place), says)
    return found


def _fractions(cells: list[Raw]) -> bool:
    """Whether figures of per cent are all under 1, and none says that it is per cent."""
    plain = [
        abs(c.value)
        for c in cells
        if isinstance(c.value, int | float) and not c.percent and not isinstance(c.value, bool)
    ]
    return len(plain) > 1 and 0 < max(plain) < 1


def _row(
    block: Block, said: BlockMap, reader: Reader, line: Line, columns: list[_Column], apart: dict[str, str], at: str
) -> Read:
    fixed = {**said.set, **apart}
    cells: Cells = {key: Figure(value, "mapping", value) for key, value in fixed.items()}
    first = ("", "unit", "currency", "incoterm", "terms", "note", "yes/no")
    for column in columns:
        if column.kind in first:
            found = _word(reader, column, line.cell(column.head.place), block.at(line.number, column.head.place))
            if found is not None:
                cells[column.said.to] = found
    if "currency" in fixed:
        cells["currency"] = Figure(fixed["currency"], "mapping", fixed["currency"])
    amounts, tiers = [], []
    for column in columns:
        if column.kind in first:
            continue
        figure = _figure(block, said.table, reader, line, column, cells)
        if figure is None:
            continue
        if column.said.period is not None:
            amounts.append((column.said, figure))
        elif column.said.starts is not None:
            starts = _figure(
                block,
                said.table,
                reader,
                line,
                _Column(column.head, ColumnMap(to="tier_from_t"), "t", implied=False),
                cells,
                column.said.starts,
            )
            if starts is not None:
                tiers.append((starts, figure))
        elif column.said.group is not None:
            amounts.append((column.said, figure))
        else:
            cells[column.said.to] = figure
    return Read(cells, line.number, at, tuple(amounts), tuple(tiers))


def _word(reader: Reader, column: _Column, cell: Raw, at: str) -> Figure | None:
    match column.kind:
        case "":
            free = column.said.to in ("accepts", "series")
            return text_figure(reader, cell, at) if free else name_figure(reader, cell, at, column.said.to)
        case "currency":
            return currency_figure(reader, cell, at)
        case "yes/no":
            return yes_no_figure(reader, cell, at)
        case _:
            return text_figure(reader, cell, at)


def _figure(
    block: Block, table: str, reader: Reader, line: Line, column: _Column, cells: Cells, text: str | None = None
) -> Figure | None:
    """A figure in the table's unit; `text` is what to read in place of the row's cell, as it stands in the head."""
    at = block.at(block.line if text is not None else line.number, column.head.place)
    cell = Raw(text) if text is not None else line.cell(column.head.place)
    if cell.blank and not cell.error:
        return None
    if column.kind == "week":
        return read_week(reader, cell, at, column.said, day_first=column.day_first)
    wanted = {"weeks": "days", "rate": "1"}.get(column.kind, column.kind)
    mineral = cells.get("mineral")
    place = Place(at, column.said, wanted, column.told, str(mineral.value) if mineral else None)
    figure = read_figure(reader, cell, place, _beside(reader, table, wanted, column, cells))
    return weeks_of(figure) if column.kind == "weeks" and figure is not None else figure


def _beside(reader: Reader, table: str, wanted: str, column: _Column, cells: Cells) -> Beside:
    """The unit and the currency that other columns of a row say for a figure."""
    money, unit = wanted.startswith("USD"), cells.get("unit")
    if wanted == "t" and "quantity_unit" in cells:
        unit = cells["quantity_unit"]
    elif table in _BY_PRICE and not money:
        read = unit_of(str(unit.value), reader.mapping.units) if unit is not None and wanted == "t" else None
        unit = unit if read is not None and read.kind == "mass" and not read.per else None
    elif table not in _BY_PRICE and wanted not in ("t", "t/day", "USD"):
        unit = None
    return Beside(unit, cells.get("currency") if money else None, column.implied and column.kind != "weeks")
