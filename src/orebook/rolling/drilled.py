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
        """What would have helped: orders that foresight placed more of than the plan before the last shock, the largest by
        part of what the plan ordered first."""
        plan, seeing = self.way("plan"), self.way("foresight")
        if plan is None or seeing is None:
            return ()
        ours = {(o.offer, o.week): o.tonnes for o in plan.orders}
        found = (
            Helped(
                offer=o.offer, mineral=o.mineral, week=o.week, tonnes=o.tonnes, plan_t=ours.get((o.offer, o.week), 0.0)
            )
            for o in seeing.orders
            if o.week < self.last_shock
        )
        return tuple(h for h in found if h.tonnes > h.plan_t + DUST_T)

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
