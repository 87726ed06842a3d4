"""Inputs: what the plan was made from: the limits, the minerals and the offers, as the instance has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from orebook.reading.book import title_of
from orebook.reading.words import unit_of
from orebook.report.report_input import Brief
from orebook.report.workbook.cell_styles import Kind
from orebook.report.workbook.grid import Cell, Column, Grid
from orebook.report.workbook.page import Page
from orebook.schema.base import Row
from orebook.schema.tables import MineralRow, OfferRow

LIMIT_TABLES = ("houses", "sites", "funding", "shares", "floors", "duties", "releases", "targets")
"""Tables that are shown a cell a row; minerals and offers stand as tables of their own."""
KIND_BY_UNIT: dict[str, Kind] = {"USD": "usd", "USD/t": "rate", "t": "t", "days": "days", "week": "week"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A cell of the instance that says something: where it stands, what it says, in what."""

    table: str
    key: str
    column: str
    value: Any
    unit: str
    meaning: str


def write(page: Page, brief: Brief) -> None:
    """Three tables."""
    page.heading("Inputs")
    page.say("As they were solved, changes made. Blank cells of the instance are left out, or stay blank.")
    page.freeze_title()
    page.table(Grid("Limits", _COLUMNS, tuple(_limits(brief))))
    page.heading("Minerals")
    page.table(_table("InputMinerals", MineralRow, brief.plan.problem.document.minerals))
    page.heading("Offers")
    bought: dict[str, int] = {}
    for ticket in brief.plan.document.tickets:
        bought[ticket.offer] = bought.get(ticket.offer, 0) + 1
    tickets: Column[Any] = Column("tickets", "count", lambda row: bought.get(row.offer, 0))
    page.table(_table("InputOffers", OfferRow, brief.plan.problem.document.offers, tickets))


_COLUMNS: tuple[Column[Limit], ...] = (
    Column("table", "text", lambda x: x.table),
    Column("of", "text", lambda x: x.key),
    Column("column", "text", lambda x: x.column),
    Column("value", lambda x: _kind(x.column, x.unit, x.value), lambda x: _cell(x.value)),
    Column("unit", "text", lambda x: x.unit),
    Column("meaning", "text", lambda x: x.meaning),
)


def _limits(brief: Brief) -> Iterator[Limit]:
    document = brief.plan.problem.document
    yield from _cells("Instance", "", document.instance, ("name", "title"))
    for table in LIMIT_TABLES:
        for row in document.rows(table):
            key = " / ".join(str(getattr(row, k) or "") for k in type(row).KEY)
            yield from _cells(title_of(table), key, row, type(row).KEY)


def _cells(table: str, key: str, row: BaseModel, left_out: tuple[str, ...]) -> Iterator[Limit]:
    for column, field in type(row).model_fields.items():
        value = getattr(row, column)
        if column not in left_out and value is not None:
            yield Limit(table, key, column, value, unit_of(field), field.description or "")


def _table(name: str, model: type[Row], rows: tuple[Any, ...], *more: Column[Any]) -> Grid[Any]:
    """The columns in which any row says something; heads say the unit where the name does not."""
    used = [c for c in model.model_fields if any(getattr(row, c) is not None for row in rows)]
    columns = tuple(_column(model, column) for column in used)
    return Grid(name, (columns[0], *more, *columns[1:]), rows)


def _column(model: type[Row], column: str) -> Column[Any]:
    unit = unit_of(model.model_fields[column])
    said = not unit or unit == "yes/no" or unit.lower().replace("/", "_per_") in column or unit in column.split("_")
    return Column(
        column if said else f"{column} ({unit})", lambda row: _kind(column, unit, getattr(row, column)), _of(column)
    )


def _of(column: str) -> Callable[[Any], Cell]:
    return lambda row: _cell(getattr(row, column))


def _cell(value: Any) -> Cell:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _kind(column: str, unit: str, value: object) -> Kind:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "share" if column.endswith("_share") else KIND_BY_UNIT.get(unit, "number")
    return "date" if isinstance(value, date) else "text"
