"""What is held of each mineral week by week, and what it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from orebook.accounting.exact_problem import ExactProblem, ExactTarget
from orebook.exact import Fraction, exact
from orebook.rule_of_thumb.entitled import in_turn
from orebook.schema.model import Model

MIN_SHORTAGE_T = 1e-6
"""Tonnes below which nothing is lacking."""

MAX_NEED_STEPS = 400
"""In which the most that a mineral lacks is bought at the latest."""

Urgency = tuple[float, float, float]
"""Weighted days: of withdrawals not served, of cover that must be there, of targets with their critical part."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Tonnes missing at the end of a week."""

    week: int
    tonnes: float


@dataclass(frozen=True, slots=True)
class _Aim:
    week: int
    target_t: float
    critical_t: float
    must_t: float


class Needs:
    """The needs of one mineral, moved by what is bought of it."""

    def __init__(self, case: ExactProblem, mineral: str, asks: Mapping[str, Fraction]) -> None:
        """`asks`: withdrawal -> tonnes that may be served."""
        problem = case.problem
        self._m, self._weight = problem.minerals[mineral], case.model.weights.critical_weight
        opening = [float(sum(case.opening[mineral, s, w] for s in problem.sites)) for w in case.weeks]
        self._come = [opening[0], *(b - a for a, b in pairwise(opening))]
        self._aims = [_aim(a, case.model) for a in case.aims if a.target.mineral == mineral]
        self._withdrawals = [j for j in in_turn(problem) if j.mineral == mineral]
        self._asks = {j.name: float(asks[j.name]) for j in self._withdrawals}
        ceiling = case.ceiling_t if case.model.on("ceiling") else {}
        self._due = [float(case.due.get((mineral, w), 0)) for w in case.weeks]
        self._most = [float(ceiling.get((mineral, w), inf)) for w in case.weeks]
        self._day_t = self._m.use_t_per_day or 1.0
        self._settle()
        most = max((lack.tonnes for lack in self.lacks), default=0.0)
        self.step_t = max(self._day_t, most / MAX_NEED_STEPS)
        """Tonnes that are bought at a time: a day of use, or a tonne of a mineral without; more where that has no end."""

    def room(self, week: int) -> float:
        """Tonnes that may still arrive in a week under the ceiling; no end to those that arrive after T."""
        left = (most - held for most, held in zip(self._most[week - 1 :], self._held[week - 1 :], strict=True))
        return min(left, default=inf)

    def arrive(self, week: int, tonnes: float) -> None:
        """Count tonnes that come in a week 1..T."""
        self._come[week - 1] += tonnes
        self._settle()

    def _settle(self) -> None:
        """Stock at the end of each week, what is missing by it, and how bad that is."""
        level, left, waste, unmet, back = 0.0, 0.0, 0.0, [], defaultdict[int, float](float)
        self._held: list[float] = []
        self._usable: list[float] = []
        for week, tonnes in enumerate(self._come, start=1):
            level += tonnes + back[week]
            for j in self._withdrawals:
                if j.week == week:
                    served = max(0.0, min(level - waste, self._asks[j.name]))  # what has lapsed does not leave
                    level, left = level - served, left + served
                    back[j.repay_week or 0] += served * (1 + j.premium_pct / 100)
                    unmet.append(Lack(week, self._asks[j.name] - served))
            waste = max(waste, self._due[week - 1] - left)
            self._held.append(level)
            self._usable.append(level - waste)
        must = [Lack(a.week, max(0.0, a.must_t - self._held[a.week - 1])) for a in self._aims]
        short = [Lack(a.week, self._short(a, a.target_t)) for a in self._aims]
        critical = sum(self._short(a, a.critical_t) for a in self._aims)
        weigh = self._m.criticality / self._day_t
        missing = [sum(lack.tonnes for lack in lacks) for lacks in (unmet, must, short)]
        self.urgency: Urgency = (missing[0] * weigh, missing[1] * weigh, (missing[2] + self._weight * critical) * weigh)
        """How badly the mineral is off."""
        self.lacks = [lack for lack in (*unmet, *must, *short) if lack.tonnes > MIN_SHORTAGE_T]
        """What is missing, the most urgent first, each by week."""

    def _short(self, aim: _Aim, wanted: float) -> float:
        return max(0.0, wanted - self._usable[aim.week - 1])


def _aim(aim: ExactTarget, model: Model) -> _Aim:
    must = exact(aim.target.must_days or 0.0) * aim.use_t_per_day if model.on("must") else 0
    return _Aim(aim.target.week, float(aim.target_t), float(aim.critical_t), float(must))
