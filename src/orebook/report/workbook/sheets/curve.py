"""The budget curve: what a smaller or larger budget buys, where facts say."""

from __future__ import annotations

from collections.abc import Callable

from orebook.report.report_input import NEGLIGIBLE, Brief, ends, number
from orebook.report.workbook.charts import DARK, MID, Series, curve
from orebook.report.workbook.figures import unit_of
from orebook.report.workbook.grid import Cell, Column, Grid
from orebook.report.workbook.page import Page
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF, stage_of

BUDGET_HEAD = "budget USD"


def write_curve(page: Page, brief: Brief) -> None:
    """A table and a chart of the first measure that the budget moves; nothing where no fact is of the curve."""
    facts = tuple(f for f in brief.of_kind("margin") if f.about.against == "curve")
    moved = (m for m in STAGE_OF if any(abs(x) > NEGLIGIBLE for f in facts for x in ends(f, m) or ()))
    measure = next(moved, None)
    if measure is None:
        return
    name = stage_of(measure).counts
    page.heading("What another budget buys")
    page.say(f"More ({name}) than this plan, below 0: less; what is best lies between low and high.")
    columns: tuple[Column[Fact], ...] = (
        Column(BUDGET_HEAD, "usd", lambda f: number(f, "budget_usd")),
        Column("low", unit_of(measure)[1], _end(measure, 0)),
        Column("high", unit_of(measure)[1], _end(measure, 1)),
        Column("cost, low USD", "usd", _end("cost_usd", 0)),
        Column("cost, high USD", "usd", _end("cost_usd", 1)),
    )
    placed = page.table(Grid("Curve", columns, facts))
    if placed and placed.has(BUDGET_HEAD, "low", "high"):
        series = (Series("high", placed["high"], MID), Series("low", placed["low"], DARK))
        chart = curve(page.book, "What another budget buys", placed[BUDGET_HEAD], series, units=("USD", name))
        page.chart(chart, placed)


def _end(measure: str, which: int) -> Callable[[Fact], Cell]:
    return lambda fact: both[which] if (both := ends(fact, measure)) else None
