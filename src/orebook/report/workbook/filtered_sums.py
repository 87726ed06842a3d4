"""Above a table: sums that follow its filter, what the judge says all of it comes to, and how far the two are apart."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import TYPE_CHECKING, Any

from orebook.export.cells import write_cell
from orebook.formats import WITHHELD
from orebook.reading.quoting import letter
from orebook.report.workbook.cell_styles import DECIMALS, Look
from orebook.report.workbook.grid import Column, Grid, written
from orebook.report.workbook.table_areas import Area

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHOWN, JUDGE, OFF = "sum of rows shown", "all, by the judge", "all rows less that"


def write_sums(sheet: Worksheet, look: Look, top: int, grid: Grid[Any], areas: Mapping[str, Area]) -> tuple[str, ...]:
    """Three rows from `top` on; the addresses of the cells that must be 0."""
    for row, label in enumerate((SHOWN, JUDGE, OFF), start=top):
        write_cell(sheet, row, 0, label, look.label)
    return tuple(
        address for c in grid.columns if c.sums for address in _sum(sheet, look, top, c, areas[c.head]) if address
    )


def _sum(sheet: Worksheet, look: Look, top: int, column: Column[Any], area: Area) -> list[str]:
    form, place, judge = look.sums[column.sum_kind], area.place, written(column.judge)
    if area.withheld:
        write_cell(sheet, top, place, WITHHELD, form)
        return []
    sheet.write_formula(top, place, f"=SUBTOTAL(109,{area.own})", form, area.total)
    if not isinstance(judge, int | float):
        return []
    write_cell(sheet, top + 1, place, judge, form)
    decimals, cell = DECIMALS.get(column.sum_kind, 6), letter(place)
    off = round(fsum((area.total, -judge)), decimals)
    sheet.write_formula(top + 2, place, f"=ROUND(SUM({area.own})-{cell}{top + 2},{decimals})", form, off)
    rule = {"type": "cell", "criteria": "!=", "value": 0, "format": look.wrong}
    sheet.conditional_format(top + 2, place, top + 2, place, rule)
    return [f"'{area.sheet}'!{cell}{top + 3}"]
