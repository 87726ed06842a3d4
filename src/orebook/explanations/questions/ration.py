"""Who goes without: withdrawals not served in full, what keeps the rest, and what a tonne more of entitlement is worth."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.exact import exact
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.stage_differences import differences
from orebook.problem import Withdrawal
from orebook.schema.facts import About, Fact, Figures, Method


def ration(counterfactuals: Counterfactuals, withdrawal: str | None = None) -> Iterator[Fact]:
    """A fact a withdrawal that is not served in full, or of one alone, served or not; those who lack most days first.

    Where the member's entitlement keeps it, the limits that it has are a tonne higher in `changes`, and the differences of
    stages are what that is worth.
    """
    plan, problem = counterfactuals.plan, counterfactuals.problem
    kept = {row.withdrawal: row for row in plan.judgement.withdrawals}
    found = []
    for j in problem.withdrawals.values():
        if withdrawal == j.name or (withdrawal is None and j.name in plan.unserved):
            use = problem.at(j.week).minerals[j.mineral].use_t_per_day
            missing = float(plan.judgement.unmet[j.name])
            figures: Figures = {"asked_t": j.tonnes, "served_t": kept[j.name].served_t, "unserved_t": missing}
            figures |= {"unserved_days": missing / use} if use else {}
            found.append((j, figures, kept[j.name].kept_by))
    for j, figures, by in sorted(found, key=lambda each: (-float(each[1].get("unserved_days", 0.0)), each[0].name)):  # type: ignore[arg-type]
        about = About(mineral=j.mineral, week=j.week, withdrawal=j.name, member=j.member, against=by)
        changes, more, method = _a_tonne_more(counterfactuals, j) if by == "entitlement" else ((), {}, "arithmetic")
        yield Fact(kind="ration", about=about, figures={**figures, **more}, method=method, changes=changes)


def _a_tonne_more(counterfactuals: Counterfactuals, j: Withdrawal) -> tuple[tuple[str, ...], Figures, Method]:
    """The member's limits a tonne higher, and what that is worth; nothing of a member that is entitled to none."""
    row = (counterfactuals.problem.entitlements or {}).get((j.member or "", j.mineral))
    if row is None:
        return (), {}, "arithmetic"
    limits = [(c, getattr(row, c)) for c in ("tonnes", "max_week_t") if getattr(row, c) is not None]
    place = f"entitlements.{row.member}/{row.mineral}"
    changes = tuple(f"{place}.{column}={float(exact(limit) + 1)!r}" for column, limit in limits)
    answer = counterfactuals.solve(changes)
    if answer is None:
        return (), {}, "arithmetic"
    return changes, {"more_t": 1.0, **differences(counterfactuals, answer, changes, held=False, better=True)}, "solve"
