"""What knowing the future and planning for all of them are worth, in words: an interval that holds 0 tells nothing."""

from __future__ import annotations

from math import isnan

from orebook import formats as f
from orebook.schema.stages import STAGES, StageName

Interval = tuple[float, float]
NO_PLAIN = "Of the instance's own orders of now no plan for all futures is known"


def knowing_says(stage: StageName, evpi: Interval, usd: float | None) -> str:
    """What knowing the future is worth by the leading stage; in USD too, by the plans found, where that is no money."""
    return _says("Knowing the future from week 1 would be worth", stage, evpi, usd)


def hedging_says(stage: StageName, vss: Interval | None, usd: float | None, why: str = "") -> str:
    """What planning for all futures is worth over the instance's own orders of now; `why` no plan of those is known."""
    if vss is None:
        return f"{NO_PLAIN}{f': {why}' if why else ''}."
    return _says("Planning for all futures is worth", stage, vss, usd)


def _says(what: str, stage: StageName, interval: Interval, usd: float | None) -> str:
    kind, (least, most) = STAGES[stage], interval
    if isnan(most):
        return f"{what} {f.WITHHELD}."
    money = "" if kind.money or usd is None else f" In money, by the plans found: {f.usd(usd)}."
    low, high = f.quantity(least, kind.unit), f.quantity(most, kind.unit)
    if most < kind.least_told:
        return f"{what} nothing.{money}"
    if least < kind.least_told:
        return f"{what} at most {high}; whether it is worth anything cannot be told.{money}"
    if low == high:
        return f"{what} {high}.{money}"
    ends = f"{low} to {f.money(most)}" if kind.unit == "USD" else f"{f.amount(least, kind.unit)} to {high}"
    return f"{what} {ends}.{money}"
