"""What is said of a drawn problem's hedged plan, held against trying every one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orebook
from orebook.errors import NoPlanError
from orebook.exact import Fraction, exact
from orebook.hedge_verdict import verify_hedge
from orebook.hedged import HedgedPlan
from orebook.problem import Future
from orebook.schema.stages import STAGES, TIE_BREAKING, StageName
from tests.hedge.draws import DrawnHedge
from tests.hedge.trying import Allowed, HedgedPlans, TriedPlan, breaks_nothing
from tests.oracle.compare import CENT, GRAMS, HAIR, PART
from tests.oracle.plans import no_more

Reached = Mapping[StageName, Fraction]


def differences(drawn: DrawnHedge) -> Iterator[str]:
    """Each in a sentence: whether there is a plan, R of each stage and its bound, each future alone, and the plain plan."""
    plans = HedgedPlans(drawn.problem, drawn.model, drawn.risk)
    least = plans.least_given()
    tail, weight = drawn.risk.tail, drawn.risk.tail_weight
    try:
        hedged = orebook.hedge(drawn.problem, drawn.model, tail=tail, tail_weight=weight, gap=0.0, audit=False)
    except NoPlanError as error:
        if least is not None:
            yield f"no plan ({error}), and there is one that gives up {least}"
        return
    if least is None:
        yield f"{hedged!r}, and no plan that was tried keeps every rule"
        return
    gave = given_up(hedged)
    yield from _given(gave, plans, least)
    best = plans.best(within(gave))
    if best is None:
        yield f"no plan that was tried is within what gave way, {gave}"
        return
    said = {s.stage: (s.bound, s.value) for s in hedged.document.stages}
    yield from _stages("together", said, best)
    for future in hedged.document.futures:
        alone = plans.alone(future.future)
        if alone is not None:
            yield from _stages(f"{future.future} alone", future.alone, alone)
    if not any(least):
        yield from _plain(hedged, plans)
    verdict = verify_hedge(
        drawn.problem, hedged.document, {n: p.document for n, p in hedged.plans.items()}, drawn.model
    )
    if not verdict.ok:
        yield f"the verdict: {verdict.apart}, {verdict.differences}, {[v.breaches for v in verdict.futures.values()]}"


def given_up(hedged: HedgedPlan) -> dict[str, dict[str, Fraction]]:
    """future -> policy row -> by how much it gave way."""
    return {name: {g.row: exact(g.by) for g in plan.document.given_up} for name, plan in hedged.plans.items()}


def within(gave: Mapping[str, Mapping[str, Fraction]]) -> Allowed:
    """Plans that break in each future what gave way there, and that by no more."""

    def allowed(future: Future, plan: TriedPlan) -> bool:
        return no_more(plan.by, gave[future.name])

    return allowed


def _given(
    gave: Mapping[str, Mapping[str, Fraction]], plans: HedgedPlans, least: tuple[Fraction, ...]
) -> Iterator[str]:
    """As few rows over all futures as can be give way, those that futures share counted once, and then by as little."""
    found = plans.given(gave)
    if any(a > b + Fraction(PART) for a, b in zip(found, least, strict=True)):
        yield f"gives up {gave}, which is {list(map(float, found))}, where {list(map(float, least))} is enough"


def _stages(what: str, said: Mapping[str, tuple[float, float]], best: Reached) -> Iterator[str]:
    """The value of each stage is the best that was tried, but for the hair that grams and kept stages have."""
    if list(said) != list(best):
        yield f"{what}: stages {list(said)}, expected {list(best)}"
        return
    hair = 0.0
    for stage, tried in best.items():
        value, (bound, reached) = float(tried), said[stage]
        near = PART * max(1.0, abs(value)) + (CENT if STAGES[stage].money else GRAMS)
        if stage in TIE_BREAKING and bound < reached - near:
            continue
        if not -near - hair <= reached - value <= near:
            yield f"{what}: {stage} {reached!r}, trying every plan {value!r}"
            return
        if bound > value + near:
            yield f"{what}: the bound of {stage}, {bound!r}, is over a plan of {value!r}"
        hair = max(hair, HAIR * max(1.0, abs(value)))


def _plain(hedged: HedgedPlan, plans: HedgedPlans) -> Iterator[str]:
    """The plans whose tickets now are the instance's own, and what hedging is worth over the best of them."""
    worth, now = hedged.document.worth, hedged.document.now_weeks
    assert worth is not None
    own = {(t.offer, t.week, t.tonnes) for t in worth.plain_tickets}

    def theirs(_: Future, plan: TriedPlan) -> bool:
        return {(o.offer, o.week, float(o.tonnes)) for o in plan.orders if o.week <= now} == own

    best = plans.best(lambda f, p: theirs(f, p) and breaks_nothing(f, p))
    if best is None and plans.best(theirs) is not None:
        return  # policy gives way
    if (best is None) != (worth.plain is None):
        yield f"plain: {worth.plain}, trying every plan {best and _told(best)}"
    if best is None or worth.plain is None or worth.vss is None:
        return
    stage: StageName = next(s for s in best if s == worth.stage)
    others = {s: v for s, v in best.items() if s == stage}
    yield from _stages("plain", {stage: worth.plain}, others)
    least, most = worth.vss
    value = next(s.value for s in hedged.document.stages if s.stage == stage)
    near = PART * max(1.0, abs(value)) + (2 * CENT if STAGES[stage].money else 2 * GRAMS)
    if not least - near <= float(best[stage]) - value <= most + near:
        yield f"vss: {worth.vss}, trying every plan {float(best[stage])} over {value}"


def _told(best: Reached) -> str:
    return ", ".join(f"{stage} {float(value):g}" for stage, value in best.items())
