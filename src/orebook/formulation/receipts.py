"""What comes in: from which week on, what for, and how much at most.

    week_receipts[w]   receipts[w] = sum over withdrawals j of week w of pays_usd_per_t[j] * (tonnes[j] - unmet[j])

`receipts[w]` is a variable and no expression so that the rows and stages that use it stay short. Data: withdrawals.csv.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pyomo.environ as pe

from orebook.problem import Problem

Term = tuple[int, float, Any]
"""A week, the USD that come in then whatever is decided, and what decisions add to that (a linear expression)."""


def add(m: Any, problem: Problem) -> None:
    """Define `receipts` in the weeks that have it, as the sum of `TERMS`."""
    come: dict[int, float] = defaultdict(float)
    decided: dict[int, list[Any]] = defaultdict(list)
    for terms in TERMS:
        for week, usd, expression in terms(m, problem):
            come[week] += usd
            decided[week].append(expression)
    m.week_receipts = pe.Constraint(
        list(m.receipts), rule=lambda m, w: m.receipts[w] - pe.quicksum(decided[w]) == come[w]
    )


def _of_withdrawals(m: Any, problem: Problem) -> Iterator[Term]:
    """All that a withdrawal pays, less what is not served."""
    for j in problem.withdrawals.values():
        if j.pays_usd_per_t > 0:
            yield j.week, j.pays_usd_per_t * j.tonnes, -j.pays_usd_per_t * m.unmet[j.name] if j.name in m.unmet else 0.0


TERMS: tuple[Callable[[Any, Problem], Iterator[Term]], ...] = (_of_withdrawals,)
"""What money comes in for. Whose term may bring some also has a part in `most_receipts` and `Problem.money_returns_from`."""


def most_receipts(problem: Problem) -> dict[int, float]:
    """Week -> USD that come in where all is served, from the first week in which any may; empty where none ever does."""
    first = problem.money_returns_from
    come = dict.fromkeys(range(first, problem.weeks + 1), 0.0) if first is not None else {}
    for j in problem.withdrawals.values():
        if j.pays_usd_per_t > 0 and j.tonnes > 0:
            come[j.week] += j.pays_usd_per_t * j.tonnes
    return come
