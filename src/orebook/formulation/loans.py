"""Loans that come back within the plan, with the premium on them. Data: withdrawals.csv."""

from __future__ import annotations

from collections import defaultdict

from orebook.formulation.orders import Orders
from orebook.problem import Problem, Withdrawal


def brings_back(loan: Withdrawal) -> float:
    """Tonnes that come back for one that is lent."""
    return 1 + loan.premium_pct / 100


def loans_back(problem: Problem, orders: Orders) -> dict[tuple[str, int], list[Withdrawal]]:
    """(mineral, week) -> the loans that come back then; after the plan they are owed."""
    found: dict[tuple[str, int], list[Withdrawal]] = defaultdict(list)
    for j in problem.withdrawals.values():
        if j.kind == "loan" and j.mineral in orders.minerals and j.repay_week and j.repay_week <= problem.weeks:
            found[j.mineral, j.repay_week].append(j)
    return dict(found)
