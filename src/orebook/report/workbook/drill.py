"""A drill as a workbook: in short, what each shock did, who got what, cover week by week, what is whole when, and orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orebook.export.fresh import fresh
from orebook.report.studies.drill_rows import (
    SetBack,
    TargetRow,
    days_short,
    lost_usd,
    set_backs,
    target_rows,
)
from orebook.report.studies.drill_words import in_short, shock_says
from orebook.report.workbook.cell_styles import Look
from orebook.report.workbook.charts import MID, Series, lying
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.report.workbook.sheets import drill_weeks
from orebook.report.workbook.table_areas import Placed
from orebook.rolling.drill_results import Asked, DrilledWay, Struck
from orebook.rolling.drilled import SCHEMA, DrillResult

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def drill_workbook(result: DrillResult) -> bytes:
    """The bytes of the workbook; the same drill makes the same bytes, but for the seconds of solves."""
    return fresh(f"Drill: {result.drill.name}", SCHEMA, lambda book: _fill(book, result))


def _fill(book: Workbook, result: DrillResult) -> None:
    look, placed = Look(book), dict[str, Placed]()
    for title, write in (
        ("Drill", _drill),
        ("Shocks", _shocks),
        ("Withdrawals", _withdrawals),
        ("Whole", _whole),
        ("Cover", drill_weeks.cover),
        ("Orders", drill_weeks.orders),
        ("Weeks", drill_weeks.weeks),
    ):
        write(Page(book, look, title, placed), result)


def _drill(page: Page, result: DrillResult) -> None:
    """What a board reads, and a row a way of planning."""
    page.heading(f"Drill: {result.drill.name}")
    page.say(result.drill.note, *in_short(result))
    columns: tuple[Column[DrilledWay], ...] = (
        Column("way", "text", lambda w: w.way),
        Column("targets", "count", lambda w: len(w.targets)),
        Column("not on time", "count", lambda w: len(w.missed)),
        Column("weighted days short", "days", days_short),
        Column("withdrawals", "count", lambda w: len(w.withdrawals)),
        Column("not served whole", "count", lambda w: len(w.without)),
        Column("paid USD", "usd", lambda w: w.result.cash_usd),
        Column("with carrying USD", "usd", lambda w: w.result.total_usd),
        Column("lost on the way USD", "usd", lost_usd),
        Column("what it is", "words", lambda w: w.says + (f"; ended in {w.ended}" if w.ended else "")),
    )
    page.heading("Ways of planning")
    placed = page.table(Grid("Ways", columns, result.ways))
    if placed:
        for n, (head, unit) in enumerate((("weighted days short", "weighted days"), ("with carrying USD", "USD"))):
            chart = lying(page.book, head, placed["way"], (Series(head, placed[head], MID),), unit=unit)
            page.chart(chart, placed, width=460, left=480 * n, rows=12)


def _shocks(page: Page, result: DrillResult) -> None:
    page.heading("What each shock did")
    page.say(*(shock_says(result, shock) for shock in result.drill.shocks))
    plan = result.way("plan")
    struck: tuple[Column[Struck], ...] = (
        Column("week", "week", lambda s: s.week),
        Column("mineral", "text", lambda s: s.mineral),
        Column("origin", "text", lambda s: s.origin),
        Column("t", "t", lambda s: s.tonnes, sums=True),
        Column("was to arrive in week", "week", lambda s: s.was_to_arrive),
        Column("arrives in week (blank: lost)", "week", lambda s: s.arrives),
        Column("paid by then USD", "usd", lambda s: s.paid_usd, sums=True),
    )
    page.heading("Goods under way")
    page.table(Grid("Struck", struck, plan.struck if plan else ()))
    back: tuple[Column[SetBack], ...] = (
        Column("week of the shock", "week", lambda s: s.week),
        Column("mineral", "text", lambda s: s.target.mineral),
        Column("wanted by week", "week", lambda s: s.target.week),
        Column("wanted days", "days", lambda s: s.target.days),
        Column("expected days before", "days", lambda s: s.before_days),
        Column("expected days after", "days", lambda s: s.after_days),
    )
    page.heading("Targets set back")
    page.table(Grid("SetBack", back, tuple(set_backs(result))))


def _withdrawals(page: Page, result: DrillResult) -> None:
    page.heading("Who asked, and who went without")
    rows = tuple((way.way, served) for way in result.ways for served in way.withdrawals)
    columns: tuple[Column[tuple[str, Asked]], ...] = (
        Column("way", "text", lambda r: r[0]),
        Column("week", "week", lambda r: r[1].week),
        Column("member", "text", lambda r: r[1].member),
        Column("mineral", "text", lambda r: r[1].mineral),
        Column("kind", "text", lambda r: r[1].kind),
        Column("asked t", "t", lambda r: r[1].asked_t),
        Column("served t", "t", lambda r: r[1].served_t),
        Column("went without t", "t", lambda r: r[1].unmet_t),
        Column("days of its use", "days", lambda r: r[1].days),
        Column("kept by", "text", lambda r: r[1].kept_by),
    )
    page.table(Grid("Withdrawals", columns, rows), freeze=True)


def _whole(page: Page, result: DrillResult) -> None:
    page.heading("When each target is whole")
    page.say("The first week from which on it stays met; blank: in none that is seen. The most set back first.")
    others = [way.way for way in result.ways if way.way != "plan"]
    columns: tuple[Column[TargetRow], ...] = (
        Column("mineral", "text", lambda r: r.target.mineral),
        Column("wanted by week", "week", lambda r: r.target.week),
        Column("wanted days", "days", lambda r: r.target.days),
        Column("days then", "days", lambda r: r.target.expected_days[-1]),
        Column("whole from week", "week", lambda r: r.target.whole_from),
        *(
            Column(f"{way}: week", "week", lambda r, w=way: r.beside[w].whole_from if w in r.beside else None)  # type: ignore[misc]
            for way in others
        ),
        Column("set back days", "days", lambda r: r.back_days),
        Column("what keeps it from being so sooner", "words", lambda r: r.target.says),
    )
    page.table(Grid("Whole", columns, tuple(target_rows(result)), keys=2), freeze=True)
