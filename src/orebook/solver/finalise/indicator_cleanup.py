"""On-off columns brought in line with the tonnes of a point: nothing is changed that a planner would see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from orebook.formulation.build import Formulation
from orebook.problem import Problem
from orebook.solver.lp.matrix import Floats, Matrix, Places

EMPTY_T = 1e-9
"""Tonnes or lots below which there is no order."""


class IndicatorCleanup:
    """Takes off tickets without tonnes and houses without tickets, and marks the prior orders that are kept.

    Where every variable stands is looked up once, in a matrix of the formulation; all others have the same columns.
    """

    def __init__(self, formulation: Formulation, problem: Problem, matrix: Matrix) -> None:
        self._m = formulation.pyomo
        self._slots = formulation.slots
        self._prior = problem.prior
        self._column = matrix.column_of()
        pieces = [(slot, piece) for slot in self._slots for piece in slot.pieces]
        keys = [(*slot.key, piece.tier) for slot, piece in pieces]
        self._order, self._lots, self._tonnes = (
            self._places(variable, keys) for variable in (self._m.order, self._m.lots, self._m.tonnes)
        )
        self._house = [slot.offer.house for slot, _ in pieces]
        self._frozen = np.array([slot.frozen_t is not None for slot, _ in pieces], bool)

    def _places(self, variable: Any, keys: Sequence[tuple[str, int, int]]) -> Places:
        """The column of each piece's variable; -1 where it has none."""
        there = dict(variable.items())
        return np.array([self._column.get(id(there[k]), -1) if k in there else -1 for k in keys], np.intp)

    def apply(self, matrix: Matrix, x: Floats) -> Floats:
        """The same point with its on-off columns in line."""
        column, tidied = self._column, x.copy()
        carries = (_at(x, self._lots, 0.0) >= EMPTY_T) | (_at(x, self._tonnes, 0.0) >= EMPTY_T)
        off = self._order[~carries & ~self._frozen & (self._order >= 0)]
        tidied[off] = matrix.lower[off]
        engaged = {self._house[k] for k in np.flatnonzero(carries)}
        for house, z in self._m.engaged.items():
            if house not in engaged and id(z) in column:
                tidied[column[id(z)]] = 0.0
        return self._kept(x, tidied)

    def takes_off(self, x: Floats, tidied: Floats) -> bool:
        """Whether a point has tickets that it has not as tidied."""
        orders = self._order[self._order >= 0]
        return not np.array_equal(x[orders], tidied[orders])

    def unplaced(self, matrix: Matrix, x: Floats) -> Places:
        """The columns of tonnes whose order is not placed at a point: they are 0, whatever a tolerance lets through."""
        none = _at(x, self._order, 1.0) == 0
        amounts = np.concatenate([self._lots[none], self._tonnes[none]])
        amounts = amounts[amounts >= 0]
        loose: Places = amounts[~matrix.integer[amounts]]
        return loose

    def _kept(self, x: Floats, tidied: Floats) -> Floats:
        m, column = self._m, self._column
        if not hasattr(m, "kept"):
            return tidied
        for slot in self._slots:
            if slot.key not in m.kept:
                continue
            lot = slot.offer.lot_t or 1.0
            tonnes = 0.0
            for piece in slot.pieces:
                key = (*slot.key, piece.tier)
                for variables, size in ((m.lots, lot), (m.tonnes, 0.0 if slot.offer.lot_t else 1.0)):
                    if key in variables and id(variables[key]) in column:
                        tonnes += size * x[column[id(variables[key])]]
            kept = abs(tonnes - self._prior[slot.key]) <= EMPTY_T
            tidied[column[id(m.kept[slot.key])]] = float(kept)
        return tidied


def _at(x: Floats, places: Places, else_: float) -> Floats:
    """A point's values at some places; `else_` where there is none."""
    return np.where(places >= 0, x[places], else_)
