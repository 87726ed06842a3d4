"""Changes of an instance that loosen one row of a clash by what it must give at least, the figure that reads best first.

A figure is rounded so that the row gives more, never less; whether it settles the clash is for a solve to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.exact import Fraction, ceil_int, exact, floor_int
from orebook.problem import Problem
from orebook.schema.rules import ROWS, name_and_keys

CENT, GRAM, DAY = Fraction(1, 100), Fraction(1, 10**6), Fraction(1, 100)
"""The steps in which USD, tonnes and days are said."""
HAIR, ROUNDING = 1e-6, 1e-8
"""Parts of an amount by which a solve may find it too small or too large: at most, and mostly."""


@dataclass(frozen=True)
class Way:
    """A change that loosens a row, and what it says."""

    change: str
    says: str


def limit_of(problem: Problem, row: str) -> float:
    """What a row's limit is, in its unit; 0 where no one figure of the instance is it."""
    name, key = name_and_keys(row)
    match name:
        case "budget_total":
            return problem.budget_usd or 0.0
        case "budget_released":
            return sum(usd for week, usd in (problem.released or {}).items() if week <= int(key[0]))
        case "budget_mineral":
            return problem.minerals[key[0]].budget_usd or 0.0
        case "must_cover":
            return _must_days(problem, key) * problem.minerals[key[0]].use_t_per_day
        case "commitment":
            return problem.offers[key[0]].commit_t
        case "houses_engaged":
            return float(problem.max_houses or 0)
        case "market_week":
            return (problem.max_market_share or 0.0) * (problem.minerals[key[0]].market_t_per_week or 0.0)
        case "cover_ceiling":
            mineral = problem.minerals[key[0]]
            return (mineral.max_days or 0.0) * mineral.use_t_per_day
        case "split_max_houses":
            return float(problem.minerals[key[0]].max_houses or 0)
        case "split_min_houses":
            return float(problem.minerals[key[0]].min_houses or 0)
    column = _HOUSE.get(name)
    return float(getattr(problem.houses[key[0]], column) or 0.0) if column else 0.0


def ways(problem: Problem, row: str, by: float) -> Iterator[Way]:
    """The changes that loosen a row by so much of its unit, and a little more each; none where no one column does."""
    name, key = name_and_keys(row)
    if name == "must_cover":
        yield from _fewer_days(problem, key, by)
    elif name == "commitment":
        commit = exact(problem.offers[key[0]].commit_t)
        for less in _amounts(by, GRAM):
            left = max(Fraction(0), commit - less)
            says = f"lower the commitment to offer {key[0]} to {_said(left)} t"
            yield Way(f"offers.{key[0]}.commit_t={_text(left)}", says)
    elif name in _COUNTED:
        yield from _counted(problem, name, key, math.ceil(by - HAIR))
    elif name == "market_week":
        share = problem.max_market_share or 1.0
        yield from _raised(f"minerals.{key[0]}.market_t_per_week", f"the market of {key[0]}", by / share, "t a week")
    elif name == "cover_ceiling":
        days = by / problem.minerals[key[0]].use_t_per_day
        yield from _raised(f"minerals.{key[0]}.max_days", f"the most days of {key[0]}", days, "days")
    elif (found := _address(problem, name, key)) is not None:
        yield from _raised(*found, by, ROWS[name].unit)


def _address(problem: Problem, name: str, key: tuple[str, ...]) -> tuple[str, str] | None:
    """The cell that a row's limit is, and what it is called."""
    if name == "budget_total":
        return "instance.budget_usd", "the budget"
    if name == "budget_mineral":
        return f"minerals.{key[0]}.budget_usd", f"the budget of {key[0]}"
    if name == "budget_released":
        week = max((w for w in problem.released or {} if w <= int(key[0])), default=None)
        if week is None:
            return f"releases+=week:{key[0]},usd:", f"what is released in week {key[0]}"
        return f"releases.{week}.usd", f"what is released in week {week}"
    if name in _HOUSE:
        column = _HOUSE[name]
        return f"houses.{key[0]}.{column}", f"{_CALLED[column]} {key[0]}"
    return None


def _raised(cell: str, called: str, by: float, unit: str) -> Iterator[Way]:
    for more in _amounts(by, CENT if unit == "USD" else GRAM):
        change = f"{cell}{_text(more)}" if cell.endswith(":") else f"{cell}=+{_text(more)}"
        yield Way(change, f"raise {called} by {_said(more, 2 if unit == 'USD' else 0)} {unit}")


def _counted(problem: Problem, name: str, key: tuple[str, ...], by: int) -> Iterator[Way]:
    """Limits that are whole numbers of houses."""
    if name == "houses_engaged":
        yield Way(f"instance.max_houses=+{by}", f"let {(problem.max_houses or 0) + by} houses be engaged")
        return
    mineral = problem.minerals[key[0]]
    if name == "split_max_houses":
        most = (mineral.max_houses or 0) + by
        yield Way(f"minerals.{key[0]}.max_houses={most}", f"let {key[0]} be bought from {most} houses")
        return
    least = (mineral.min_houses or 0) - by
    value = str(least) if least > 1 else "none"
    yield Way(f"minerals.{key[0]}.min_houses={value}", f"let {key[0]} be bought from {max(1, least)} houses")


def _fewer_days(problem: Problem, key: tuple[str, ...], by: float) -> Iterator[Way]:
    mineral, week = key[0], int(key[1])
    use, days = problem.minerals[mineral].use_t_per_day, _must_days(problem, key)
    listed = any(r.mineral == mineral for r in problem.document.rows("targets"))
    address = f"targets.{mineral}/{week}" if listed else f"minerals.{mineral}"
    left = [max(0.0, days - by * (1 + part) / use + part) for part in (HAIR, -HAIR)]
    kept = sorted({step * floor_int(exact(x) / step) for x in left for step in (DAY, GRAM)}, reverse=True)
    told = [x for x in kept if (x / DAY).denominator == 1] or kept
    for accepted in [*told, *(x for x in kept if x not in told)]:
        says = f"accept {_said(accepted)} days of {mineral} at the end of week {week}"
        yield Way(f"{address}.must_days={_text(accepted)}", says)


def _must_days(problem: Problem, key: tuple[str, ...]) -> float:
    return next(t.must_days or 0.0 for t in problem.targets if (t.mineral, str(t.week)) == key)


def _amounts(by: float, step: Fraction) -> list[Fraction]:
    """An amount in whole steps: what it would be but for a rounding, what it is, and what it is for sure."""
    return sorted({step * ceil_int(exact(max(0.0, by * (1 + part))) / step) for part in (-ROUNDING, ROUNDING, HAIR)})


def _text(x: Fraction) -> str:
    """A decimal as a change writes it."""
    text = f"{float(x):.6f}".rstrip("0").rstrip(".")
    return text or "0"


def _said(x: Fraction, places: int = 0) -> str:
    """The same with its thousands grouped, and no fewer decimals than these."""
    whole, _, rest = _text(x).partition(".")
    rest = rest.ljust(places, "0")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


_HOUSE = {"house_week": "weekly_capacity_t", "house_total": "capacity_t", "house_spend": "max_spend_usd"}
_CALLED = {
    "weekly_capacity_t": "the capacity a week of",
    "capacity_t": "the capacity of",
    "max_spend_usd": "the most that may be given to",
}
_COUNTED = frozenset({"houses_engaged", "split_max_houses", "split_min_houses"})
