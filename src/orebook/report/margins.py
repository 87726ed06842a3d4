"""What more of a limit buys, and the curve of the budget, from facts."""

from __future__ import annotations

from orebook import formats as f
from orebook.report.curve import Curve, Point
from orebook.report.report_input import Brief, ends, less, number, tells
from orebook.report.table import Column, Table
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF, stage_of

ADDED = "added_"
LIMIT_UNITS = {"usd": "USD", "m3": "m3", "t": "t", "t_per_week": "t a week"}
LIMIT_LABELS = {
    "budget": "budget, releases and sources together",
    "budget_usd": "budget alone",
    "releases": "releases alone",
    "funding": "sources alone",
    "capacity_m3": "room",
    "inbound_t_per_week": "intake a week",
    "max_value_usd": "value in store",
    "weekly_capacity_t": "capacity a week",
    "capacity_t": "capacity",
    "max_spend_usd": "money it may get",
}


def table(brief: Brief, *, proven: bool) -> Table:
    """A row a limit and a step: what so much more of it buys; or only where it is proven to buy anything."""
    columns: list[Column[Fact]] = [
        ("limit", "left", _limit),
        ("more", "right", lambda x: f"{f.plain(number(x, 'added_pct'), 2)} %"),
        ("which is", "right", _added),
        *_differences(),
        ("known by", "left", lambda x: x.method),
    ]
    steps = [x for x in brief.of_kind("margin") if not _on_curve(x)]
    if proven:
        title = "What more of a limit is proven to buy"
        return Table.of(title, [x for x in steps if any(tells(x, name) for name in STAGE_OF)], columns)
    return Table.of("What more of any limit buys", steps, columns).fold()


def curve_table(brief: Brief) -> Table:
    """A row a point of the curve."""
    columns: list[Column[Fact]] = [
        ("budget, USD", "right", lambda x: f.money(number(x, "budget_usd"))),
        ("against this plan's", "right", lambda x: f"{number(x, 'added_pct'):+.0f} %"),
        *_differences(),
        ("known by", "left", lambda x: x.method),
    ]
    every = [x for x in brief.of_kind("margin") if _on_curve(x)]
    none = [f"{number(x, 'added_pct'):+.0f} %" for x in every if not _measured(x)]
    note = f"No plan that keeps every rule was found at {', '.join(none)}." if none else ""
    return Table.of("The budget, step by step", _points(brief), columns).noted(note)


def curve(brief: Brief) -> Curve:
    """The first measure that the budget moves, against the budget; without points where none moves."""
    points = _points(brief)
    moved = next((name for name in STAGE_OF if any(_moves(x, name) for x in points)), "cover_days")
    most = max((number(x, "budget_usd") for x in points), default=0.0)
    unit, size = f.scale(most)
    y_unit, y_size = _unit(points, moved)
    known = [(number(x, "budget_usd") / size, ends(x, moved)) for x in points if any(_moves(p, moved) for p in points)]
    drawn = tuple(Point(x, found[0] / y_size, found[1] / y_size) for x, found in known if found)
    here = next((number(x, "budget_usd") / size for x in points if number(x, "added_pct") == 0), 0.0)
    title = "What the budget buys, compared with this plan (lower is better)"
    return Curve(title, f"budget, {unit}", y_unit, here, drawn)


def _unit(points: list[Fact], name: str) -> tuple[str, float]:
    if not name.endswith("_usd"):
        return f"{stage_of(name).counts}, more or less", 1.0
    unit, size = f.scale(max((abs(end) for x in points for end in ends(x, name) or ()), default=0.0))
    return f"{unit}, more or less", size


def _points(brief: Brief) -> list[Fact]:
    return [x for x in brief.of_kind("margin") if _on_curve(x) and _measured(x)]


def _measured(fact: Fact) -> bool:
    return any(name in fact.figures for name in STAGE_OF)


def _on_curve(fact: Fact) -> bool:
    return fact.about.against == "curve"


def _moves(fact: Fact, name: str) -> bool:
    return any(abs(end) >= stage_of(name).least_told for end in ends(fact, name) or ())


def _differences() -> list[Column[Fact]]:
    return [
        ("weighted days fewer short", "right", lambda x: f.between(less(ends(x, "cover_days")), f.days)),
        ("more cost, USD", "right", lambda x: f.between(ends(x, "cost_usd"), f.money)),
    ]


def _limit(fact: Fact) -> str:
    limit = LIMIT_LABELS.get(fact.about.against or "", fact.about.against or "")
    place = fact.about.site or fact.about.house
    return f"{place}: {limit}" if place else limit


def _added(fact: Fact) -> str:
    name = next((n for n in fact.figures if n.startswith(ADDED) and n != "added_pct"), "")
    return f.quantity(number(fact, name), LIMIT_UNITS.get(name.removeprefix(ADDED), ""))
