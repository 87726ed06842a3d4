"""Cover: a row a target, in days, and a chart of before, after and target."""

from __future__ import annotations

from typing import Any

from orebook.report import cover
from orebook.report.report_input import Brief
from orebook.report.workbook.charts import DARK, MARK, MID, Series, bars
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page

NAME = "Cover"
BEFORE, AFTER, TARGET, SHORT, MET, WEIGHTED, LABEL = (
    "without buying, days",
    "with the plan, days",
    "target, days",
    "short, days",
    "met",
    "weighted days short",
    "label",
)
Row = dict[str, Any]


def write(page: Page, brief: Brief) -> None:
    """The targets, shortest first; their weighted days are held against the judge's measure."""
    page.heading("Cover")
    page.say(
        "Days of cover at the end of the target's week. Weighted days count each day short by its criticality, "
        "and a critical day again by its weight."
    )
    rows = cover.listed(brief.plan)
    if not rows:
        page.say("No targets.")
        return
    placed = page.table(Grid(NAME, _columns(brief), tuple(rows), keys=2), freeze=True)
    chart = chart_of(page)
    if placed and chart:
        page.chart(chart, placed, width=max(800, 24 * len(rows)))


def chart_of(page: Page) -> Any:
    """Before, after and target, shortest first; None where this copy goes without them."""
    placed = page.placed.get(NAME)
    if placed is None or not placed.has(BEFORE, AFTER, TARGET):
        return None
    wanted, most = placed[TARGET].most, placed[AFTER].most
    cut = 2 * wanted if most > 2 * wanted > 0 else None  # one mineral with years of cover would hide the rest
    series = (
        Series("with the plan", placed[AFTER], MID),
        Series("without buying", placed[BEFORE], DARK),
        Series("target", placed[TARGET], MARK, "marks"),
    )
    return bars(page.book, "Days of cover", placed[LABEL], series, unit="days", most=cut)


def _columns(brief: Brief) -> tuple[Column[Row], ...]:
    problem, weight = brief.plan.problem, brief.plan.model.weights.critical_weight
    minerals, measure = problem.minerals, brief.plan.judgement.measures.get("cover")

    def weighted(row: Row) -> float:
        days: float = row["short_days"] + weight * row["critical_short_days"]
        return minerals[row["mineral"]].criticality * days

    columns: list[Column[Row]] = [
        Column("mineral", "text", lambda r: r["mineral"]),
        Column("week", "week", lambda r: r["week"]),
        Column("from", "date", lambda r: brief.plan.problem.monday(r["week"])),
        Column("use t/day", "t", lambda r: minerals[r["mineral"]].use_t_per_day),
        Column("in store t", "t", lambda r: r["stock_t"]),
        Column(BEFORE, "days", lambda r: r["cover_before_days"]),
        Column(AFTER, "days", lambda r: r["cover_days"]),
        Column(TARGET, "days", lambda r: r["target_days"]),
        Column(SHORT, "days", lambda r: r["short_days"], sums=True),
        Column(MET, "text", lambda r: "no" if brief.plan.misses(r["mineral"], r["short_days"]) else "yes"),
        Column("critical short, days", "days", lambda r: r["critical_short_days"], sums=True),
        Column("criticality", "number", lambda r: minerals[r["mineral"]].criticality),
        Column(WEIGHTED, "days", weighted, sums=True, judge=measure),
        Column(
            "label", "text", lambda r: r["mineral"] if r["week"] == problem.weeks else f"{r['mineral']} w{r['week']}"
        ),
    ]
    return tuple(columns)
