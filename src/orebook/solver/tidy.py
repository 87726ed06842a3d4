"""On-off columns brought in line with the tonnes of a point: nothing is changed that a planner would see."""

from __future__ import annotations

from orebook.formulation.build import Formulation
from orebook.formulation.slots import Slot
from orebook.problem import Problem
from orebook.solver.matrix import Floats, Matrix

EMPTY = 1e-7
"""Tonnes or lots below which there is no order."""


class Tidy:
    """Takes off tickets without tonnes and houses without tickets, and marks the prior orders that are kept."""

    def __init__(self, formulation: Formulation, problem: Problem) -> None:
        self._m = formulation.pyomo
        self._slots = formulation.slots
        self._prior = problem.prior

    def apply(self, matrix: Matrix, x: Floats) -> Floats:
        """The same point with its on-off columns in line."""
        column, tidied = matrix.column_of(), x.copy()
        m = self._m
        engaged: set[str] = set()
        for slot in self._slots:
            for piece in slot.pieces:
                order = column.get(id(m.order[*slot.key, piece.tier]))
                carries = any(x[k] >= EMPTY for k in self._amounts(slot, piece.tier, column))
                if carries:
                    engaged.add(slot.offer.house)
                elif order is not None and slot.frozen_t is None:
                    tidied[order] = matrix.lower[order]
        for house, z in m.engaged.items():
            if house not in engaged and id(z) in column:
                tidied[column[id(z)]] = 0.0
        return self._kept(column, x, tidied)

    def unplaced(self, matrix: Matrix, x: Floats) -> list[int]:
        """The columns of tonnes whose order is not placed at a point: they are 0, whatever a tolerance lets through."""
        column = matrix.column_of()
        return [
            k
            for slot in self._slots
            for piece in slot.pieces
            if (order := column.get(id(self._m.order[*slot.key, piece.tier]))) is not None and x[order] == 0
            for k in self._amounts(slot, piece.tier, column)
            if not matrix.integer[k]
        ]

    def _amounts(self, slot: Slot, tier: int, column: dict[int, int]) -> list[int]:
        key = (*slot.key, tier)
        found = [v[key] for v in (self._m.lots, self._m.tonnes) if key in v]
        return [column[id(v)] for v in found if id(v) in column]

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
