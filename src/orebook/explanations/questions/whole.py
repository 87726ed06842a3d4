"""When a target that was missed is met again and stays so, and what keeps it from being so sooner: by arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.reach import full_weeks, open_after, spent_weeks
from orebook.explanations.engine.whole_again import NEARLY, Reach, whole_from
from orebook.plan import Plan
from orebook.problem import Target
from orebook.schema.facts import About, Fact, Figures


def whole(counterfactuals: Counterfactuals, mineral: str | None = None) -> Iterator[Fact]:
    """A fact a mineral that is under its last target at the end of some week, or of one alone; the latest to be whole first.

    `whole_week` is the first week from which on it stays met; without one it is not whole within the plan.
    """
    plan = counterfactuals.plan
    reach = _reach(plan)
    found = []
    for target in _last_targets(plan):
        if mineral not in (None, target.mineral):
            continue
        reached = _days(plan, target.mineral)
        if mineral is None and min(reached) >= target.days - NEARLY:
            continue
        week = whole_from(reached, target.days)
        keeps, _ = reach.keeps(target.mineral, target.days, target.week, week)
        figures: Figures = {"target_days": target.days, "least_days": min(reached), "end_days": reached[-1]}
        figures |= {} if week is None else {"whole_week": float(week)}
        soonest = reach.soonest(target.mineral, target.days)
        figures |= {} if soonest is None else {"soonest_week": float(soonest)}
        about = About(mineral=target.mineral, week=target.week, against=", ".join(keeps) or None)
        found.append(Fact(kind="whole", about=about, figures=figures, method="arithmetic"))
    last = float(plan.problem.weeks + 1)
    yield from sorted(found, key=lambda f: (-float(f.figures.get("whole_week", last)), f.about.mineral or ""))  # type: ignore[arg-type]


def _last_targets(plan: Plan) -> list[Target]:
    """Each mineral's target of the latest week."""
    last: dict[str, Target] = {}
    for target in plan.problem.targets:
        if target.days > 0 and (target.mineral not in last or target.week > last[target.mineral].week):
            last[target.mineral] = target
    return list(last.values())


def _days(plan: Plan, mineral: str) -> list[float]:
    """Days of cover at the end of each week: of what is in store and has not lapsed."""
    problem, found, lapsed = plan.problem, [], 0.0
    waste = {row.week: row.tonnes for row in plan.judgement.waste if row.mineral == mineral}
    for week in range(1, problem.weeks + 1):
        lapsed = max(lapsed, waste.get(week, 0.0))
        held = float(sum(plan.judgement.stock[mineral, site, week] for site in problem.sites))
        found.append((held - lapsed) / problem.at(week).minerals[mineral].use_t_per_day)
    return found


def _reach(plan: Plan) -> Reach:
    problem, judgement = plan.problem, plan.judgement
    there = open_after(problem, plan.model, judgement)
    return Reach(1, there.days, spent_weeks(problem, judgement, there.least_usd), full_weeks(problem, judgement))
