"""The ledger of drawn problems, held against every plan of the problem with and without each rule and row."""

from __future__ import annotations

import pytest

import orebook
from orebook.errors import InfeasibleError
from orebook.exact import Fraction
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.rule_ledger import ledger
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.facts import Fact
from orebook.schema.model import Model
from orebook.schema.stages import STAGE_OF, TIE_BREAKING
from tests.explanations.solved import interval
from tests.oracle.compare import CENT, GRAMS, USD_A_DAY
from tests.oracle.draws import batch
from tests.oracle.goods import TooManyError
from tests.oracle.models import MODELS
from tests.oracle.plans import Plans

UNTRIED = frozenset({"offers"})
"""Rules without which there is no end of plans to try."""


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_every_rule_costs_what_trying_every_plan_says(number: int) -> None:
    """The difference of the best of all plans lies in the interval of each measure that a fact has."""
    compared = 0
    for draw in batch(5, number, 6):
        problem, model = problem_of(draw.document), _main(MODELS[draw.model])
        try:
            counterfactuals = Counterfactuals(orebook.solve(problem, model, gap=0, audit=False))
        except InfeasibleError:
            continue
        before = None if counterfactuals.plan.document.given_up else _best(problem, model)
        for fact in ledger(counterfactuals) if before else ():
            compared += fact.about.rule not in UNTRIED and _held(fact, before, problem, model)
    assert compared


def _main(model: Model) -> Model:
    return model.model_copy(update={"stages": tuple(s for s in model.stages if s.stage not in TIE_BREAKING)})


def _best(problem: Problem, model: Model) -> dict[str, Fraction] | None:
    """What each stage reaches among the plans that keep every rule; None where there is none, or too many to try."""
    try:
        plans = Plans(problem, problem.governing(model))
    except TooManyError:
        return None
    kept = plans.within({})
    return {str(stage): value for stage, value in plans.best(kept)[0].items()} if kept else None


def _held(fact: Fact, before: dict[str, Fraction] | None, problem: Problem, model: Model) -> bool:
    after = _best(problem.change(*fact.changes), model)
    found = {str(stage): fact.figures[name] for name, stage in STAGE_OF.items() if name in fact.figures}
    if before is None or after is None:
        return False
    used = 0.0
    for stage in before:
        if stage not in found:
            break
        low, high = interval(found[stage])
        apart, size = float(after[stage] - before[stage]), max(1.0, abs(float(after[stage])))
        near = 2e-6 * size + (CENT + USD_A_DAY * used if stage in ("cost", "value") else GRAMS)
        assert low - near <= apart <= high + near, (fact, stage, apart)
        used += 2e-6 * size
    return bool(found)
