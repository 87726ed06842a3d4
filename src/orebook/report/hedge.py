"""The first page of a hedged plan's report: what to order now and how sure, what may come, what knowing is worth, the worst."""

from __future__ import annotations

from math import isnan

from orebook import formats as f
from orebook.hedged import HedgedPlan
from orebook.report.hedge_tables import futures_table, now_table, stages_table, wait_table, worth_says
from orebook.report.report_input import Brief
from orebook.report.section import Section, section
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGES

TITLE = "What to order now, and how sure"
MEANS = (
    "No-regret: each future by itself would order it, or is as well off with it. Hedge: some future by itself would not. "
    "Wait: left for later, though some future by itself would order it now, or every future orders as much later."
)
STANCES = ("no-regret", "hedge", "wait")
MOST_SAID = 10
"""Sentences; the tables have every ticket."""


def sections(brief: Brief, hedged: HedgedPlan) -> tuple[Section, ...]:
    """The answers, in the order in which a planner asks."""
    stances = brief.of_kind("stance")
    turns = tuple(fact for fact in brief.of_kind("turn") if fact.about.against in ("enters", "leaves"))
    others = tuple(fact for fact in brief.of_kind("turn") if fact.about.against is None)
    said = brief.said(stances)
    return (
        section(
            "now",
            "To order now",
            headline(hedged, stances),
            MEANS if stances else "",
            points=_first(said),
            hint="" if stances else "which orders are no-regret, which are a hedge, and what can wait",
            tables=[now_table(hedged, stances, turns), wait_table(stances, turns)],
        ),
        section("futures", "What may come", tables=[futures_table(hedged)]),
        section(
            "turns",
            "Where orders turn",
            points=_first(brief.said((*turns, *others))),
            hint=""
            if turns or len(hedged.document.futures) < 2
            else "how likely a future has to be for an order to turn",
        ),
        section("worth", "What knowing and planning for all are worth", *_worth(hedged)),
        section(
            "tail",
            "The worst part, and what would help",
            points=brief.said(brief.of_kind("tail")),
            hint="" if brief.of_kind("tail") else "which futures are the worst, and which ticket would help them most",
        ),
        section("together", "Proof over all futures", _proof(hedged), tables=[stages_table(hedged)]),
    )


def tiles(brief: Brief, hedged: HedgedPlan) -> list[tuple[str, str]]:
    """The figures at the head of the report."""
    found = [("futures", f.grouped(len(hedged.document.futures))), ("tickets now", f.grouped(len(hedged.now)))]
    stances = brief.of_kind("stance")
    found += [(name, f.grouped(_count(stances, name))) for name in STANCES if stances]
    cash = f.total(t.order_cash_usd for t in hedged.now)
    if not brief.hides("prices"):
        found.append(("order cash of now", f.usd(cash)))
    for stage in hedged.document.stages:
        kind = STAGES[stage.stage]
        if not kind.tie_breaking and not isnan(stage.value):
            found.append((f"{kind.label}, over all futures", f.quantity(stage.value, kind.unit)))
    return found


def headline(hedged: HedgedPlan, stances: tuple[Fact, ...]) -> str:
    """How much is ordered before anyone knows which future comes, and how much of it how surely."""
    weeks, futures = hedged.document.now_weeks, len(hedged.document.futures)
    until = "week 1" if weeks == 1 else f"weeks 1 to {weeks}"
    cash = f.total(t.order_cash_usd for t in hedged.now)
    worth = "" if isnan(cash) else f", {f.usd(cash)}"
    what = f"{f.count(len(hedged.now), 'ticket')} of {until}{worth}" if hedged.now else "nothing"
    known = f"before anyone knows which of {futures:,} futures comes" if futures > 1 else "with one future"
    told = ", ".join(f"{_count(stances, name):,} {name}" for name in STANCES)
    return f"To order {known}: {what}.{f' {told}.' if stances else ''}"


def _count(stances: tuple[Fact, ...], name: str) -> int:
    return sum(fact.about.against == name for fact in stances)


def _first(said: tuple[str, ...]) -> tuple[str, ...]:
    more = len(said) - MOST_SAID
    return (*said[:MOST_SAID], *([f"{more:,} more: in the tables."] if more > 0 else []))


def _worth(hedged: HedgedPlan) -> tuple[str, ...]:
    return worth_says(hedged) or ("Left out of this copy, or of a model without a stage that tells it.",)


def _proof(hedged: HedgedPlan) -> str:
    document = hedged.document
    audit = {True: "The audit confirms it.", False: "", "timed out": "The audit ran out of time."}[document.audited]
    risk = document.risk
    mean = "the mean over all futures"
    if risk.tail_weight:
        weight = f"{f.plain(100 * risk.tail_weight, 4)} % of the weight"
        mean = f"{mean} and, with {weight}, the mean of the worst {f.plain(100 * risk.tail, 4)} %"
    status = (
        "Every stage is within the gap asked for." if document.status == "optimal" else "Not every stage is proven."
    )
    return f"What is minimised is {mean}. {status} {audit}"
