"""What a planner typed and did not keep yet, as the page sends it: cells by grid, row and column, rows added and taken out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from orebook.schema.base import Bounded, Frozen
from orebook.schema.tables import InTransit
from orebook.workbench.grids.grid import Key

Text = Annotated[str, Field(max_length=300)]


class CellIn(Frozen):
    """A cell and what shall stand in it; blank: nothing."""

    grid: str
    key: Key
    column: str
    text: Text


class RowIn(Frozen):
    """A row that is not there yet; `key` is what the page calls it."""

    grid: str
    key: Key
    cells: dict[str, Text]


class RowOut(Frozen):
    """A row that goes."""

    grid: str
    key: Key


class SliderValues(Bounded):
    """What the sliders say: per cent more or less of the budget, of every target and of every floor."""

    budget: Annotated[float, Field(ge=-100, le=1000)] = 0.0
    target: Annotated[float, Field(ge=-100, le=1000)] = 0.0
    floor: Annotated[float, Field(ge=-100, le=1000)] = 0.0


class Draft(Frozen):
    """All of it, and the version of the instance that it was typed over."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    cells: Annotated[tuple[CellIn, ...], Field(max_length=100_000)] = ()
    added: Annotated[tuple[RowIn, ...], Field(max_length=10_000)] = ()
    removed: Annotated[tuple[RowOut, ...], Field(max_length=10_000)] = ()
    levers: SliderValues = SliderValues()
    note: Annotated[str, Field(max_length=500)] = ""


class WhatifDraft(Draft):
    """A draft to be tried, and the first week at whose start it is known; None: 2 where it comes by surprise, else 1."""

    known: Annotated[int, Field(ge=1, le=521)] | None = None
    in_transit: InTransit = "lost"
