"""What must have come in by the end of each week, so that a mineral's plan in whole grams keeps what the point keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orebook.accounting.ageing import due_of
from orebook.accounting.returns import returned_t
from orebook.decisions import StandIn
from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem
from orebook.rounding.amounts import Amount, Values
from orebook.rounding.takers import Kind, Taker, meets

Key = tuple[Kind, str, int]
"""Of what takes goods: its kind, name and week."""
Served = Mapping[Key, Fraction]
"""What each taker has."""


@dataclass(frozen=True)
class Need:
    """Some of the amounts are to come to this many tonnes at least."""

    among: Sequence[int]
    tonnes: Fraction


class Levels:
    """A mineral's levels in store, all stores together, apart from what its orders bring."""

    def __init__(
        self,
        problem: Problem,
        mineral: str,
        values: Values,
        takers: Sequence[Taker],
        made: Mapping[int, Fraction],
        stand_ins: Sequence[StandIn],
    ) -> None:
        self.problem, self.takers = problem, takers
        self._mineral, self._values, self._made = mineral, values, made
        self._given = [x for x in stand_ins if x.by == mineral]
        self._had = [x for x in stand_ins if x.mineral == mineral]
        ages = problem.ages(mineral)
        self._due = {w: t for (i, w), t in due_of(problem).items() if i == mineral} if ages else {}

    def needs(self, wanted: Sequence[Amount], served: Served) -> list[Need]:
        """What must have arrived by the end of each week: what is taken out is there, and the aims that are met stay so."""
        problem, mineral = self.problem, self._mineral
        needs, taken, gone, waste = [], ZERO, ZERO, ZERO
        level = sum((exact(t) for (i, _), t in problem.stock.items() if i == mineral), ZERO)
        back = self.back(served)
        for week in range(1, problem.weeks + 1):
            closed = self._closed(week)
            level, gone = level - closed, gone + closed
            level += sum((exact(o.tonnes) for o in problem.inbound if (o.mineral, o.week) == (mineral, week)), ZERO)
            level += back.get(week, ZERO)
            taken += sum((served[t.key] for t in self.takers if t.week == week), ZERO)
            waste = max(waste, self._due.get(week, ZERO) - taken - gone)
            among = [k for k, a in enumerate(wanted) if a.arrives <= week]
            held = level - taken + sum((wanted[k].tonnes for k in among), ZERO)
            most = max(aim for aim in (ZERO, *self._aims(week, waste)) if aim == 0 or meets(held, aim))
            needs.append(Need(among, most - level + taken))
        return needs

    def _aims(self, week: int, waste: Fraction) -> list[Fraction]:
        """Tonnes in store with which a target of the week, its critical part, or cover that must be there, is met."""
        row = self.problem.at(week).minerals[self._mineral]
        use, critical = exact(row.use_t_per_day), exact(row.critical_days)
        given = sum((x.tonnes for x in self._given if x.week == week), ZERO)
        factors = self.problem.at(week).substitutes
        had = sum((exact(factors[x.mineral, x.by].factor) * x.tonnes for x in self._had if x.week == week), ZERO)
        aims = [waste + given]
        for target in self.problem.targets:
            if (target.mineral, target.week) == (self._mineral, week):
                days = exact(target.days)
                aims.append(exact(target.must_days or 0) * use + given)
                aims.append(min(days, critical) * use + waste + given)
                aims.append(max(ZERO, days * use - had) + waste + given)
        return aims

    def back(self, served: Served) -> dict[int, Fraction]:
        """Week of the plan -> tonnes that loans bring back then, and conversions bring."""
        found = {week: tonnes for week, tonnes in self._made.items() if week <= self.problem.weeks}
        for j in self.problem.withdrawals.values():
            if j.mineral == self._mineral and j.repay_week is not None and j.repay_week <= self.problem.weeks:
                tonnes = found.get(j.repay_week, ZERO) + returned_t(j, served.get(("out", j.name, j.week), ZERO))
                found |= {j.repay_week: tonnes} if tonnes else {}
        return found

    def _closed(self, week: int) -> Fraction:
        """Tonnes that the point leaves in stores that are closed, with what is in them, from the week on."""
        problem, mineral = self.problem, self._mineral
        if problem.world is None or week != problem.world.known_week:
            return ZERO
        closing = problem.at(week - 1).sites.keys() - problem.at(week).sites.keys()
        drawn = [t for t in self.takers if t.week < week]
        return sum(
            (
                exact(problem.stock.get((mineral, s), 0.0))
                + sum(
                    (exact(o.tonnes) for o in problem.inbound if (o.mineral, o.site) == (mineral, s) and o.week < week),
                    ZERO,
                )
                + sum((exact(self._values.get(("put", (mineral, s, w)), 0.0)) for w in range(1, week)), ZERO)
                - sum((exact(t.point.get(s, 0.0)) for t in drawn), ZERO)
                for s in closing
            ),
            ZERO,
        )
