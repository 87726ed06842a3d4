"""The solver against a plan that is known to be there."""

from __future__ import annotations

import orebook
from orebook.decisions import Decisions
from orebook.errors import OrebookError
from orebook.judge import Judge
from orebook.problem import Problem
from tests.properties.planted import FIRMLY


def wrong(problem: Problem, planted: Decisions) -> str | None:
    """What the solver gets wrong of a problem with a planted plan; None where nothing."""
    try:
        plan = orebook.solve(problem, FIRMLY, gap=0.0, audit=False)
    except OrebookError as error:
        return f"{type(error).__name__}: {error}"
    cover, known = plan.document.stages[0], float(Judge(problem, FIRMLY).judge(planted).measures["cover"])
    if cover.value > known + 1e-5 * max(1.0, known):
        return f"cover {cover.value}, planted {known}"
    return None
