"""Who goes short, by how much, why, and what the cheapest mend is.

A cause is taken away for one mineral while the tickets of all others stay as they are, and the mineral alone is solved
again, to the end of its gap: what it then wins back is what this cause alone keeps from it. Where no single cause wins
anything back, causes that do so together are named, none of them needless. A mend is the least of a cause that wins as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orebook.explanations.engine.ablations import Ablation
from orebook.explanations.engine.counterfactuals import Answer, Counterfactuals
from orebook.explanations.engine.least_limits import Need, needs_of
from orebook.explanations.engine.monotonicity import effect_of
from orebook.explanations.engine.shortage_causes import Changes, causes_of
from orebook.explanations.engine.stage_differences import differences
from orebook.plan import Plan
from orebook.schema.facts import About, Fact, Figures
from orebook.schema.plan import Cover

LEAST_DAYS = 0.01
"""Days that are not worth a word: a quarter of an hour of use."""

UNSETTLED = "unsettled"
"""The figure of a fact that says of how many causes nothing is known."""
MOVING = frozenset({"lead_weeks", "extra_lead_weeks", "frozen_weeks"})
"""Columns that, loosened, may leave the plan no plan: its goods come in another week, its tickets stand no longer."""


def short_minerals(plan: Plan) -> tuple[str, ...]:
    """The minerals short of a target, those that weigh most first."""
    weight: dict[str, float] = {}
    for c in plan.missed:
        worth = plan.problem.minerals[c.mineral].criticality
        critical = plan.model.weights.critical_weight * c.critical_short_days
        weight[c.mineral] = weight.get(c.mineral, 0.0) + worth * (c.short_days + critical)
    return tuple(sorted(weight, key=lambda m: (-weight[m], m)))


def shortages(counterfactuals: Counterfactuals, mineral: str | None = None) -> Iterator[Fact]:
    """The facts of every short mineral, or of one; of one that is not short, how far its worst target is met."""
    short = short_minerals(counterfactuals.plan)
    for name in short:
        if mineral in (None, name):
            yield from _mineral(counterfactuals, name)
    if mineral is not None and mineral not in short:
        yield _covered(counterfactuals, mineral)


@dataclass(frozen=True)
class _Case:
    """A short mineral at its shortest target; `alone` is the best plan with all others held and no cause taken away."""

    counterfactuals: Counterfactuals
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
        """Days that the mineral alone could win back under changes, as a quick estimate has it.

        0 where there is no plan, and all of them where a limit ended the estimate.
        """
        short = self.counterfactuals.estimate_shortages(changes, self.held).get((self.mineral, self.target.week))
        if self.counterfactuals.cut(changes, self.held):
            return self._short(self.alone)
        use = self.counterfactuals.problem.minerals[self.mineral].use_t_per_day
        return 0.0 if short is None else self._short(self.alone) - short / use

    def untold(self, changes: Changes) -> bool:
        """Whether nothing is known of these changes, as a limit came first."""
        return self.counterfactuals.cut(changes, self.held) and self.solve(changes) is None

    def solve(self, changes: Changes) -> Answer | None:
        """The cheapest of the mineral's best plans under changes."""
        return self.counterfactuals.solve(changes, self.held)

    def figures(self, answer: Answer, changes: Changes) -> Figures:
        """What an answer wins and costs, and what that means for the whole plan's first measures."""
        use = self.counterfactuals.problem.minerals[self.mineral].use_t_per_day
        days = self.won_days(answer)
        cost = answer.plan.document.costs.total_usd - self.alone.plan.document.costs.total_usd
        figures: Figures = {
            "won_days": days,
            "won_t": days * use,
            "extra_cost_usd": cost,
        }
        loose = _loosen(self.counterfactuals, changes)
        measures = differences(self.counterfactuals, answer, changes, held=bool(self.held), better=loose, money=False)
        return {**figures, **measures}


def _loosen(counterfactuals: Counterfactuals, changes: Changes) -> bool:
    """Whether every plan stays a plan under the changes, and is worth as much."""
    if any(change.partition("=")[0].rpartition(".")[2] in MOVING for change in changes):
        return False
    floors = tuple(change for change in changes if change.startswith("floors."))
    return not floors or effect_of(counterfactuals, Ablation(About(rule="floors"), floors)) != "other"


def _mineral(counterfactuals: Counterfactuals, mineral: str) -> Iterator[Fact]:
    target = max((c for c in counterfactuals.plan.document.cover if c.mineral == mineral), key=lambda c: c.short_days)
    yield _how_short(counterfactuals, target)
    held = counterfactuals.others(mineral)
    alone = counterfactuals.solve((), held)
    causes = causes_of(counterfactuals.problem, counterfactuals.model, mineral)
    if alone is None:
        yield _unsettled(target, list(causes))
        return
    case = _Case(counterfactuals, mineral, target, held, alone)
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
    untold = [name for name, changes in causes.items() if case.untold(changes)]
    if untold:
        yield _unsettled(target, untold)


def _unsettled(target: Cover, causes: list[str]) -> Fact:
    """The causes of which nothing is known, as a limit came before their solves found a plan."""
    about = About(mineral=target.mineral, week=target.week, row=", ".join(causes))
    return Fact(kind="shortage", about=about, figures={UNSETTLED: len(causes)}, method="bound")


def _covered(counterfactuals: Counterfactuals, mineral: str) -> Fact:
    """The target that is met by least; of a mineral without targets, that it has none."""
    targets = [c for c in counterfactuals.plan.document.cover if c.mineral == mineral]
    if targets:
        return _how_short(counterfactuals, min(targets, key=lambda c: c.cover_days - c.target_days))
    return Fact(kind="shortage", about=About(mineral=mineral), figures={"targets": 0}, method="arithmetic")


def _how_short(counterfactuals: Counterfactuals, target: Cover) -> Fact:
    use = counterfactuals.problem.minerals[target.mineral].use_t_per_day
    offers = sum(o.mineral == target.mineral for o in counterfactuals.problem.offers.values())
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
            "missed": float(counterfactuals.plan.misses(target.mineral, target.short_days)),
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
    need: Need | None = needs_of(case.counterfactuals.plan, name, answer.plan)
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
