"""How firm a mineral's tickets are: which of them stand in plans that are nearly as good.

A near plan keeps every measure of the plan and costs at most 0.1 % more: each mineral has its part of that, by its part
of all order cash, and the tickets of the others stay. A ticket of the plan is

firm             in every near plan, where some were found that differ or none can
likely           in more than half of them, or none that differs was found and none is ruled out
interchangeable  in half of them or fewer
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orebook.errors import RefutedError
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.schema.facts import About, Fact
from orebook.schema.plan import Ticket
from orebook.schema.stages import StageName
from orebook.solver.alternatives.held_stages import HeldStages
from orebook.solver.alternatives.near_optimal import NearOptimalPlans
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.finalise.finalise import JudgedPoint
from orebook.solver.lp.gaps import most_kept

LAST_STAGE_LEEWAY_REL = 1e-3
"""Part of the cost by which a near plan may be dearer."""
PLANS = 3
CLASSES = ("firm", "likely", "interchangeable")
Tonnes = dict[tuple[str, int], float]
"""(offer, week) -> tonnes of a near plan's tickets of the mineral."""


def firmness(counterfactuals: Counterfactuals, mineral: str) -> Iterator[Fact]:
    """A fact a ticket of the mineral, its class in `about.against`, then how many there are of each class.

    Raises RefutedError where a near plan is not as near as it should be.
    """
    own = [t for t in counterfactuals.plan.document.tickets if t.mineral == mineral]
    if not own:
        return
    held, leeway = counterfactuals.others(mineral), _leeway(counterfactuals, own)
    most = _most(counterfactuals, leeway)
    beside = HeldStages(
        problem=counterfactuals.problem,
        model=counterfactuals.problem.governing(counterfactuals.model),
        warm_start=WarmStart(counterfactuals.decisions, held),
        most=most,
        excused={(g.rule, g.row) for g in counterfactuals.plan.document.given_up},
        stop=counterfactuals.stop,
    )
    found = NearOptimalPlans(beside, mineral, {(t.offer, t.week) for t in own}).find(PLANS)
    near: list[Tonnes] = []
    for settled in found.plans:
        _refute(settled, most)
        near.append({(t.offer, t.week): t.tonnes for t in settled.judgement.tickets if t.mineral == mineral})
    stand = {(t.offer, t.week): t.tonnes for t in own}
    known = found.proven or any(other.keys() != stand.keys() for other in near)
    facts = [_of_ticket(t, near, known).model_copy(update={"held": tuple(sorted(held))}) for t in own]
    yield from facts
    figures = {name: float(sum(f.about.against == name for f in facts)) for name in CLASSES}
    figures |= {"near_plans": float(len(near)), "proven": float(found.proven), "leeway_usd": leeway}
    about = About(mineral=mineral, against="near plans")
    yield Fact(kind="confidence", about=about, figures=dict(figures), method="solve", held=tuple(sorted(held)))


def _leeway(counterfactuals: Counterfactuals, own: list[Ticket]) -> float:
    """The mineral's part of the leeway, in the unit of the last main stage."""
    cash = [abs(t.order_cash_usd) for t in counterfactuals.plan.document.tickets]
    last = float(counterfactuals.plan.judgement.measures[list(counterfactuals.base)[-1]])
    return abs(last) * LAST_STAGE_LEEWAY_REL * sum(abs(t.order_cash_usd) for t in own) / max(1.0, sum(cash))


def _most(counterfactuals: Counterfactuals, leeway: float) -> dict[StageName, float]:
    """What each main stage of a near plan may come to."""
    measures = counterfactuals.plan.judgement.measures
    most = {stage: most_kept(float(measures[stage]), 0.0) for stage in counterfactuals.base}
    last = list(most)[-1]
    return {**most, last: most[last] + leeway}


def _refute(settled: JudgedPoint, most: Mapping[StageName, float]) -> None:
    for stage, limit in most.items():
        reached = float(settled.judgement.measures[stage])
        if reached > limit + 1e-5 * max(1.0, abs(limit)):
            raise RefutedError(f"a near plan reaches {reached:g} in {stage}, over {limit:g}")


def _of_ticket(ticket: Ticket, near: list[Tonnes], known: bool) -> Fact:
    key = (ticket.offer, ticket.week)
    tonnes = [other.get(key, 0.0) for other in near]
    stands = sum(t > 0 for t in tonnes)
    about = About(
        mineral=ticket.mineral,
        offer=ticket.offer,
        week=ticket.week,
        house=ticket.house,
        against=_class(stands, len(near), known),
    )
    figures = {
        "near_plans": float(len(near)),
        "in_near_plans": float(stands),
        "least_t": min([ticket.tonnes, *tonnes]),
        "most_t": max([ticket.tonnes, *tonnes]),
    }
    return Fact(kind="confidence", about=about, figures=dict(figures), method="solve")


def _class(stands: int, plans: int, known: bool) -> str:
    if stands == plans:
        return "firm" if known else "likely"
    return "likely" if 2 * stands > plans else "interchangeable"
