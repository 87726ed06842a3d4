"""What a column is called over a grid: its name in words, its unit apart."""

from __future__ import annotations

_UNITS = ("_usd_per_m3_week", "_usd_per_day", "_usd_per_t", "_t_per_week", "_usd", "_pct", "_m3", "_t")
"""Ends of names that say a unit, the longest first."""


def heading(column: str) -> str:
    """The name in words without its unit: max_week_t is max week."""
    end = next((unit for unit in _UNITS if column.endswith(unit) and not column.startswith(("m3", "usd"))), "")
    return column.removesuffix(end).replace("_", " ")
