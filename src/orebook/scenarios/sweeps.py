"""Sweeps: one value moved through a range, as a scenario a step; tornados: every price moved down and up alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orebook.changes.values import rounded
from orebook.errors import InputError
from orebook.exact import Fraction, exact
from orebook.problem import Problem
from orebook.reading.numbers import is_number
from orebook.reading.text import fault
from orebook.scenarios.scenario import Scenario

_SWEEP = re.compile(r"(.+=[^:=]+:[^:=]+):(\d+)", re.DOTALL)
_SPAN = re.compile(r"(.+)=([^:=]+):([^:=]+)", re.DOTALL)
_END = re.compile(r"([+-]?)([\d.][^%+-]*)(%?)")
MAX_STEPS = 10_000
"""Steps of one sweep."""


LOW, HIGH = Fraction(0), Fraction(1)
"""The ends of a span, as parts of its length."""


@dataclass(frozen=True)
class Span:
    """The range of one value from `low` to `high`, as they stand or relative to what stands there."""

    address: str
    low: Fraction
    high: Fraction
    relative: bool
    unit: str

    def at(self, part: Fraction) -> Scenario:
        """The scenario a part (0..1) of the span from low to high."""
        step = self.low + (self.high - self.low) * part
        number = rounded(step)
        value = f"{number:+.12g}{self.unit}" if self.relative else f"{number:.12g}"
        label = f"{number:+.6g}{self.unit}" if self.relative else f"{number:.6g}"
        short = self.address.partition(".")[2] or self.address
        return Scenario(name=f"{short} {label}", changes=(f"{self.address}={value}",))


def span(text: str, example: str = "ADDRESS=LOW:HIGH, such as minerals.copper.price_usd_per_t=-30%:+30%") -> Span:
    """The span of `ADDRESS=LOW:HIGH`; ends are numbers, or both relative: `-30%:+30%`, `-100:+100`."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise _refused(text, f"is no sweep; write {example}")
    low, high = (_end(text, found[k].strip()) for k in (2, 3))
    if low[1:] != high[1:]:
        raise _refused(text, "has two kinds of ends; write both relative (-30%:+30%) or both as they are (100:200)")
    return Span(found[1].strip(), low[0], high[0], *low[1:])


def sweep(text: str) -> list[Scenario]:
    """The scenarios of `ADDRESS=LOW:HIGH:N`, the first at LOW and the last at HIGH."""
    example = "ADDRESS=LOW:HIGH:N, such as minerals.copper.price_usd_per_t=-30%:+30%:25"
    found = _SWEEP.fullmatch(text.strip())
    if found is None:
        raise _refused(text, f"is no sweep; write {example}")
    between, count = span(found[1], example), int(found[2])
    if not 2 <= count <= MAX_STEPS:
        raise _refused(text, f"has {count} steps; write from 2 to {MAX_STEPS:,}")
    return [between.at(Fraction(k, count - 1)) for k in range(count)]


def priced(problem: Problem) -> list[str]:
    """The minerals whose price counts: they have a price, and offers."""
    sold = {o.mineral for o in problem.offers.values()}
    return [name for name, mineral in problem.minerals.items() if name in sold and mineral.price_usd_per_t > 0]


def tornado(problem: Problem, pct: float) -> list[Scenario]:
    """Two scenarios for each mineral that has offers and a price: its price lower, and higher, by so many per cent."""
    return [
        Scenario(name=f"{name} {sign}{pct:g}%", changes=(f"minerals.{name}.price_usd_per_t={sign}{pct:g}%",))
        for name in priced(problem)
        for sign in "-+"
    ]


def _end(text: str, end: str) -> tuple[Fraction, bool, str]:
    """The number, whether it is relative, and its `%`."""
    found = _END.fullmatch(end)
    if found is None or not is_number(found[2]):
        raise _refused(text, f'has the end "{end}", which is no number; write such as 100, +10 or -5%')
    sign, number, unit = found.groups()
    if unit and not sign:
        raise _refused(text, f'has the end "{end}"; write +{end} or -{end}, relative to what stands there')
    return exact(float(number)) * (-1 if sign == "-" else 1), bool(sign), unit


def _refused(text: str, says: str) -> InputError:
    return InputError([fault(text, None, "not_a_sweep", says)])
