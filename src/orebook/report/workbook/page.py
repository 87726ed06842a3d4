"""A sheet as it is filled from top to bottom: words, tables under their sums, charts beside them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from orebook import formats as f
from orebook.export.cells import write_cell
from orebook.report.workbook.cell_styles import Kind, Look
from orebook.report.workbook.filtered_sums import write_sums
from orebook.report.workbook.grid import Column, Formula, Grid, written
from orebook.report.workbook.table_areas import Area, Placed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

WORDS, WIDEST = 80, 44
"""Characters of a column of sentences, and of any other at most."""
PLACES: dict[Kind, int] = {"usd": 0, "cents": 2, "count": 0, "rate": 2, "days": 1, "share": 2}
"""Decimals of what is written at so many; the others show what they have."""
HEAD = 14
"""Characters of a head that stay on one line; it may break between words after them."""
LINE = 15
"""Points of a line."""
CHART_ROWS = 20


class Page:
    """One sheet; `placed` has the tables of all sheets by name."""

    def __init__(self, book: Workbook, look: Look, title: str, placed: dict[str, Placed]) -> None:
        self.book, self.look, self.title, self.placed = book, look, title, placed
        self.sheet: Worksheet = book.add_worksheet(title)
        self.row = 0
        self._widths: dict[int, int] = {}
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)

    def heading(self, text: str) -> None:
        """A line in large letters; below tables, with room above it."""
        self.row += 1 if self.row else 0
        write_cell(self.sheet, self.row, 0, written(text), self.look.base.title)
        self.row += 1

    def say(self, *lines: str) -> None:
        """Lines of text, as wide as they are; those without words are left out."""
        for line in filter(None, lines):
            write_cell(self.sheet, self.row, 0, written(line), self.look.line)
            self.row += 1

    def table(self, grid: Grid[Any], *, freeze: bool = False) -> Placed | None:
        """The grid as an Excel table under its sums; `freeze` keeps everything above its rows in sight.

        None where it has no rows.
        """
        grid = grid.shown()
        if not grid.items or not grid.columns:
            self.say("Nothing.")
            return None
        sums = self.row + 1
        heads = sums + (3 if any(c.sums for c in grid.columns) else 0)
        areas = {c.head: self._fill(grid, heads, n, c) for n, c in enumerate(grid.columns)}
        off = write_sums(self.sheet, self.look, sums, grid, areas) if heads > sums else ()
        last = heads + len(grid.items)
        style = {"name": grid.name, "style": "Table Style Light 1"}
        self._heights(grid, heads)
        columns = [{"header": c.head, "header_format": self.look.head(c.kind_of(grid.items[0]))} for c in grid.columns]
        self.sheet.add_table(heads, 0, last, len(columns) - 1, {**style, "columns": columns})
        if freeze:
            self.sheet.freeze_panes(heads + 1, grid.keys)
            self.sheet.repeat_rows(heads)
        self.row = last + 1
        placed = Placed(areas, len(columns), heads, last, off)
        self.placed[grid.name] = placed
        return placed

    def freeze_title(self) -> None:
        """Keep what stands above in sight: for a sheet of several tables."""
        self.sheet.freeze_panes(self.row, 1)

    def chart(self, chart: Any, beside: Placed, *, rows: int = CHART_ROWS, width: int = 800, left: int = 0) -> None:
        """A chart to the right of a table, `left` px from it; rows of text high."""
        chart.set_size({"width": width, "height": rows * 20})
        place = {"x_offset": 30 + left, "object_position": 3, "description": chart.title.name}
        self.sheet.insert_chart(beside.heads, beside.right, chart, place)

    def _fill(self, grid: Grid[Any], heads: int, place: int, column: Column[Any]) -> Area:
        values = []
        width = max(len(word) for word in (*column.head.split(), column.head[:HEAD])) + 4
        for row, item in enumerate(grid.items, start=heads + 1):
            kind, value = column.kind_of(item), written(column.cell(item))
            self.put(row, place, value, kind)
            values.append(value.value if isinstance(value, Formula) else value)
            width = max(width, _width(values[-1], kind))
        last = heads + len(grid.items)
        area = Area(self.title, heads + 1, last, place, tuple(values))
        self._widen(place, max(width, _width(area.total, column.sum_kind)) if column.sums else width)
        return area

    def put(self, row: int, place: int, value: Any, kind: Kind) -> None:
        """One cell; what is withheld is said in it."""
        form = self.look.form(kind, value)
        if isinstance(value, Formula):
            self.sheet.write_formula(row, place, value.text.format(row=row + 1), form, value.value)
        else:
            write_cell(self.sheet, row, place, value, form)

    def _heights(self, grid: Grid[Any], heads: int) -> None:
        """Rows as high as their words need: not every program works that out for itself."""
        most = max(ceil((len(c.head) + 3) / self._widths[n]) for n, c in enumerate(grid.columns))
        self.sheet.set_row(heads, LINE * most + 8)
        for row, item in enumerate(grid.items, start=heads + 1):
            spoken = [str(c.cell(item) or "") for c in grid.columns if c.kind_of(item) == "words"]
            needed = max((ceil(len(text) / (WORDS - 8)) for text in spoken), default=1)
            if needed > 1:
                self.sheet.set_row(row, LINE * needed)

    def _widen(self, place: int, width: int) -> None:
        self._widths[place] = max(width, self._widths.get(place, 0))
        self.sheet.set_column(place, place, self._widths[place])


def _width(value: object, kind: Kind) -> int:
    if kind == "words":
        return WORDS
    if not isinstance(value, int | float):
        return min(WIDEST, len(str(value or "")) + 3)
    places = PLACES.get(kind)
    text = f"{value:,.10f}".rstrip("0") if places is None else f.grouped(value, places)
    return len(text) + 2
