"""A drill as it came out: each way, what would have helped, and all of it as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orebook.problem import Problem
from orebook.rolling.drill_file import Drill
from orebook.rolling.drill_results import DUST_T, DrilledWay, Helped

SCHEMA = "orebook/drill/1"
CALM = "calm"
"""The way without a shock."""
BETTER_DAYS = 0.05
"""Days of cover by which a target is better off."""


@dataclass(frozen=True)
class DrillResult:
    """What a drill came to by each way; `complete` where none was stopped."""

    problem: Problem
    drill: Drill
    weeks: int
    ways: tuple[DrilledWay, ...]
    complete: bool

    @property
    def all_planned(self) -> bool:
        """Whether every week of every way has a plan."""
        return not any(way.ended for way in self.ways)

    def way(self, name: str) -> DrilledWay | None:
        """A way by its name; None where it was not drilled to its end."""
        return next((way for way in self.ways if way.way == name and way.weeks), None)

    @property
    def last_shock(self) -> int:
        """The week of the last shock."""
        return self.drill.shocks[-1].week

    @property
    def helped(self) -> tuple[Helped, ...]:
        """What would have helped: orders that foresight placed more of than the plan before the last shock, of minerals of
        which a target is better off for it; the one that costs most more first."""
        plan, seeing = self.way("plan"), self.way("foresight")
        if plan is None or seeing is None:
            return ()
        had = {(t.mineral, t.week): t.reached for t in plan.targets}
        better = {
            t.mineral for t in seeing.targets if t.reached > had.get((t.mineral, t.week), t.reached) + BETTER_DAYS
        }
        ours = {(o.offer, o.week): o.tonnes for o in plan.orders}
        found = []
        for order in seeing.orders:
            plan_t = ours.get((order.offer, order.week), 0.0)
            if order.week < self.last_shock and order.mineral in better and order.tonnes > plan_t + DUST_T:
                usd = order.order_cash_usd * (1 - plan_t / order.tonnes)
                helped = Helped(
                    offer=order.offer, mineral=order.mineral, week=order.week, tonnes=order.tonnes, plan_t=plan_t
                )
                found.append((-usd, order.week, order.offer, helped))
        return tuple(helped for *_, helped in sorted(found, key=lambda row: row[:3]))

    def document(self) -> dict[str, Any]:
        """All of it as JSON values, in the form `orebook/drill/1`."""
        return {
            "schema": SCHEMA,
            "instance": {"name": self.problem.name, "digest": self.problem.digest},
            "drill": self.drill.model_dump(mode="json"),
            "weeks": self.weeks,
            "ways": [way.model_dump(mode="json") for way in self.ways],
            "helped": [order.model_dump(mode="json") for order in self.helped],
        }
