"""On-off columns brought in line with the tonnes of a point: nothing is changed that a planner would see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orebook.formulation.build import Formulation
from orebook.problem import Problem
from orebook.solver.matrix import Floats, Matrix

Places = NDArray[np.intp]

EMPTY = 1e-7
"""Tonnes or lots below which there is no order."""


@dataclass(frozen=True)
class _Pieces:
    """Of each piece of each slot, in their order: the columns of its order, lots and tonnes, -1 where it has none."""

    columns: tuple[Any, ...]
    """Those of the matrix that the places are in."""
    order: Places
    lots: Places
    tonnes: Places

    @classmethod
    def of(cls, formulation: Formulation, matrix: Matrix) -> _Pieces:
        column, m = matrix.column_of(), formulation.pyomo
        keys = [(*slot.key, piece.tier) for slot in formulation.slots for piece in slot.pieces]

        def places(variable: Any) -> Places:
            there = dict(variable.items())
            return np.array([column.get(id(there[key]), -1) if key in there else -1 for key in keys], np.intp)

        return cls(matrix.columns, places(m.order), places(m.lots), places(m.tonnes))


class Tidy:
    """Takes off tickets without tonnes and houses without tickets, and marks the prior orders that are kept."""

    def __init__(self, formulation: Formulation, problem: Problem) -> None:
        self._formulation, self._m = formulation, formulation.pyomo
        self._slots = formulation.slots
        self._prior = problem.prior
        self._house = [slot.offer.house for slot in self._slots for _ in slot.pieces]
        self._frozen = np.array([slot.frozen_t is not None for slot in self._slots for _ in slot.pieces], bool)
        self._known: _Pieces | None = None

    def apply(self, matrix: Matrix, x: Floats) -> Floats:
        """The same point with its on-off columns in line."""
        pieces, column, tidied = self._pieces(matrix), matrix.column_of(), x.copy()
        carries = (_at(x, pieces.lots, 0.0) >= EMPTY) | (_at(x, pieces.tonnes, 0.0) >= EMPTY)
        off = pieces.order[~carries & ~self._frozen & (pieces.order >= 0)]
        tidied[off] = matrix.lower[off]
        engaged = {self._house[k] for k in np.flatnonzero(carries)}
        for house, z in self._m.engaged.items():
            if house not in engaged and id(z) in column:
                tidied[column[id(z)]] = 0.0
        return self._kept(column, x, tidied)

    def unplaced(self, matrix: Matrix, x: Floats) -> Places:
        """The columns of tonnes whose order is not placed at a point: they are 0, whatever a tolerance lets through."""
        pieces = self._pieces(matrix)
        none = _at(x, pieces.order, 1.0) == 0
        amounts = np.concatenate([pieces.lots[none], pieces.tonnes[none]])
        amounts = amounts[amounts >= 0]
        loose: Places = amounts[~matrix.integer[amounts]]
        return loose

    def _pieces(self, matrix: Matrix) -> _Pieces:
        if self._known is None or self._known.columns is not matrix.columns:
            self._known = _Pieces.of(self._formulation, matrix)
        return self._known

    def _kept(self, column: dict[int, int], x: Floats, tidied: Floats) -> Floats:
        m = self._m
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
            kept = abs(tonnes - self._prior[slot.key]) <= EMPTY
            tidied[column[id(m.kept[slot.key])]] = float(kept)
        return tidied


def _at(x: Floats, places: Places, else_: float) -> Floats:
    """A point's values at some places; `else_` where there is none."""
    return np.where(places >= 0, x[places], else_)
