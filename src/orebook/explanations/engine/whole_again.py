"""When a target is whole again, and what keeps it from being so sooner.

The reach of a mineral is the most that offers could bring by the end of a week, were it alone in the world: a plan that is
slower than that is kept by money or room, or has other minerals to see to first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from orebook.formats import days as in_days

Keeps = Literal["offers and lead times", "money", "room", "not told"]
"""What keeps a target from being whole sooner; `not told` where arithmetic alone cannot tell."""
NEARLY = 1e-6
"""Days by which a target may be missed and count as met."""


def whole_from(reached: Sequence[float], wanted: float) -> int | None:
    """The first week from which on the days reached stay as many as wanted; None where the last one is short."""
    short = [week for week, days in enumerate(reached, 1) if days < wanted - NEARLY]
    first = max(short, default=0) + 1
    return first if first <= len(reached) else None


@dataclass(frozen=True)
class Reach:
    """What could be reached from the start of a week of the drill on, `first`, and what its plan uses up.

    `days`: mineral -> the most days of cover at the end of each week from `first` on. `spent`: mineral -> the weeks at whose
    end the money left does not pay for its least order; `full`: mineral -> the weeks in which no store that takes it has
    room; both of the weeks committed, then as the last plan has them.
    """

    first: int
    days: Mapping[str, Sequence[float]]
    spent: Mapping[str, Set[int]]
    full: Mapping[str, Set[int]]

    def soonest(self, mineral: str, wanted: float) -> int | None:
        """The first week in which offers and lead times would let a mineral have so many days of cover."""
        found = (week for week, days in enumerate(self.days.get(mineral, ()), self.first) if days >= wanted - NEARLY)
        return next(found, None)

    def keeps(self, mineral: str, wanted: float, week: int, whole: int | None) -> tuple[tuple[Keeps, ...], str]:
        """What keeps a target of a week from being whole on time, and a sentence; nothing where it is on time."""
        if whole is not None and whole <= max(week, self.first):
            return (), ""
        soonest = self.soonest(mineral, wanted)
        if soonest is None:
            most = max(self.days.get(mineral, ()), default=0.0)
            says = f"stock, what is under way and open offers come to {in_days(most)} of {in_days(wanted)} days at most"
            return ("offers and lead times",), says
        if whole is not None and soonest >= whole:
            return (
                "offers and lead times",
            ), f"what is under way and open offers bring enough in week {soonest}, no sooner"
        until = range(self.first, whole) if whole is not None else (week,)  # never: what is used up in its own week
        used: tuple[tuple[Keeps, Mapping[str, Set[int]]], ...] = (("money", self.spent), ("room", self.full))
        since = [(cause, [w for w in until if w in weeks[mineral]]) for cause, weeks in used]
        causes = [(cause, weeks[0]) for cause, weeks in since if weeks]
        late: tuple[Keeps, ...] = ("offers and lead times",) if soonest > week else ()
        could = f"open offers could bring enough by week {soonest}{', no sooner' if late else ''}"
        if not causes:
            return late or ("not told",), could if late else f"{could}; what keeps it takes a solve to tell"
        told = " and ".join(f"{cause} is used up by week {week}" for cause, week in causes)
        return (*late, *(cause for cause, _ in causes)), f"{could}; {told}"
