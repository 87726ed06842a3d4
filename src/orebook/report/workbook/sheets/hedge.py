"""Order now and Futures: the tickets of a hedged plan with how sure they are, what to wait with, and what may come."""

from __future__ import annotations

from orebook.report import hedge
from orebook.report.hedge_tables import Row, ends_of, told_figures, with_stances, worth_says
from orebook.report.report_input import Brief, ends
from orebook.report.workbook.figures import unit_of
from orebook.report.workbook.grid import Cell, Column, Grid
from orebook.report.workbook.page import Page
from orebook.schema.facts import Fact
from orebook.schema.hedge import FutureResult
from orebook.schema.plan import StageResult
from orebook.schema.stages import FIGURE_OF, STAGES, StageName, stage_of


def write_now(page: Page, brief: Brief) -> None:
    """A row a ticket of now: how sure it is, and what doing without it adds; then what can wait."""
    assert brief.hedged is not None
    hedged, stances = brief.hedged, brief.of_kind("stance")
    page.heading(hedge.TITLE)
    page.say(hedge.headline(hedged, stances), hedge.MEANS if stances else "")
    if not stances:
        page.say("How sure each is was not asked yet: orebook explain PLAN asks, and writes this workbook anew.")
    page.freeze_title()
    rows = with_stances(hedged, stances)
    page.table(Grid("OrderNow", _now(tuple(fact for _, fact in rows if fact)), rows, keys=2))
    left = tuple(x for x in stances if x.about.against == "wait")
    if left:
        page.heading("To wait with")
        page.table(Grid("Wait", _left(left), left))


def _now(known: tuple[Fact, ...]) -> tuple[Column[Row], ...]:
    tickets: tuple[Column[Row], ...] = (
        Column("week", "week", lambda r: r[0].week),
        Column("offer", "text", lambda r: r[0].offer),
        Column("mineral", "text", lambda r: r[0].mineral),
        Column("house", "text", lambda r: r[0].house),
        Column("origin", "text", lambda r: r[0].origin or ""),
        Column("tonnes", "t", lambda r: r[0].tonnes),
        Column("order cash USD", "usd", lambda r: r[0].order_cash_usd, sums=True),
    )
    if not known:
        return tickets
    asked: tuple[Column[Row], ...] = (
        Column("how sure", "text", lambda r: r[1].about.against if r[1] else None),
        Column("own plans that have it", "count", lambda r: ends_of(r[1], "alone") if r[1] else None),
        Column("futures", "count", lambda r: ends_of(r[1], "futures") if r[1] else None),
        Column("in every own plan t", "t", lambda r: ends_of(r[1], "least_t") if r[1] else None),
    )
    adds = (
        Column(f"without it {end}: {_head(figure)}", unit_of(figure)[1], lambda r, n=figure, k=k: _end(r[1], n, k))  # type: ignore[misc]
        for figure in told_figures(known)
        for k, end in enumerate(("at least", "at most"))
    )
    says: Column[Row] = Column("says", "words", lambda r: r[1].says if r[1] else None)
    return (*tickets, *asked, *adds, says)


def _left(facts: tuple[Fact, ...]) -> tuple[Column[Fact], ...]:
    adds = (
        Column(f"ordered now {end}: {_head(figure)}", unit_of(figure)[1], lambda x, n=figure, k=k: _end(x, n, k))  # type: ignore[misc]
        for figure in told_figures(facts)
        for k, end in enumerate(("at least", "at most"))
    )
    return (
        Column("offer", "text", lambda x: x.about.offer or "any"),
        Column("week", "week", lambda x: x.about.week),
        Column("mineral", "text", lambda x: x.about.mineral),
        Column("tonnes", "t", lambda x: ends_of(x, "tonnes")),
        Column("would order it now by itself", "text", lambda x: x.about.future),
        *adds,
        Column("says", "words", lambda x: x.says),
    )


def _head(figure: str) -> str:
    return f"{stage_of(figure).label}, {stage_of(figure).unit}"


def _end(fact: Fact | None, figure: str, which: int) -> Cell:
    found = ends(fact, figure) if fact else None
    return found[which] if found else None


def write_futures(page: Page, brief: Brief) -> None:
    """What knowing and planning for all are worth; a row a future; a row a stage over all of them."""
    assert brief.hedged is not None
    document = brief.hedged.document
    page.heading("Futures")
    page.say(*worth_says(brief.hedged), *brief.said(brief.of_kind("tail")))
    page.freeze_title()
    main = [s.stage for s in document.stages if s.stage in FIGURE_OF]
    measures = [c for stage in main for c in _measures(stage)]
    columns: tuple[Column[FutureResult], ...] = (
        Column("future", "text", lambda x: x.future),
        Column("probability", "share", lambda x: x.probability),
        Column("known in week", "week", lambda x: x.known_week),
        Column("goods under way", "text", lambda x: x.in_transit),
        *measures,
        Column("tickets lost", "count", lambda x: len(x.lost)),
        Column("tickets late", "count", lambda x: len(x.late)),
    )
    page.table(Grid("Futures", columns, document.futures))
    page.heading("Over all futures")
    page.table(Grid("JointStages", _STAGES, document.stages))


def _measures(stage: StageName) -> tuple[Column[FutureResult], ...]:
    """What the plan comes to in a future, and what one that had known it."""
    kind, unit = unit_of(FIGURE_OF[stage])[1], STAGES[stage].unit
    return (
        Column(f"{stage}, {unit}", kind, lambda x: x.measures.get(stage)),
        Column(f"{stage} had one known it", kind, lambda x: x.alone[stage][1] if stage in x.alone else None),
    )


_STAGES: tuple[Column[StageResult], ...] = (
    Column("stage", "text", lambda s: s.stage),
    Column("over all futures", "number", lambda s: s.value),
    Column("no plan beats", "number", lambda s: s.bound),
    Column("unit", "text", lambda s: STAGES[s.stage].unit),
)
