"""What the next 1, 5 and 10 per cent of the budget, of each store and of each house buy, and a curve for the budget."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.explanations.engine.askable_limits import Limit, houses, money, stores
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.limit_sweep import Ladder
from orebook.explanations.engine.relaxation_screen import at_best, nothing_to_prove
from orebook.schema.facts import About, Fact, Figures, Method
from orebook.schema.stages import FIGURE_OF

STEPS_PCT = (1, 5, 10)
"""Per cent more of a limit."""
CURVE = (-20, -15, -10, -5, 0, 5, 10, 15, 20)
"""Per cent of the budget that the curve has points at."""


def margins(counterfactuals: Counterfactuals, what: str | None = None) -> Iterator[Fact]:
    """The facts of every limit, the money first, and the curve last; or those of `what` alone.

    `what`: `budget`, `curve`, `stores`, `houses`, or the name of a store or a house.
    """
    budget = money(counterfactuals.problem, counterfactuals.model)
    ladder = Ladder(counterfactuals, budget[0]) if budget else None
    if what in (None, "budget"):
        for limit in budget:
            yield from _margin(ladder if ladder and limit is budget[0] else Ladder(counterfactuals, limit))
    for limit in stores(counterfactuals.problem, counterfactuals.model):
        if what in (None, "stores", limit.about.site):
            yield from _margin(Ladder(counterfactuals, limit))
    for limit in houses(counterfactuals.problem, counterfactuals.model):
        if what in (None, "houses", limit.about.house):
            yield from _margin(Ladder(counterfactuals, limit))
    if ladder and what in (None, "curve"):
        yield from _curve(ladder)


def _margin(ladder: Ladder) -> Iterator[Fact]:
    """A fact a step; where the largest step can win nothing that could be proven, its relaxation speaks for all."""
    counterfactuals, limit = ladder.counterfactuals, ladder.limit
    most = limit.changes(STEPS_PCT[-1])
    if ladder.monotone and nothing_to_prove(counterfactuals, most):
        for percent in STEPS_PCT:
            yield _fact(limit, percent, at_best(counterfactuals, most), "bound")
        return
    ladder.climb(STEPS_PCT)
    for percent in STEPS_PCT:
        yield _fact(limit, percent, *ladder.figures(percent))


def _fact(limit: Limit, percent: int, figures: Figures, method: Method) -> Fact:
    added: Figures = {"added_pct": percent, f"added_{limit.unit}": limit.amount * percent / 100}
    changes = limit.changes(percent)
    return Fact(kind="margin", about=limit.about, figures={**added, **figures}, method=method, changes=changes)


def _curve(ladder: Ladder) -> Iterator[Fact]:
    """A fact a point, from the smallest budget to the largest; the plan itself is one."""
    ladder.climb(percent for percent in CURVE if percent)
    limit = ladder.limit
    for percent in CURVE:
        figures: Figures = {"added_pct": percent, "budget_usd": limit.amount * (1 + percent / 100)}
        more, method = ladder.figures(percent) if percent else _itself(ladder.counterfactuals)
        changes = limit.changes(percent) if percent else ()
        about = About(against="curve")
        yield Fact(kind="margin", about=about, figures={**figures, **more}, method=method, changes=changes)


def _itself(counterfactuals: Counterfactuals) -> tuple[Figures, Method]:
    return {FIGURE_OF[stage]: (0.0, 0.0) for stage in counterfactuals.base}, "arithmetic"
