"""Summary: what a board reads first, every figure worked out from the other sheets and held against the judge's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.report import buys, cover, money, news, proof
from orebook.report.method import dropped
from orebook.report.report_input import Brief, tells
from orebook.report.workbook.cell_styles import DECIMALS, Kind
from orebook.report.workbook.grid import Cell, Column, Formula, Grid, Number
from orebook.report.workbook.page import Page
from orebook.report.workbook.sheets import buys as buy_plan
from orebook.report.workbook.sheets import cover as cover_sheet
from orebook.report.workbook.sheets import money as money_sheet
from orebook.report.workbook.sheets.curve import write_curve
from orebook.schema.facts import Fact
from orebook.schema.facts import Kind as FactKind
from orebook.schema.stages import STAGE_OF

FACTS_TOLD: tuple[tuple[FactKind, str], ...] = (
    ("baseline", "What the plan wins"),
    ("shortage", "Why it stays short"),
    ("mend", "What would mend it"),
    ("margin", "What more would buy"),
)
SENTENCES = 6
CHART = 720
"""px of a chart beside the figures."""
_FROM_TICKETS = {
    "goods USD": ("goods", "goods_usd"),
    "commission USD": ("commission", "commission_usd"),
    "duty USD": ("duty", "duty_usd"),
    "freight USD": ("freight", "freight_usd"),
    "top-up USD": ("top-up to producers", "top_up_usd"),
    "levy USD": ("levy of the border", "levy_usd"),
    buy_plan.BY_ANOTHER: ("top-up that another pays, in no cost", "top_up_other_usd"),
    "fee USD": ("order fees", "order_fees_usd"),
}
_FROM_WEEKS = {
    money_sheet.ENGAGE: ("engagement fees", "engage_fees_usd"),
    money_sheet.DUE: ("orders already under way", "due_usd"),
    money_sheet.PAID: ("cash of the plan", "cash_usd"),
}
_CARRYING = {"handling": "handling_usd", "rent": "rent_usd", "interest": "interest_usd"}
_WHERE_ANY = {"fees of sources": "fees_usd", "less what comes in": "receipts_usd"}
"""Told where they are not nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure worked out from other sheets, and the judge's; None where it is the judge's alone."""

    what: str
    kind: Kind
    unit: str
    here: Cell
    judge: Number | None


def write(page: Page, brief: Brief) -> None:
    """Words, figures, then what facts say."""
    page.heading(brief.plan.problem.title or brief.plan.problem.name)
    page.say(proof.status(brief.plan), proof.audit(brief.plan))
    page.say(news.says(brief.plan))
    page.say(buys.headline(brief.plan), cover.headline(brief.plan), money.headline(brief.plan))
    page.say(dropped(brief))
    page.freeze_title()
    placed = page.table(Grid("Summary", _COLUMNS, tuple(_lines(page, brief))))
    if placed:
        charts = filter(None, (cover_sheet.chart_of(page), money_sheet.chart_of(page)))
        for n, chart in enumerate(charts):
            page.chart(chart, placed, width=CHART, left=n * (CHART + 20))
    _agreement(page)
    for kind, title in FACTS_TOLD:
        said = [f.says for f in brief.of_kind(kind) if f.says and (kind != "margin" or _buys(f))]
        if said:
            page.heading(title)
            more = len(said) - SENTENCES
            page.say(*said[:SENTENCES], f"{more:,} more on the sheet Why." if more > 0 else "")
    write_curve(page, brief)


def _buys(margin: Fact) -> bool:
    """Whether more of the limit is proven to buy anything; the curve has a chart of its own."""
    return margin.about.against != "curve" and any(tells(margin, name) for name in STAGE_OF)


def _off(line: Line) -> Cell:
    if line.judge is None or not isinstance(line.here, Formula):
        return None
    decimals = DECIMALS.get(line.kind, 6)
    return Formula(f"=ROUND(B{{row}}-D{{row}},{decimals})", round(float(line.here.value) - float(line.judge), decimals))


_COLUMNS: tuple[Column[Line], ...] = (
    Column("what", "text", lambda x: x.what),
    Column("from the sheets", lambda x: x.kind, lambda x: x.here),
    Column("unit", "text", lambda x: x.unit),
    Column("by the judge", lambda x: x.kind, lambda x: x.judge),
    Column("apart", lambda x: x.kind, _off),
)


def _lines(page: Page, brief: Brief) -> Iterator[Line]:
    yield from _costs(page, brief)
    problem, measures = brief.plan.problem, brief.plan.judgement.measures
    if problem.budget_usd is not None:
        yield Line("budget", "usd", "USD", problem.budget_usd, None)
    tickets = page.placed.get(buy_plan.NAME)
    if tickets:
        offers = tickets["offer"]
        count = Formula(f"=ROWS({offers.address})", len(offers.values))
        yield Line("tickets", "count", "tickets", count, len(brief.plan.document.tickets))
    targets = page.placed.get(cover_sheet.NAME)
    if targets and targets.has(cover_sheet.MET, cover_sheet.WEIGHTED):
        listed, met = targets[cover_sheet.MET], len(brief.plan.document.cover) - len(brief.plan.missed)
        yield Line("targets", "count", "targets", Formula(f"=ROWS({listed.address})", len(listed.values)), None)
        yield Line("targets met", "count", "targets", Formula(f'=COUNTIF({listed.address},"yes")', met), met)
        yield Line("short", "days", "weighted days", targets.sum(cover_sheet.WEIGHTED), measures.get("cover"))


def _costs(page: Page, brief: Brief) -> Iterator[Line]:
    costs = brief.plan.judgement.exact_costs
    for sheet, parts in ((buy_plan.NAME, _FROM_TICKETS), (money_sheet.NAME, _FROM_WEEKS)):
        placed = page.placed.get(sheet)
        for head, (what, field) in parts.items():
            if placed and placed.has(head):
                yield Line(what, "usd", "USD", placed.sum(head), costs[field])
    for what, field in _CARRYING.items():
        yield Line(what, "usd", "USD", None, costs[field])
    for what, field in _WHERE_ANY.items():
        if costs[field]:
            yield Line(what, "usd", "USD", None, -costs[field] if field == "receipts_usd" else costs[field])
    yield Line("cost of the plan", "usd", "USD", None, costs["total_usd"])


def _agreement(page: Page) -> None:
    """One cell that says whether every sum of every sheet is the judge's."""
    cells = [cell for placed in page.placed.values() for cell in placed.off]
    if not cells:
        return
    page.row += 1
    apart = "+".join(f"ABS({cell})" for cell in cells)
    page.put(page.row, 0, "sums that are the judge's", "text")
    page.put(page.row, 1, Formula(f'=IF({apart}=0,"all","NOT ALL")', "all"), "text")
    page.row += 1
