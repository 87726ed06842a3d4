"""A plan as ordered, repriced: its tickets, goods and stores as they are, at other prices. Nothing is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import Field

from orebook.changes import changed
from orebook.decisions import Decisions, Draw
from orebook.exact import ZERO, Fraction
from orebook.judge.judgement import Breach
from orebook.judge.judging import Judge
from orebook.plan import Plan
from orebook.schema.base import Frozen


class AsOrdered(Frozen):
    """What the base plan's tickets come to at other prices, as the judge counts them."""

    cash_usd: float
    total_usd: float = Field(description="with carrying, as `total_usd` of a plan")
    beyond_money: bool = Field(description="whether that is more than budget, releases and sources allow")


def as_ordered(plan: Plan, changes: Sequence[str]) -> AsOrdered | None:
    """The plan's tickets after changes of prices; None where the changes take an offer of theirs away.

    More, or less, money is drawn in each week than in the plan, from its sources in the parts in which the plan draws it then.
    """
    problem = changed(plan.problem, changes)
    if any(t.offer not in problem.offers for t in plan.document.tickets):
        return None
    model = plan.model.without("frozen")  # no limit is lifted to what frozen tickets come to
    judge, ordered = Judge(problem, model), Decisions.of(plan.document)
    if plan.model.on("funding"):
        before = {w.week: w.cash_usd for w in plan.judgement.cash}
        more = {w.week: w.cash_usd - before[w.week] for w in judge.cash(ordered)}
        ordered = replace(ordered, draws=_drawn(ordered.draws, more, next(iter(problem.sources))))
    found = judge.judge(ordered)
    return AsOrdered(
        cash_usd=found.costs.cash_usd,
        total_usd=found.costs.total_usd,
        beyond_money=any(map(_of_money, found.breaches)),
    )


def _drawn(draws: Sequence[Draw], more: dict[int, Fraction], first: str) -> tuple[Draw, ...]:
    """The draws with so much more in each week (USD); in a week without draws the first source gives it, never below 0."""
    in_all = {week: sum((d.usd for d in draws if d.week == week), ZERO) for week in more}
    found = [
        replace(d, usd=max(ZERO, d.usd + more[d.week] * d.usd / in_all[d.week])) if in_all[d.week] else d for d in draws
    ]
    found += [Draw(first, week, usd) for week, usd in more.items() if usd > 0 and not in_all[week]]
    return tuple(found)


def _of_money(breach: Breach) -> bool:
    """A budget, a release, or a source's limit."""
    return breach.rule == "budget" or breach.row.startswith("source_limit")
