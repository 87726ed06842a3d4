"""The plan's workbook as a spreadsheet reads it: sheets, tables as rows, formulas beside the values saved with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.report.known import FACTS
from tests.report.sample import sample_plan, sample_problem

from orebook.plan import Plan
from orebook.report.workbook import plan_workbook

SHARES = [{"mineral": "*", "by": "house", "name": "traxys", "max_share": 0.6}]
PRIOR = [{"offer": "a", "week": 1, "tonnes": 4}, {"offer": "b", "week": 2, "tonnes": 3}]


@cache
def known_plan() -> Plan:
    """The sample with a share limit and a prior plan: tin 4 t instead of 6, gallium a week later."""
    return sample_plan(sample_problem(shares=SHARES, prior=PRIOR))


@cache
def known_bytes() -> bytes:
    """Its workbook, with facts of every kind."""
    return plan_workbook(known_plan(), FACTS)


def opened(content: bytes, *, values: bool = False) -> Workbook:
    """The workbook with its formulas, or with the values that were saved with them."""
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def rows(sheet: Worksheet, table: str) -> list[dict[str, Any]]:
    """The rows of a table, by head."""
    heads, *found = sheet[sheet.tables[table].ref]
    return [{str(head.value): cell.value for head, cell in zip(heads, row, strict=True)} for row in found]


def column(sheet: Worksheet, table: str, head: str) -> list[Cell]:
    """The cells of a column, its head apart."""
    heads, *found = sheet[sheet.tables[table].ref]
    place = [cell.value for cell in heads].index(head)
    return [row[place] for row in found]


def formulas(content: bytes) -> Iterator[tuple[str, str, object]]:
    """Every formula: where it stands, what it says, and the value saved with it."""
    values = opened(content, values=True)
    for sheet in opened(content):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    place = f"{sheet.title}!{cell.coordinate}"
                    yield place, str(cell.value), values[sheet.title][cell.coordinate].value
