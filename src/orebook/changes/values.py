"""The VALUE of a change: what is to stand there, or how it follows from what does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orebook.changes.refusal import refused
from orebook.exact import Fraction, exact
from orebook.reading.numbers import is_number
from orebook.reading.quoting import shown
from orebook.schema.base import LARGEST

_RELATIVE = re.compile(r"([+*-])\s*([\d.]\S*?)\s*(%?)")


@dataclass(frozen=True, slots=True)
class Plain:
    """A value as typed; None: blank."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Relative:
    """The number that stands there, times `factor`, plus `addend`."""

    factor: Fraction
    addend: Fraction

    def of(self, number: float) -> float:
        """The new number, exact in decimals as far as a double can hold them; a whole one as an int."""
        return rounded(exact(number) * self.factor + self.addend)


Value = Plain | Relative


def parse_value(text: str, change: str) -> Value:
    """The value in the text of a change; raises InputError where it is missing, or a number beyond 1e15."""
    if not text:
        raise refused(change, "no_value", "has no value; write one, or none to leave the cell blank")
    relative = _RELATIVE.fullmatch(text)
    if relative is None or not is_number(relative[2]) or (relative[1] == "*" and relative[3]):
        return Plain(blank_or(text))
    if float(relative[2]) > LARGEST:
        raise refused(change, "too_large", f"{shown(text)} is beyond 1e15, which is too large; write less", text)
    return _relative(relative[1], exact(float(relative[2])), in_percent=bool(relative[3]))


def blank_or(text: str) -> str | None:
    """The text, or None where it says that the cell is blank: by `none`, or by being empty."""
    return None if text in ("", "none") else text


def _relative(sign: str, amount: Fraction, *, in_percent: bool) -> Relative:
    if sign == "*":
        return Relative(amount, Fraction(0))
    amount = amount if sign == "+" else -amount
    return Relative(1 + amount / 100, Fraction(0)) if in_percent else Relative(Fraction(1), amount)


def rounded(x: Fraction) -> float:
    """The nearest double, a whole number as an int; infinite where no double is as large."""
    if x.denominator == 1:
        return int(x)
    try:
        return float(x)
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")
