"""Who goes short, by how much, why, and what the cheapest mend is.

A cause is taken away for one mineral while the tickets of all others stay as they are, and the mineral alone is solved
again, to the end of its gap: what it then wins back is what this cause alone keeps from it. Where no single cause wins
anything back, causes that do so together are named, none of them needless. A mend is the least of a cause that wins as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orebook.explain.causes import Changes, causes_of
from orebook.explain.ground import Answer, Ground
from orebook.explain.intervals import Proven
from orebook.explain.mends import Need, needs_of
from orebook.explain.names import FIGURE_OF
from orebook.plan import Plan
from orebook.schema.facts import About, Fact, Figures
from orebook.schema.plan import Cover

LEAST_DAYS = 0.01
"""Days that are not worth a word: a quarter of an hour of use."""

NONE = Proven(0.0, 0.0)


def short_minerals(plan: Plan) -> tuple[str, ...]:
    """The minerals short of a target, those that weigh most first."""
    weight: dict[str, float] = {}
    for c in plan.document.cover:
        if c.short_days > LEAST_DAYS:
            worth = plan.problem.minerals[c.mineral].criticality
            critical = plan.model.weights.critical_weight * c.critical_short_days
            weight[c.mineral] = weight.get(c.mineral, 0.0) + worth * (c.short_days + critical)
    return tuple(sorted(weight, key=lambda m: (-weight[m], m)))


def shortages(ground: Ground, mineral: str | None = None) -> Iterator[Fact]:
    """The facts of every short mineral, or of one; none where it is not short."""
    for name in short_minerals(ground.plan):
        if mineral in (None, name):
            yield from _mineral(ground, name)


@dataclass(frozen=True)
class _Case:
    """A short mineral at its shortest target; `alone` is the best plan with all others held and no cause taken away."""

    ground: Ground
    mineral: str
    target: Cover
    held: frozenset[str]
    alone: Answer

    def won_days(self, answer: Answer | None) -> float:
        """Days that an answer wins back at the target."""
        return 0.0 if answer is None else self._short(self.alone) - self._short(answer)

    def _short(self, answer: Answer) -> float:
        cover = answer.plan.document.cover
        return next(c.short_days for c in cover if (c.mineral, c.week) == (self.mineral, self.target.week))

    def could_win(self, changes: Changes) -> float:
        """Days that the mineral alone could win back under changes, as a glance has it; 0 where it finds no plan."""
        short = self.ground.glance(changes, self.held).get((self.mineral, self.target.week))
        use = self.ground.problem.minerals[self.mineral].use_t_per_day
        return 0.0 if short is None else self._short(self.alone) - short / use

    def solve(self, changes: Changes) -> Answer | None:
        """The cheapest of the mineral's best plans under changes."""
        return self.ground.solve(changes, self.held)

    def figures(self, answer: Answer, changes: Changes) -> Figures:
        """What an answer wins and costs, and what that means for the whole plan's first measures."""
        use = self.ground.problem.minerals[self.mineral].use_t_per_day
        days = self.won_days(answer)
        cost = answer.plan.document.costs.total_usd - self.alone.plan.document.costs.total_usd
        figures: Figures = {
            "won_days": days,
            "won_t": days * use,
            "extra_cost_usd": cost,
        }
        if "cover" in answer.reached:
            low = self.ground.bound(changes, "cover") - self.ground.base["cover"].high
            high = answer.reached["cover"].high - self.ground.base["cover"].low
            if self.ground.base.get("unmet", NONE).high <= 0:
                high = min(high, 0.0)  # fewer limits, and no earlier stage that could take cover for itself
            figures[FIGURE_OF["cover"]] = (min(low, high), high)
        return figures


def _mineral(ground: Ground, mineral: str) -> Iterator[Fact]:
    target = max((c for c in ground.plan.document.cover if c.mineral == mineral), key=lambda c: c.short_days)
    yield _how_short(ground, target)
    held = ground.others(mineral)
    alone = ground.solve((), held)
    if alone is None:
        return
    case = _Case(ground, mineral, target, held, alone)
    causes = causes_of(ground.problem, ground.model, mineral)
    won: list[tuple[str, Answer]] = []
    for name, changes in causes.items():
        answer = case.solve(changes) if case.could_win(changes) > LEAST_DAYS else None
        if answer is not None and case.won_days(answer) > LEAST_DAYS:
            won.append((name, answer))
            yield _cause(case, name, answer, changes)
    most = max((case.won_days(answer) for _, answer in won), default=0.0)
    if most < target.short_days / 2:
        yield from _together(case, causes, most)
    if won:
        yield from _mends(case, causes, won)


def _how_short(ground: Ground, target: Cover) -> Fact:
    use = ground.problem.minerals[target.mineral].use_t_per_day
    offers = sum(o.mineral == target.mineral for o in ground.problem.offers.values())
    return Fact(
        kind="shortage",
        about=About(mineral=target.mineral, week=target.week),
        figures={
            "short_days": target.short_days,
            "short_t": target.short_days * use,
            "critical_short_days": target.critical_short_days,
            "reached_days": target.cover_days,
            "target_days": target.target_days,
            "offers": offers,
        },
        method="arithmetic",
    )


def _cause(case: _Case, name: str, answer: Answer, changes: Changes) -> Fact:
    return Fact(
        kind="shortage",
        about=About(mineral=case.mineral, week=case.target.week, against=name),
        figures={**case.figures(answer, changes), "short_days": case.target.short_days},
        method="solve",
        held=tuple(sorted(case.held)),
        changes=changes,
    )


def _together(case: _Case, causes: Mapping[str, Changes], alone: float) -> Iterator[Fact]:
    """Causes that together win back more than any alone: all are taken away, then each that is not needed is put back.

    Not needed are those without which half of what all of them win beyond `alone` is still won.
    """
    kept = dict(causes)
    every = case.could_win(_all(kept))
    bar = (alone + every) / 2
    if every <= alone + LEAST_DAYS:
        return
    for name in list(causes):
        fewer = {k: v for k, v in kept.items() if k != name}
        if case.could_win(_all(fewer)) > bar:
            kept = fewer
    changes = _all(kept)
    answer = case.solve(changes)
    if answer is not None:
        yield _cause(case, " + ".join(kept), answer, changes)


def _all(causes: dict[str, Changes]) -> Changes:
    return tuple(dict.fromkeys(c for changes in causes.values() for c in changes))


def _mends(case: _Case, causes: Mapping[str, Changes], won: list[tuple[str, Answer]]) -> Iterator[Fact]:
    """The cheapest way to win the most that a single cause gives: the least of it, solved again to prove that it does."""
    most = max(case.won_days(answer) for _, answer in won)
    enough = [(name, answer) for name, answer in won if case.won_days(answer) >= most - LEAST_DAYS]
    costs = {name: answer.plan.document.costs.total_usd for name, answer in enough}
    name, answer = min(enough, key=lambda item: costs[item[0]])
    need: Need | None = needs_of(case.ground.plan, name, answer.plan)
    if need is not None:
        again = case.solve(need.changes)
        if again is not None and case.won_days(again) >= most - LEAST_DAYS:
            yield _mend(case, name, again, need.changes, need.figures)
            return
    yield _mend(case, name, answer, causes[name], {})


def _mend(case: _Case, name: str, answer: Answer, changes: Changes, needs: dict[str, float]) -> Fact:
    return Fact(
        kind="mend",
        about=About(mineral=case.mineral, week=case.target.week, against=name),
        figures={**case.figures(answer, changes), **needs},
        method="solve",
        held=tuple(sorted(case.held)),
        changes=changes,
    )
