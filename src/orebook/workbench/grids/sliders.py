"""Three sliders: budget, targets and floors, so many per cent more or less; what each of them changes, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orebook import formats as f
from orebook.schema.base import Row
from orebook.schema.document import Document
from orebook.workbench.grids.draft import SliderValues
from orebook.workbench.grids.grid import Key, key_of

HEAD = "instance"
BUDGET, TARGET = "budget_usd", "target_days"
DIGITS = 6
MovedCell = tuple[str, Key, str, float, float]
"""Table, key of the row, column, what stands there and what shall."""


@dataclass(frozen=True)
class Slider:
    """A slider: what it is called, what it moves (table, column), and how far it goes, in per cent."""

    name: str
    title: str
    moves: tuple[tuple[str, str], ...]
    low: int = -50
    high: int = 50


SLIDERS = (
    Slider("budget", "Budget", ((HEAD, BUDGET), ("releases", "usd"))),
    Slider("target", "Targets", ((HEAD, TARGET), ("minerals", TARGET), ("targets", "days"))),
    Slider("floor", "Price floors", (("floors", "floor_usd_per_t"),)),
)


def moved_cells(document: Document, values: SliderValues) -> list[MovedCell]:
    """Every cell that the sliders move."""
    return [
        (table, key, column, was, round(was * (1 + per_cent / 100), DIGITS))
        for slider in SLIDERS
        if (per_cent := getattr(values, slider.name))
        for table, column in slider.moves
        for key, was in _standing(document, table, column)
    ]


def slider_effects(document: Document, values: SliderValues) -> dict[str, str]:
    """What each slider changes, in words; what there is to change where it stands at 0."""
    return {slider.name: _said(slider, document, getattr(values, slider.name)) for slider in SLIDERS}


def _said(slider: Slider, document: Document, per_cent: float) -> str:
    standing = {move: [was for _, was in _standing(document, *move)] for move in slider.moves}
    parts = [_part(*move, values, per_cent) for move, values in standing.items() if values]
    return "; ".join(parts) or "none in this instance"


def _part(table: str, column: str, values: list[float], per_cent: float) -> str:
    """One of the columns: a single value with its new one, several as their number and the first's range."""
    name = _NAMES[table, column]
    unit = "days" if column in (TARGET, "days") else "USD"
    now = [f.quantity(x, unit) for x in (min(values), max(values))]
    new = [f.quantity(x * (1 + per_cent / 100), unit) for x in (min(values), max(values))]
    of = "" if table == HEAD else f"{f.count(len(values), name)}, "
    text = (of or f"{name} ") + " to ".join(dict.fromkeys(now))
    return text if not per_cent else f"{text} becomes {' to '.join(dict.fromkeys(new))}"


_NAMES = {
    (HEAD, BUDGET): "budget",
    ("releases", "usd"): "release",
    (HEAD, TARGET): "usual target",
    ("minerals", TARGET): "mineral's own target",
    ("targets", "days"): "dated target",
    ("floors", "floor_usd_per_t"): "floor",
}


def _standing(document: Document, table: str, column: str) -> Iterator[tuple[Key, float]]:
    rows: tuple[Any, ...] = (document.instance,) if table == HEAD else document.rows(table)
    for row in rows:
        value = getattr(row, column)
        if value is not None:
            yield (key_of(row) if isinstance(row, Row) else ()), float(value)
