"""What an offer is to supply in a week, before it is whole grams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from orebook.exact import Fraction
from orebook.grams import GRAM
from orebook.problem import Offer

Rounding = Literal["needed", "up", "down", "dearer", "as_stored", "as_it_is"]
"""Of loose tonnes: down and up where needed, all up, all down, or not at all. `dearer`: up, but down where they cost less than
nothing, so that no week's cash falls. `as_stored`: as needed, and what is put away and
taken out is no whole grams, for stores that parts of a gram fill."""

Values = Mapping[tuple[str, object], float]
"""(component, index) of a variable -> its value; a variable that is not there is 0."""


MET = Fraction(1, 10**7)
"""Part of an amount by which a solver's point may be under what it is meant to meet;"""

MET_T = 2 * GRAM
"""and tonnes, where they are less than a thousandth of it."""


@dataclass(frozen=True)
class Amount:
    """What an offer is to supply in a week. `grams` are the least and most of loose tonnes; None where they are fixed.

    `pays`: they cost less than nothing.
    """

    offer: Offer
    week: int
    arrives: int
    tonnes: Fraction
    tier: Fraction | None = None
    grams: tuple[Fraction, Fraction] | None = None
    pays: bool = False

    def within(self, tonnes: Fraction) -> Amount:
        """The amount with other tonnes, as near to those as it may have."""
        assert self.grams is not None
        low, high = self.grams
        return replace(self, tonnes=max(low, min(high, tonnes)))
