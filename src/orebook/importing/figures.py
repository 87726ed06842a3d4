"""A figure of an instance with where it came from: the cell, what was typed there, and what was done to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from typing import Any

from orebook.exact import Fraction
from orebook.findings import Finding, Severity

DIGITS = 10
"""Of a figure that no decimal is exactly."""
CENTS = 2
"""Decimals that it has at least."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, the cells it is from, what stands in the first of them, and the steps from there to the value."""

    value: Any
    cell: str
    typed: str
    how: tuple[str, ...] = ()

    def then(self, value: Any, *how: str) -> Figure:
        """What comes of it by another step."""
        return replace(self, value=value, how=(*self.how, *how))

    def with_cells(self, others: Iterable[Figure]) -> Figure:
        """The figure, with the cells of others that it is made of."""
        cells = [self.cell, *(other.cell for other in others)]
        return replace(self, cell=" + ".join(dict.fromkeys(cell for cell in cells if cell)))

    @property
    def number(self) -> Fraction:
        """The value as a number."""
        return Fraction(self.value)


Cells = dict[str, Figure]
"""What a row says: field -> figure."""


@dataclass(slots=True)
class Notes:
    """What is to be said of an import, in order."""

    found: list[Finding] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    """Fields that are for the planner to say: that a row has none of them is no news."""

    def say(self, severity: Severity, check: str, cell: str, message: str, *, typed: str | None = None) -> None:
        """Say something of a cell, such as `Quotes!B4`, or of a whole sheet."""
        sheet, mark, _ = cell.rpartition("!")
        self.found.append(
            Finding(severity, check, sheet if mark else cell, None, None, typed, message, cell if mark else None)
        )

    def fault(self, check: str, cell: str, message: str, typed: str | None = None) -> None:
        """What has to be mended before there is an instance."""
        self.say("fault", check, cell, message, typed=typed)

    def warn(self, check: str, cell: str, message: str, typed: str | None = None) -> None:
        """What was done, left out or taken so, and should be looked at."""
        self.say("warning", check, cell, message, typed=typed)


def tidy(value: Any) -> Any:
    """A value as a table has it: a number by its exact decimal, or to ten digits where it has none."""
    if isinstance(value, str | bool | int) or value is None or hasattr(value, "isoformat"):
        return value
    fraction = Fraction(value)
    with localcontext(prec=60):
        exactly = Decimal(int(fraction.numerator)) / Decimal(int(fraction.denominator))
    if len(exactly.normalize().as_tuple().digits) > 15:
        with localcontext(prec=max(DIGITS, exactly.adjusted() + 1 + CENTS)):
            exactly = +exactly
    number = float(exactly)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def factor_text(factor: Fraction) -> str:
    """A factor for people."""
    return f"{tidy(factor)}"


def shown_value(value: Any) -> str:
    """A cell's value as it was typed, as far as that is known."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
