"""The prior plan placed today: its tickets as decisions of this instance, whatever the rules now say."""

from __future__ import annotations

from orebook.accounting.exact_problem import ExactProblem
from orebook.decisions import Decisions
from orebook.exact import exact
from orebook.rule_of_thumb.by_hand import placed_by_hand


def prior_today(case: ExactProblem) -> tuple[Decisions, int]:
    """The decisions, and how many tickets are left out: of offers that are gone, or after the last week."""
    problem = case.problem
    there = {
        key: exact(t)
        for key, t in problem.prior.items()
        if key[1] <= problem.weeks and key[0] in problem.terms(key[1]).offers
    }
    return placed_by_hand(case, there), len(problem.prior) - len(there)
