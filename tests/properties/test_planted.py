"""A problem with a plan in it is never called infeasible, and its optimum is no worse than that plan."""

from __future__ import annotations

from hypothesis import given, settings

from orebook.decisions import Decisions
from orebook.judge import Judge
from orebook.problem import Problem
from tests.properties.check_planted import wrong
from tests.properties.planted import FIRMLY, planted

DRAWS = settings(max_examples=30)


@DRAWS
@given(planted())
def test_a_planted_plan_keeps_every_rule(drawn: tuple[Problem, Decisions]) -> None:
    """What is planted is a plan: the judge finds nothing that it breaks."""
    problem, plan = drawn
    assert [b.says for b in Judge(problem, FIRMLY).judge(plan).breaches] == []


@DRAWS
@given(planted())
def test_a_planted_plan_is_found_or_bettered(drawn: tuple[Problem, Decisions]) -> None:
    """Thirty here; `python -m tests.prove planted` does thousands."""
    assert wrong(*drawn) is None
