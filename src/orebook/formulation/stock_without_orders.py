"""What would lie in each store if nothing were bought and nothing taken out."""

from __future__ import annotations

from collections import defaultdict

from orebook.problem import Problem


def standing(problem: Problem) -> dict[tuple[str, str, int], float]:
    """(mineral, site, week) -> tonnes of stock and inbound up to and with the week; 0 where none are listed."""
    arriving: dict[tuple[str, str, int], float] = defaultdict(float)
    for order in problem.inbound:
        arriving[order.mineral, order.site, order.week] += order.tonnes
    places = {*problem.stock, *((o.mineral, o.site) for o in problem.inbound)}
    held: dict[tuple[str, str, int], float] = defaultdict(float)
    for i, s in places:
        level = problem.stock.get((i, s), 0.0)
        for w in range(1, problem.weeks + 1):
            if s not in problem.at(w).sites:
                level = 0.0  # it is not there yet, or what was in it is gone
                continue
            level += arriving.get((i, s, w), 0.0)
            held[i, s, w] = level
    return held
