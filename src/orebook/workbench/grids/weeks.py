"""Prices as a planner knows them: a row a mineral, its benchmark, and a column a week; a blank week keeps the one before."""

from __future__ import annotations

from datetime import timedelta

from orebook.schema.document import Document
from orebook.schema.tables import MineralRow
from orebook.workbench.grids.grid import Column, GridRow, text_of

PRICE = "price_usd_per_t"
_WEEK = "w"


def week_column(week: int) -> str:
    """The name of a week's column."""
    return f"{_WEEK}{week}"


def week_of(column: str) -> int | None:
    """The week of a column; None where it is of none."""
    number = column.removeprefix(_WEEK)
    return int(number) if column.startswith(_WEEK) and number.isdigit() else None


def price_columns(document: Document) -> list[Column]:
    """Mineral, benchmark and every week, with its Monday where it is known."""
    head = document.instance
    help_ = MineralRow.model_fields[PRICE].description or ""
    return [
        Column(field="mineral", title="mineral", unit="", kind="text", help="name of the mineral", key=True),
        Column(field=PRICE, title="benchmark", unit="USD/t", kind="number", help=help_, required=True),
        *(
            Column(
                field=week_column(week),
                title=f"week {week}",
                unit="USD/t",
                under="" if head.start is None else f"{head.start + timedelta(weeks=week - 1):%d %b}",
                kind="number",
                help=f"benchmark from week {week} on, USD/t; blank: as the week before",
            )
            for week in range(1, head.weeks + 1)
        ),
    ]


def price_rows(document: Document) -> list[GridRow]:
    """A row a mineral; `held` is what holds in a week that is not listed."""
    listed: dict[str, dict[int, float]] = {}
    for row in document.rows("prices"):
        listed.setdefault(row.mineral, {})[row.week] = row.price_usd_per_t
    return [_row(m, listed.get(m.mineral, {}), document.instance.weeks) for m in document.minerals]


def _row(mineral: MineralRow, prices: dict[int, float], weeks: int) -> GridRow:
    cells, held = {"mineral": mineral.mineral, PRICE: text_of(mineral.price_usd_per_t)}, {}
    now = mineral.price_usd_per_t
    for week in range(1, weeks + 1):
        if week in prices:
            now = prices[week]
            cells[week_column(week)] = text_of(now)
        else:
            held[week_column(week)] = text_of(now)
    return GridRow(key=(mineral.mineral,), cells=cells, held=held)
