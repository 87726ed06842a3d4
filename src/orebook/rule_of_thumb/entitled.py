"""What of each withdrawal may be served: by week, then by priority, as much as entitlements leave."""

from __future__ import annotations

from collections import defaultdict

from orebook.accounting.exact_problem import ExactProblem
from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem, Withdrawal


def in_turn(problem: Problem) -> list[Withdrawal]:
    """Withdrawals by week; of one week those of the first priority first."""
    return sorted(problem.withdrawals.values(), key=lambda j: (j.week, problem.priority(j), j.name))


def entitled(case: ExactProblem) -> dict[str, Fraction]:
    """Withdrawal -> tonnes that may be served where those before it are served as far as they may be."""
    problem, found = case.problem, dict[str, Fraction]()
    drawn: dict[tuple[str | None, str], list[Withdrawal]] = defaultdict(list)
    for j in in_turn(problem):
        most, before = exact(j.tonnes), drawn[j.member, j.mineral]
        if case.model.on("entitlement") and j.member is not None:
            most = max(ZERO, min(most, _left(problem, j, before, found)))
        found[j.name] = most
        before.append(j)
    return found


def _left(problem: Problem, j: Withdrawal, before: list[Withdrawal], served: dict[str, Fraction]) -> Fraction:
    """Tonnes that a member's entitlement leaves of a mineral in the week of a withdrawal."""
    now = problem.at(j.week).entitlements
    if now is None:
        return exact(j.tonnes)
    row = now.get((j.member or "", j.mineral))
    if row is None:
        return ZERO
    left = exact(j.tonnes)
    total = (problem.entitlements or {}).get((row.member, row.mineral), row).tonnes
    if total is not None:
        out = (served[k.name] for k in before if k.is_out(j.week))
        left = min(left, exact(total) - sum(out, ZERO))
    if row.max_week_t is not None:
        week = (served[k.name] for k in before if k.week == j.week)
        left = min(left, exact(row.max_week_t) - sum(week, ZERO))
    return left
