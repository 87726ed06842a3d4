"""The facts of a drawn problem's hedged plan, held against trying every hedged plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orebook
from orebook.decisions import Order
from orebook.errors import NoPlanError
from orebook.exact import Fraction, exact
from orebook.hedged import HedgedPlan
from orebook.problem import Future
from orebook.schema.facts import Fact
from orebook.schema.stages import FIGURE_OF, STAGES, StageName
from tests.hedge.draws import DrawnHedge
from tests.hedge.trying import Allowed, HedgedPlans, TriedPlan, breaks_nothing
from tests.oracle.compare import CENT, GRAMS, PART

Reached = Mapping[StageName, Fraction]


def differences(drawn: DrawnHedge) -> Iterator[str]:
    """Each in a sentence: stance, what the other way costs, and both sides of each turn."""
    tail, weight = drawn.risk.tail, drawn.risk.tail_weight
    try:
        hedged = orebook.hedge(drawn.problem, drawn.model, tail=tail, tail_weight=weight, gap=0.0, audit=False)
    except NoPlanError:
        return
    if hedged.status != "optimal":  # HiGHS said that plans are best which are not
        return
    if any(plan.document.given_up for plan in hedged.plans.values()):  # of these nothing is told
        return
    plans = HedgedPlans(drawn.problem, drawn.model, drawn.risk)
    explainer = orebook.explain(hedged)
    for fact in explainer.stance():
        yield from _stance(fact, hedged, plans)
    for fact in explainer.turn():
        if fact.about.against in ("below", "above") and 0 < _number(fact, "probability_pct") < 100:
            tried = HedgedPlans(drawn.problem.change(*fact.changes), drawn.model, drawn.risk)
            yield from _side(fact, hedged, tried)


def _stance(fact: Fact, hedged: HedgedPlan, plans: HedgedPlans) -> Iterator[str]:
    ordered, tonnes = fact.about.against != "wait", exact(_number(fact, "tonnes"))
    other = _none(fact, hedged) if ordered else _least(fact, hedged, tonnes)
    best, changed = plans.best(), plans.best(other)
    assert best is not None
    if (changed is None) != ("blocked" in fact.figures):
        yield f"{fact}: trying every plan {changed}"
    if changed is not None:
        yield from _figures(fact, changed, best)
    if not ordered or "unsettled" in fact.figures:
        return
    regrets = [f.name for f in plans.futures if _worse_alone(plans, f.name, _least(fact, hedged, tonnes))]
    if bool(regrets) != (fact.about.against == "hedge"):
        yield f"{fact}: trying every plan, worse off alone with it are {regrets}"


def _worse_alone(plans: HedgedPlans, name: str, forced: Allowed) -> bool:
    best, with_it = plans.alone(name), plans.alone(name, forced)
    assert best is not None
    return with_it is None or _compared(with_it, best) > 0


def _side(fact: Fact, hedged: HedgedPlan, plans: HedgedPlans) -> Iterator[str]:
    """The side orders where the best that was tried with it is better than the best without, and costs what it says."""
    some = _least(fact, hedged, exact(_number(fact, "tonnes")) / 10)
    with_it, without = plans.best(some), plans.best(_none(fact, hedged))
    if with_it is None or without is None:
        better = with_it is not None
    else:
        yield from _figures(fact, with_it, without)
        told = _compared(with_it, without)
        if not told:  # too near to be told apart here
            return
        better = told < 0
    if better != (_number(fact, "ordered") == 1):
        yield f"{fact}: trying every plan {better}"


def _figures(fact: Fact, reached: Reached, base: Reached) -> Iterator[str]:
    """Every difference lies in its interval."""
    for stage, figure in FIGURE_OF.items():
        if figure in fact.figures and stage in reached:
            low, high = fact.figures[figure]  # type: ignore[misc]
            size = max(1.0, abs(float(base[stage])))
            near = 4 * PART * size + 2 * (CENT if STAGES[stage].money else GRAMS)
            told = float(reached[stage] - base[stage])
            if not low - near <= told <= high + near:
                yield f"{fact}: {figure} {(low, high)}, trying every plan {told}"


def _compared(reached: Reached, base: Reached) -> int:
    """-1 where it is better, stage by stage, 1 where it is worse, 0 where it is as good."""
    for stage, value in reached.items():
        if stage in FIGURE_OF:
            near = 2 * PART * max(1.0, abs(float(value))) + (CENT if STAGES[stage].money else GRAMS)
            told = float(value - base[stage])
            if abs(told) > near:
                return 1 if told > 0 else -1
    return 0


def _none(fact: Fact, hedged: HedgedPlan) -> Allowed:
    return lambda f, p: breaks_nothing(f, p) and not any(_meant(fact, hedged, o) for o in p.orders)


def _least(fact: Fact, hedged: HedgedPlan, tonnes: Fraction) -> Allowed:
    hair = Fraction(1, 10**6)

    def allowed(future: Future, plan: TriedPlan) -> bool:
        meant = sum(o.tonnes for o in plan.orders if _meant(fact, hedged, o))
        return breaks_nothing(future, plan) and meant >= tonnes - hair

    return allowed


def _meant(fact: Fact, hedged: HedgedPlan, order: Order) -> bool:
    """Whether an order is one that the fact speaks of."""
    if fact.about.offer is not None:
        return (order.offer, order.week) == (fact.about.offer, fact.about.week)
    offers, now = hedged.problem.offers, hedged.document.now_weeks
    return order.week <= now and order.offer in offers and offers[order.offer].mineral == fact.about.mineral


def _number(fact: Fact, name: str) -> float:
    value = fact.figures[name]
    assert not isinstance(value, tuple)
    return value
