"""The plan as a workbook: its sheets in order, the Summary filled last, as it points at the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from orebook.export.fresh import fresh
from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report.report_input import Brief
from orebook.report.workbook.cell_styles import Look
from orebook.report.workbook.page import Page
from orebook.report.workbook.sheets import (
    about,
    buys,
    changes,
    cover,
    exposed,
    hedge,
    houses,
    inputs,
    ledger,
    money,
    stores,
    summary,
    why,
)
from orebook.report.workbook.table_areas import Placed
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden
from orebook.schema.plan import SCHEMA

if TYPE_CHECKING:
    from xlsxwriter import Workbook

SHEETS: dict[str, Callable[[Page, Brief], None]] = {
    "Summary": summary.write,
    "Buy plan": buys.write,
    "Cover": cover.write,
    "Money": money.write,
    "Stores": stores.write,
    "Houses": houses.write,
    "Exposed": exposed.write,
    "Why": why.write,
    "Ledger": ledger.write,
    "Changes": changes.write,
    "Inputs": inputs.write,
    "About": about.write,
}
"""Title -> what fills it."""

HEDGE_SHEETS: dict[str, Callable[[Page, Brief], None]] = {"Order now": hedge.write_now, "Futures": hedge.write_futures}
"""The same, of a hedged plan besides."""


def plan_workbook(
    plan: Plan | HedgedPlan, facts: Iterable[Fact] = (), hide: Iterable[Hidden] = (), dropped: Sequence[str] = ()
) -> bytes:
    """The bytes of plan.xlsx; the same plan and facts make the same bytes. `dropped` are answers that failed their check.

    Of a hedged plan what to order now and what may come stand before the sheets of its main plan.
    """
    brief = Brief.of(plan, facts, hide, dropped)
    problem = brief.plan.problem
    return fresh(problem.title or problem.name, SCHEMA, lambda book: _fill(book, brief))


def _fill(book: Workbook, brief: Brief) -> None:
    look, placed = Look(book), dict[str, Placed]()
    sheets = {**HEDGE_SHEETS, **SHEETS} if brief.hedged else SHEETS
    pages = {title: Page(book, look, title, placed) for title in sheets}
    for title in sorted(sheets, key=lambda title: title == "Summary"):
        sheets[title](pages[title], brief)
