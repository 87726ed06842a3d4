"""A problem with its tables edited, and its answer in a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import settings

from orebook.errors import InfeasibleError
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.stages import StageName
from orebook.solver.options import Options
from orebook.solver.parameters import SEARCH, SearchParameters
from orebook.solver.run.run import Run
from tests.formulation.models import model
from tests.oracle.models import FIRM, POLICY

Content = dict[str, Any]
DRAWS = settings(max_examples=20)
"""Twenty problems a property: each is solved twice or more."""


def edited(problem: Problem, edit: Callable[[Content], None]) -> Problem:
    """The problem after `edit` has altered its tables, `{"instance": {...}, "offers": [{...}], ...}`."""
    content: Content = problem.document.model_dump(mode="json", exclude_none=True)
    edit(content)
    return problem_of(Document.model_validate(content))


def solved(problem: Problem, *stages: StageName, search: SearchParameters = SEARCH) -> Plan | None:
    """The plan at gap 0 with every rule firm; None where there is none."""
    try:
        wanted = problem.governing(model(*FIRM, *POLICY, stages=stages))
        return Run(problem, wanted, replace(Options.of(wanted, gap=0.0), search=search)).solve().plan
    except InfeasibleError:
        return None


def values(plan: Plan) -> dict[str, float]:
    """What each stage reached."""
    return {stage.stage: stage.value for stage in plan.document.stages}


def same(a: dict[str, float], b: dict[str, float]) -> bool:
    """Whether two answers are equal to what grams and cents can tell."""
    return a.keys() == b.keys() and all(
        abs(a[s] - b[s]) <= 1e-5 * max(1.0, abs(a[s])) + (0.02 if s in ("cost", "value") else 0.0) for s in a
    )
