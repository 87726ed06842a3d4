"""A line over a band: what plans reach at each amount of something, and how far a bound says that they could."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan


@dataclass(frozen=True, slots=True)
class Point:
    """At `x`, the best value lies from `low` (a bound) to `high` (a plan)."""

    x: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Points by x; `here` is the x of the plan itself, None where it has none. Less is better."""

    title: str
    x_unit: str
    unit: str
    here: float | None
    points: tuple[Point, ...]

    keys = ("band", "line", "here")
    """Their classes in a drawing."""
    cut = ""

    @property
    def names(self) -> tuple[str, str, str]:
        """What the band, the line and the upright are."""
        return "proven interval", "found plans", "" if self.here is None else "this plan"

    @property
    def known(self) -> bool:
        """Whether there is a line to draw, and nothing of it is withheld."""
        return len(self.points) > 1 and not any(isnan(p.high) or isnan(p.x) for p in self.points)

    @property
    def says(self) -> str:
        """The curve in a sentence, for who cannot see it."""
        first, last = self.points[0], self.points[-1]
        return (
            f"At {first.x:,.2f} {self.x_unit} plans reach {first.high:,.1f}, "
            f"at {last.x:,.2f} {self.x_unit} {last.high:,.1f} {self.unit}."
        )
