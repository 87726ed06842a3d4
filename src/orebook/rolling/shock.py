"""A shock of a drill: changes that come true at the start of a week, which nobody but foresight knew of before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Literal

from pydantic import Field

from orebook.changes.week_on import a_week_on
from orebook.schema.base import Frozen, Week, Written


class Shock(Frozen):
    """Changes and events of a week; the weeks that they name are those of the drill, as its shock's own is."""

    week: Week = Field(description="the week at whose start they come true")
    changes: tuple[Written, ...] = Field(min_length=1, description="such as origin_barred(origin=china, week=3)")
    in_transit: Literal["lost", "arrive"] = Field(
        "lost", description="what becomes of goods under way then that the changes bar"
    )
    note: str = Field("", description="for the reader")

    def news(self, week: int) -> list[ShockNews]:
        """What comes true, its weeks counted from a week of the drill, no later than the shock's, as the first."""
        moved = [(text, weeks_on(text, week - 1)) for text in self.changes]
        return [ShockNews(change, self.in_transit, text) for text, change in moved if change is not None]


@dataclass(frozen=True)
class ShockNews:
    """A change of a shock, and what it is called: as the drill has it."""

    change: str
    in_transit: str
    says: str


def weeks_on(text: str, weeks: int) -> str | None:
    """A change or event as it is written so many weeks later; None where it is of a week that has passed by then."""
    first: str | None = text
    return reduce(lambda now, _: None if now is None else a_week_on(now), range(weeks), first)
