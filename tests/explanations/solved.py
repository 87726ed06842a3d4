"""Plans solved to the end, that explanations are held against."""

from __future__ import annotations

from functools import cache

import orebook
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.facts import Fact, Interval
from orebook.schema.model import Model
from orebook.schema.stages import FIGURE_OF, TIE_BREAKING

SMALL = "instances/vault-small"


@cache
def vault_small() -> Counterfactuals:
    """The counterfactuals of the plan of vault-small as a user solves it, without the audit."""
    return Counterfactuals(orebook.solve(orebook.read(SMALL), audit=False))


def optimum(problem: Problem, model: Model) -> Plan:
    """The plan of a problem solved from scratch to gap 0, without tie-breaking stages."""
    stages = tuple(s for s in model.stages if s.stage not in TIE_BREAKING)
    return orebook.solve(problem, model.model_copy(update={"stages": stages}), gap=0, audit=False)


_known: dict[tuple[object, ...], dict[str, float]] = {}


def _reached(problem: Problem, model: Model) -> dict[str, float]:
    """What each stage's optimum is, solved once for all facts that come to the same problem."""
    key = (problem.digest, problem.rules_off, model.digest())
    if key not in _known:
        _known[key] = {r.stage: r.value for r in optimum(problem, model).document.stages}
    return _known[key]


def holds(fact: Fact, counterfactuals: Counterfactuals) -> None:
    """Do what the fact says, solve both problems from scratch, and see that the differences lie in its intervals."""
    after = _reached(counterfactuals.problem.change(*fact.changes), counterfactuals.model)
    before = _reached(counterfactuals.problem, counterfactuals.model)
    for stage, value in after.items():
        figure = fact.figures.get({str(s): name for s, name in FIGURE_OF.items()}[stage])
        if figure is None:
            continue
        low, high = interval(figure)
        hair = 1e-5 * max(1.0, abs(value))
        assert low - hair <= value - before[stage] <= high + hair, (fact, stage, value)


def interval(figure: float | Interval) -> Interval:
    """A figure as an interval."""
    return figure if isinstance(figure, tuple) else (figure, figure)
