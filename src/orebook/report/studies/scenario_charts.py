"""Charts of outcomes: curves and maps of ranges, bars of tornados, histograms of draws."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from orebook import formats as f
from orebook.report.bullets import Bullet, Bullets
from orebook.report.curve import Curve, Point
from orebook.report.heat import Heat
from orebook.report.section import Chart
from orebook.scenarios.outcome import Outcome

BINS = 12
"""Bars of a histogram, about."""


def curves(address: str, outcomes: Sequence[Outcome]) -> list[Chart]:
    """Days short with what is proven of them, and cost, against the value that is swept."""
    planned = [o for o in outcomes if o.has_plan]
    usd, size = f.scale(max((o.total_usd or 0.0 for o in planned), default=0.0))
    unit = (
        f"{address}, relative in {'%' if _value(outcomes[0])[1] == '%' else 'its unit'}"
        if _relative(outcomes)
        else address
    )
    here = 0.0 if _relative(outcomes) else None  # values as they stand do not say which is the base plan's
    short = tuple(Point(_value(o)[0], _bound(o), o.measures["cover"]) for o in planned)
    cost = tuple(Point(_value(o)[0], (o.total_usd or 0.0) / size, (o.total_usd or 0.0) / size) for o in planned)
    return [
        Curve("Days short", unit, "weighted days short", here, short),
        Curve("Cost", unit, f"cost, {usd}", here, cost),
    ]


def heats(down: str, across: str, outcomes: Sequence[Outcome], columns: int) -> list[Chart]:
    """Days short and cost of every pair; `outcomes` row after row, each of so many columns."""
    rows = [outcomes[k : k + columns] for k in range(0, len(outcomes), columns)]
    names = [[o.name.split(" / ") for o in row] for row in rows]
    downs = tuple(row[0][0].rpartition(" ")[2] for row in names)
    acrosses = tuple(pair[1].rpartition(" ")[2] for pair in names[0])
    usd, size = f.scale(max((o.total_usd or 0.0 for o in outcomes), default=0.0))
    short = tuple(tuple(o.measures.get("cover") for o in row) for row in rows)
    cost = tuple(tuple(None if o.total_usd is None else o.total_usd / size for o in row) for row in rows)
    return [
        Heat("Days short", "weighted days", down, across, downs, acrosses, short),
        Heat("Cost", usd, down, across, downs, acrosses, cost),
    ]


def swings(outcomes: Sequence[Outcome]) -> list[Chart]:
    """How far apart each price's two ways lie, in days short and in cost; `outcomes` in pairs."""
    pairs = [p for p in zip(outcomes[::2], outcomes[1::2], strict=True) if all(o.has_plan for o in p)]
    short = {p[0].name.rpartition(" ")[0]: abs(p[1].measures["cover"] - p[0].measures["cover"]) for p in pairs}
    cost = {p[0].name.rpartition(" ")[0]: abs((p[1].total_usd or 0) - (p[0].total_usd or 0)) for p in pairs}
    usd, size = f.scale(max(cost.values(), default=0.0))
    return [
        _bars("Days short, between a price's two ways", "weighted days", "apart", short),
        _bars("Cost, between a price's two ways", usd, "apart", {name: x / size for name, x in cost.items()}),
    ]


def histograms(outcomes: Sequence[Outcome]) -> list[Chart]:
    """How often the plan's cost as ordered, and cost and days short with foresight, fall where."""
    planned, ordered = [o for o in outcomes if o.has_plan], [o.as_ordered for o in outcomes if o.as_ordered]
    costs = [o.total_usd or 0.0 for o in planned]
    usd, size = f.scale(max((*costs, *(a.total_usd for a in ordered)), default=0.0))
    return [
        _histogram(f"Draws by cost as ordered, {usd}", [a.total_usd / size for a in ordered]),
        _histogram(f"Draws by cost with foresight, {usd}", [cost / size for cost in costs]),
        _histogram("Draws by weighted days short with foresight", [o.measures["cover"] for o in planned]),
    ]


def _histogram(title: str, values: Sequence[float]) -> Bullets:
    if not values:
        return Bullets(title, "draws", ("", "draws", ""), ())
    low, high = min(values), max(values)
    step = _round((high - low) / BINS) if high > low else 1.0
    first = floor(low / step)
    counts = [0] * (floor(high / step) - first + 1)
    for value in values:
        counts[floor(value / step) - first] += 1
    places = max(0, -floor(log10(step)))
    labels = [f"{(first + k) * step:,.{places}f} to {(first + k + 1) * step:,.{places}f}" for k in range(len(counts))]
    return Bullets(
        title, "draws", ("", "draws", ""), tuple(Bullet(a, 0.0, n, None) for a, n in zip(labels, counts, strict=True))
    )


def _round(step: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    unit = 10.0 ** floor(log10(step))
    return next((s * unit for s in (1, 2, 5) if s * unit >= step), 10 * unit)


def _bars(title: str, unit: str, what: str, values: dict[str, float]) -> Bullets:
    largest = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    bars = tuple(Bullet(name, 0.0, value, None) for name, value in largest if value > 0)
    return Bullets(title, unit, ("", what, ""), bars)


def _value(outcome: Outcome) -> tuple[float, str]:
    """The number that a sweep's outcome is named by, and its `%`."""
    text = outcome.name.rpartition(" ")[2]
    return float(text.rstrip("%")), "%" if text.endswith("%") else ""


def _relative(outcomes: Sequence[Outcome]) -> bool:
    return outcomes[0].name.rpartition(" ")[2][0] in "+-"


def _bound(outcome: Outcome) -> float:
    """What is proven of days short; the plan's own where another stage comes before it or it has none."""
    value = outcome.measures["cover"]
    return min((s.bound for s in outcome.stages if s.stage == "cover"), default=value)
