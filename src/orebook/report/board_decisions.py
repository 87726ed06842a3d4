"""What a board has to decide, one line each, from the plan and its facts."""

from __future__ import annotations

from collections.abc import Iterator

from orebook import formats as f
from orebook.report import buys, ledger, ticket_firmness
from orebook.report.report_input import Brief, number, tells
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF

RULES = 3
"""Rules that are named."""


def points(brief: Brief) -> tuple[str, ...]:
    """The decisions, the nearest first."""
    return tuple(_points(brief))


def _points(brief: Brief) -> Iterator[str]:
    document = brief.plan.document
    now = [t for t in document.tickets if t.week == 1]
    if now:
        money = "" if brief.hides("prices") else f", {f.usd(buys.order_cash(now))} of order cash"
        yield f"Place the {f.count(len(now), 'ticket')} of week 1{money}."
    if document.given_up:
        yield f"Accept, or widen, the {f.count(len(document.given_up), 'policy row')} that gave way."
    yield from brief.said(_dear(brief))
    yield from brief.said(_budget(brief))
    loose = list(ticket_firmness.of_tickets(brief).values()).count("interchangeable")
    if loose:
        yield f"Choose freely among near-equal offers for {f.count(loose, 'interchangeable ticket')}."


def _dear(brief: Brief) -> list[Fact]:
    """The rules that may be changed and are proven to cost something, the dearest first."""
    mine = [x for x in ledger.ranked(brief) if ledger.level(brief.plan, x) in ("policy", "price")]
    return [x for x in mine if _costs(x) and not (x.about.row or "").startswith("commission")][:RULES]


def _costs(fact: Fact) -> bool:
    """Whether the first measure that differs is proven to be better without it."""
    first = next((name for name in STAGE_OF if tells(fact, name)), None)
    return first is not None and number(fact, first) < 0


def _budget(brief: Brief) -> list[Fact]:
    """What the largest step of more money buys."""
    steps = [x for x in brief.of_kind("margin") if x.about.against == "budget"]
    return sorted(steps, key=lambda x: number(x, "added_pct"))[-1:]
