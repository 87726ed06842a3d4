"""Figures of facts as cells: their units, and the one that tells most."""

from __future__ import annotations

from math import isnan

from orebook.formats import WITHHELD
from orebook.reading.numbers import text_of_number
from orebook.report.report_input import NEGLIGIBLE, ends
from orebook.report.workbook.cell_styles import Kind
from orebook.schema.facts import Fact, Interval
from orebook.schema.stages import STAGE_OF

_UNITS: tuple[tuple[str, str, Kind], ...] = (
    ("unmet_days", "weighted days", "days"),
    ("cover_days", "weighted days", "days"),
    ("usd_per_t", "USD/t", "rate"),
    ("t_per_week", "t/week", "number"),
    ("usd", "USD", "usd"),
    ("days", "days", "days"),
    ("share", "%", "share"),
    ("pct", "%", "number"),
    ("m3", "m3", "number"),
    ("t", "t", "number"),
)
"""How a figure's name ends -> its unit, and what a cell of it holds."""


def unit_of(figure: str) -> tuple[str, Kind]:
    """The unit of a figure by its name, and what its cell holds; a figure without one is a count."""
    name = figure.partition(".")[0]
    return next(((unit, kind) for end, unit, kind in _UNITS if f"_{name}".endswith(f"_{end}")), ("", "number"))


def telling(fact: Fact) -> str:
    """The figure that tells most: the first measure that differs, else the first figure; empty where there is none."""
    measures = [name for name in STAGE_OF if name in fact.figures]
    differs = (name for name in measures if any(isnan(x) or abs(x) > NEGLIGIBLE for x in ends(fact, name) or ()))
    return next(differs, None) or next(iter([*measures, *fact.figures]), "")


def others(fact: Fact, name: str) -> str:
    """All figures but one, with their digits: cost_usd = 1 to 2; tonnes = 5."""
    listed = ((other, ends(fact, other)) for other in fact.figures if other != name)
    return "; ".join(f"{other} = {_both(both)}" for other, both in listed if both)


def _both(both: Interval) -> str:
    low, high = (WITHHELD if isnan(x) else text_of_number(x) for x in both)
    return low if low == high else f"{low} to {high}"
