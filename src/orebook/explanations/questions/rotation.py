"""What leaves for its age: what would lapse of each mineral, how it leaves, and what it costs that nothing lapses."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ageing import due_of, lapsing_of
from orebook.exact import ZERO, Fraction, exact
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.stage_differences import differences
from orebook.plan import Plan
from orebook.schema.facts import About, Fact, Figures, Method

WITHOUT = ("rules.shelf=off",)


def ageing_minerals(plan: Plan) -> list[str]:
    """Minerals of which some would lapse in the plan if none left."""
    return sorted(_lapsing(plan))


def _lapsing(plan: Plan) -> dict[str, Fraction]:
    """Mineral -> tonnes that would lapse in the plan if none left, where there are any."""
    lapsing = lapsing_of(due_of(plan.problem), plan.problem.weeks)
    return {mineral: tonnes for mineral, tonnes in lapsing.items() if tonnes > 0}


def rotation(counterfactuals: Counterfactuals, mineral: str | None = None) -> Iterator[Fact]:
    """A fact a mineral of which some would lapse, or of one alone: what would, what is drawn, lent, sold and converted of it,
    and what lapses all the same.

    The differences of stages, solved, are what letting it lapse would be worth: of all minerals together.
    """
    plan = counterfactuals.plan
    lapsing = _lapsing(plan)
    asked = [i for i in sorted(lapsing) if mineral in (None, i)]
    worth, method = _worth(counterfactuals) if asked and plan.model.on("shelf") else ({}, "arithmetic")
    for name in asked:
        figures: Figures = {
            "would_lapse_t": float(lapsing[name]),
            **_leaves(plan, name),
            "lapses_t": _lapses(plan, name),
        }
        changes = WITHOUT if worth else ()
        yield Fact(
            kind="rotation", about=About(mineral=name), figures={**figures, **worth}, method=method, changes=changes
        )


def _leaves(plan: Plan, mineral: str) -> Figures:
    """Tonnes that leave in the plan, by how."""
    document, problem = plan.document, plan.problem
    by: dict[str, Fraction] = {"drawn_t": ZERO, "lent_t": ZERO, "sold_t": ZERO, "converted_t": ZERO}
    for out in document.outs:
        withdrawal = problem.withdrawals[out.withdrawal]
        if withdrawal.mineral == mineral:
            by["lent_t" if withdrawal.kind == "loan" else "drawn_t"] += exact(out.tonnes)
    for sale in document.sales:
        by["sold_t"] += exact(sale.tonnes) if problem.bids[sale.bid].mineral == mineral else ZERO
    for part in document.conversions:
        by["converted_t"] += exact(part.tonnes) if problem.conversions[part.conversion].source == mineral else ZERO
    return {name: float(tonnes) for name, tonnes in by.items() if tonnes}


def _lapses(plan: Plan, mineral: str) -> float:
    """Tonnes that have lapsed by the plan's end."""
    return max((row.tonnes for row in plan.judgement.waste if row.mineral == mineral), default=0.0)


def _worth(counterfactuals: Counterfactuals) -> tuple[Figures, Method]:
    answer = counterfactuals.solve(WITHOUT)
    if answer is None:
        return {}, "arithmetic"
    worth: Figures = {**differences(counterfactuals, answer, WITHOUT, held=False, better=True)}
    return worth, "solve"
