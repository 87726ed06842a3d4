"""Rows that the problems of the golden files share."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def tin(**cells: Any) -> Row:
    """Tin: 1 t of use a day at 100 USD/t, unless the case says otherwise."""
    return {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, **cells}


def cobalt(**cells: Any) -> Row:
    """Cobalt: no use, at 50 USD/t, unless the case says otherwise."""
    return {"mineral": "cobalt", "price_usd_per_t": 50, **cells}


def offer(name: str, **cells: Any) -> Row:
    """An offer of tin by traxys at the benchmark, at most 20 t a week, unless the case says otherwise."""
    return {"offer": name, "house": "traxys", "mineral": "tin", "max_week_t": 20, **cells}


TRAXYS, HARTREE = {"house": "traxys"}, {"house": "hartree"}
