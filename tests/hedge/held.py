"""What holds of the hedged plan of every draw, whatever it says; `python -m tests.prove hedged` tries hundreds."""

from __future__ import annotations

from dataclasses import replace

import pytest

import orebook
from orebook.errors import NoPlanError
from orebook.exact import Fraction
from orebook.hedged import HedgedPlan
from orebook.problem import Future, Problem
from orebook.risk_measure import RiskMeasure
from orebook.schema.stages import TIE_BREAKING
from tests.hedge.draws import DrawnHedge, drawn_hedge


def hedge(drawn: DrawnHedge, problem: Problem | None = None) -> HedgedPlan | None:
    """The hedged plan of a draw, or of its problem as it was made over; None where there is none."""
    tail, weight = drawn.risk.tail, drawn.risk.tail_weight
    chosen = problem or drawn.problem
    try:
        return orebook.hedge(chosen, drawn.model, tail=tail, tail_weight=weight, gap=0.0, audit=False)
    except NoPlanError:
        return None


def reached(hedged: HedgedPlan | None) -> dict[str, object]:
    """R of each main stage, to what a hair of an earlier one is worth."""
    if hedged is None:
        return {}
    stages = hedged.document.stages
    return {s.stage: pytest.approx(s.value, rel=1e-5, abs=0.02) for s in stages if s.stage not in TIE_BREAKING}


def values(hedged: HedgedPlan | None) -> dict[str, float]:
    """R of each main stage."""
    return {} if hedged is None else {s.stage: s.value for s in hedged.document.stages if s.stage not in TIE_BREAKING}


def is_between_forecast_and_plain_plan(number: int) -> None:
    """R of the leading stage, to gaps and a hair."""
    hedged = hedge(drawn_hedge(number))
    if hedged is None:
        return
    document = hedged.document
    worth = document.worth
    assert worth is not None
    stage = next(s for s in document.stages if s.stage == worth.stage)
    near = 1e-5 * max(1.0, abs(stage.value)) + 0.01
    alone = [Fraction(f.alone[stage.stage][0] if stage.stage in f.alone else 0) for f in document.futures]
    forecast = RiskMeasure(document.risk.tail, document.risk.tail_weight).of(
        [Fraction(f.probability) for f in document.futures], alone
    )
    assert float(forecast) <= stage.value + near
    assert worth.plain is None or stage.bound <= worth.plain[1] + near
    assert 0 <= worth.evpi[0] <= worth.evpi[1]
    assert worth.vss is None or 0 <= worth.vss[0] <= worth.vss[1]


def knows_no_halves_and_no_names(number: int) -> None:
    """Each future as two of half its probability, with the names the other way round."""
    drawn = drawn_hedge(number)

    def half(future: Future, place: int) -> Future:
        name = f"{chr(ord('z') - int(future.name[1:]))}{place}"
        return replace(future, name=name, probability=future.probability / 2)

    halves = tuple(sorted((half(f, k) for f in drawn.problem.futures for k in (0, 1)), key=lambda f: f.name))
    assert values(hedge(drawn, replace(drawn.problem, futures=halves))) == reached(hedge(drawn))


def is_the_plan_of_solve_where_all_is_certain(number: int) -> None:
    """No futures: each stage's value is that of `solve`, and every week is now; knowing and hedging are worth nothing."""
    drawn = drawn_hedge(number)
    alone = replace(drawn.problem, futures=())
    hedged = hedge(drawn, alone)
    if hedged is None:
        return
    plan = orebook.solve(alone, drawn.model, gap=0.0, audit=False)
    assert {s.stage: s.value for s in plan.document.stages if s.stage not in TIE_BREAKING} == reached(hedged)
    assert hedged.document.now_weeks == alone.weeks
    (future,) = hedged.document.futures
    assert (future.future, future.probability) == ("as it stands", 1.0)
    assert {t.week for t in hedged.now} == {t.week for t in hedged.plans["as it stands"].document.tickets}
    worth = hedged.document.worth
    assert worth is not None
    assert worth.evpi[0] == 0
    assert worth.vss is not None
    assert worth.vss[0] == 0
    assert worth.plain is not None


HELD = (is_between_forecast_and_plain_plan, knows_no_halves_and_no_names, is_the_plan_of_solve_where_all_is_certain)
