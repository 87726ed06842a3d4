"""Sweeps: one value moved through a range, as a scenario a step; tornados: every price moved down and up alone."""

from __future__ import annotations

import re

from orebook.errors import InputError
from orebook.exact import Fraction, exact
from orebook.problem import Problem
from orebook.reading.numbers import is_number
from orebook.reading.text import fault
from orebook.scenarios.scenario import Scenario
from orebook.whatif.values import rounded

_SWEEP = re.compile(r"(.+)=([^:=]+):([^:=]+):(\d+)", re.DOTALL)
_END = re.compile(r"([+-]?)([\d.][^%+-]*)(%?)")
MOST = 10_000
"""Steps of one sweep."""


def sweep(text: str) -> list[Scenario]:
    """The scenarios of `ADDRESS=LOW:HIGH:N`; ends are numbers, or both relative: `-30%:+30%:25`, `-100:+100:5`."""
    found = _SWEEP.fullmatch(text.strip())
    if found is None:
        raise _refused(
            text, "is no sweep; write ADDRESS=LOW:HIGH:N, such as minerals.copper.price_usd_per_t=-30%:+30%:25"
        )
    address, low, high, count = found[1].strip(), *(_end(text, found[k].strip()) for k in (2, 3)), int(found[4])
    if low[1:] != high[1:]:
        raise _refused(text, "has two kinds of ends; write both relative (-30%:+30%) or both as they are (100:200)")
    if not 2 <= count <= MOST:
        raise _refused(text, f"has {count} steps; write from 2 to {MOST:,}")
    steps = [low[0] + (high[0] - low[0]) * Fraction(k, count - 1) for k in range(count)]
    values = [_value(step, relative=low[1], unit=low[2]) for step in steps]
    short = address.partition(".")[2] or address
    return [Scenario(name=f"{short} {value}", changes=(f"{address}={value}",)) for value in values]


def tornado(problem: Problem, pct: float) -> list[Scenario]:
    """Two scenarios for each mineral that has offers and a price: its price lower, and higher, by so many per cent."""
    sold = {o.mineral for o in problem.offers.values()}
    return [
        Scenario(name=f"{name} {sign}{pct:g}%", changes=(f"minerals.{name}.price_usd_per_t={sign}{pct:g}%",))
        for name, mineral in problem.minerals.items()
        if name in sold and mineral.price_usd_per_t > 0
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


def _value(step: Fraction, *, relative: bool, unit: str) -> str:
    number = rounded(step)
    return f"{number:+.12g}{unit}" if relative else f"{number:.12g}"


def _refused(text: str, says: str) -> InputError:
    return InputError([fault(text, None, "not_a_sweep", says)])
