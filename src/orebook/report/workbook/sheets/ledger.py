"""Ledger: what each rule and row costs, the dearest first."""

from __future__ import annotations

from collections.abc import Callable

from orebook.report.ledger import called, ranked
from orebook.report.method import command
from orebook.report.report_input import NEGLIGIBLE, Brief, ends, less
from orebook.report.workbook.charts import DARK, PALE, Series, lying
from orebook.report.workbook.figures import others, unit_of
from orebook.report.workbook.grid import Cell, Column, Grid
from orebook.report.workbook.page import Page
from orebook.report.workbook.sheets.facts import says
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF, stage_of

NAME = "Ledger"
MAX_BARS = 20
"""Bars that a chart has room for."""
LEAST, MOST = "less: at least", "less: at most"


def write(page: Page, brief: Brief) -> None:
    """A row a rule or row, with what would be had without it, by every measure that any of them moves."""
    page.heading("Ledger")
    facts = brief.of_kind("rule")
    if not facts:
        page.say("Nothing was asked yet: orebook explain PLAN asks, and writes this workbook anew.")
        return
    page.say("What would be had without a rule or a row of it: at least what is proven, at most what is possible.")
    measures = [m for m in STAGE_OF if any(abs(x) > NEGLIGIBLE for f in facts for x in ends(f, m) or ())]
    placed = page.table(Grid(NAME, _columns(brief, measures), tuple(ranked(brief))), freeze=True)
    if placed and measures and placed.has(*_heads(measures[0])):
        name = stage_of(measures[0]).counts
        most, least = (placed[head].first_rows(MAX_BARS) for head in reversed(_heads(measures[0])))
        series = (Series("at most", most, PALE), Series("at least", least, DARK))
        labels = placed["what"].first_rows(MAX_BARS)
        page.chart(lying(page.book, f"Without it less of: {name}", labels, series, unit=name), placed, rows=26)


def _heads(measure: str) -> tuple[str, str]:
    name = stage_of(measure).counts
    return f"{name}, {LEAST}", f"{name}, {MOST}"


def _columns(brief: Brief, measures: list[str]) -> tuple[Column[Fact], ...]:
    costs = (Column(head, unit_of(m)[1], _without(m, end)) for m in measures for end, head in enumerate(_heads(m)))
    return (
        Column("what", "text", called),
        Column("rule", "text", lambda f: f.about.rule),
        Column("rows", "count", _figure("rows")),
        Column("tight rows", "count", _figure("tight_rows")),
        Column("offers kept out", "count", _figure("offers_out")),
        Column("paid for it USD", "usd", _figure("paid_usd")),
        *costs,
        Column("says", "words", says),
        Column("reproduced by", "text", lambda f: command(brief, f)),
        Column("all figures", "text", lambda f: others(f, "")),
        Column("method", "text", lambda f: f.method),
    )


def _figure(name: str) -> Callable[[Fact], Cell]:
    return lambda fact: both[1] if (both := ends(fact, name)) else None


def _without(measure: str, end: int) -> Callable[[Fact], Cell]:
    return lambda fact: both[end] if (both := less(ends(fact, measure))) else None
