"""Hazards drawn: which of them strike in a draw, and in which week of those in which they may."""

from __future__ import annotations

import numpy as np

from orebook.problem import Problem
from orebook.schema.tables import HazardRow

Struck = tuple[tuple[str, int], ...]
"""Hazard and the week in which it strikes, by week and name."""
_STREAM = 1
"""Of a seed's numbers: prices have the other one, so that they are the same with and without hazards."""


def weeks_of(problem: Problem, row: HazardRow) -> range:
    """The weeks in which a hazard may strike; none in a plan of one week."""
    return range(row.from_week or 2, (row.to_week or problem.weeks) + 1)


def hazards_of(problem: Problem) -> list[HazardRow]:
    """The hazards by name, those that can strike."""
    rows: list[HazardRow] = sorted(problem.document.rows("hazards"), key=lambda row: row.hazard)
    return [row for row in rows if weeks_of(problem, row) and row.chance > 0]


def strikes(problem: Problem, count: int, seed: int) -> list[Struck]:
    """What strikes in each of so many draws; of a seed the first are the same."""
    rows = hazards_of(problem)
    drawn = np.random.Generator(np.random.PCG64([seed, _STREAM])).random((count, len(rows), 2))
    return [tuple(sorted(_struck(problem, rows, draw), key=lambda s: (s[1], s[0]))) for draw in drawn.tolist()]


def _struck(problem: Problem, rows: list[HazardRow], draw: list[list[float]]) -> list[tuple[str, int]]:
    found = []
    for row, (chance, place) in zip(rows, draw, strict=True):
        weeks = weeks_of(problem, row)
        if chance < row.chance:
            found.append((row.hazard, weeks[int(place * len(weeks))]))
    return found
