"""Small problems in which one thing matters: tin, 1 t of use a day, 100 USD/t, one offer unless the fault needs more."""

from __future__ import annotations

from typing import Any

from orebook.problem import Problem
from tests.builders import Rows, make_problem

Row = dict[str, Any]
TRAXYS, HARTREE = {"house": "traxys"}, {"house": "hartree"}


def offer(name: str = "a", **cells: Any) -> Row:
    """Tin from traxys in lots of 5 t, at most 10 t a week."""
    return {"offer": name, "house": "traxys", "mineral": "tin", "lot_t": 5, "max_week_t": 10, **cells}


def tin(**cells: Any) -> Row:
    """Tin, target 10 days."""
    return {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, **cells}


def one(offer_cells: Row | None = None, head: Row | None = None, mineral: Row | None = None, **tables: Rows) -> Problem:
    """One offer of one mineral, two weeks."""
    return make_problem(head, minerals=[tin(**(mineral or {}))], offers=[offer(**(offer_cells or {}))], **tables)


def two(cells: Row, head: Row | None = None, mineral: Row | None = None, **tables: Rows) -> Problem:
    """Offer `a` of traxys and offer `b` of hartree, 10 USD/t dearer unless `cells` say otherwise."""
    second = offer("b", **{"house": "hartree", "premium_usd_per_t": 10, **cells})
    return make_problem(
        head, minerals=[tin(**(mineral or {}))], **{"houses": [TRAXYS, HARTREE], **tables}, offers=[offer(), second]
    )


def chile(**cells: Any) -> Rows:
    """One origin, of the group `south`."""
    return [{"origin": "chile", "group": "south", **cells}]


def tiers(*rows: tuple[float, float]) -> Rows:
    """Tiers of offer `a`: from_t and discount."""
    return [{"offer": "a", "from_t": t, "discount_pct": d} for t, d in rows]


def in_store(tonnes: float) -> Rows:
    """Tin in the one store there is when none is listed."""
    return [{"mineral": "tin", "site": "store", "tonnes": tonnes}]


def wanted(week: int, tonnes: float) -> Rows:
    """A withdrawal of tin."""
    return [{"withdrawal": "j", "mineral": "tin", "week": week, "tonnes": tonnes}]


def floor(mechanism: str, usd: float = 120, **terms: Any) -> Rows:
    """A floor, 20 USD over the price where it says no other."""
    return [{"mineral": "tin", "floor_usd_per_t": usd, "mechanism": mechanism, **terms}]
