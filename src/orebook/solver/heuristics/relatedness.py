"""Who is freed together with a mineral that loses: mostly those that stand against it in full stores, at times any.

What a mineral by itself would rather have is often no more than room that others take; drawn blindly, those others are seldom
in its company (neighbourhoods by what is related: Shaw, CP 1998, LNCS 1520, 417-431).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from orebook.solver.heuristics.decomposition import Minerals
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.parameters import SEARCH, SearchParameters


@dataclass
class Relatedness:
    """What minerals take of a program's shared limits."""

    matrix: Matrix
    parameters: SearchParameters = SEARCH

    def of(self, leader: int, x: Floats, many: int, rng: np.random.Generator) -> Minerals:
        """So many other minerals, drawn at a plan."""
        others = np.delete(np.arange(len(self.matrix.blocks)), leader)
        many = min(many, len(others))
        if many == 0:
            return others[:0]
        related = self.related(leader, x)[others]
        even = np.full(len(others), 1 / len(others))
        by_rows = self.parameters.related_chance
        chances = (1 - by_rows) * even + by_rows * related / related.sum() if related.any() else even
        return rng.choice(others, many, replace=False, p=chances)

    def related(self, leader: int, x: Floats) -> Floats:
        """Of each mineral: sum over full rows of sqrt(its part of the limit * the leader's part), without a unit."""
        parts = self._parts(x)
        return np.asarray(np.sqrt(parts[:, [leader]] * parts).sum(axis=0))

    def _parts(self, x: Floats) -> Floats:
        """What each mineral (columns) takes of each full row's limit (rows) that few have to do with."""
        rows, limits = self._limited
        full = np.flatnonzero(rows @ x >= self.parameters.full_row_share * limits)
        parts = (abs(rows[full]) @ sp.diags_array(np.abs(x)) @ self._own).toarray() / limits[full, None]
        return np.asarray(parts[(parts > 0).sum(axis=1) <= self.parameters.max_mineral_share * parts.shape[1]])

    @cached_property
    def _limited(self) -> tuple[sp.csr_array, Floats]:
        """Rows that minerals share and that only hold something under a limit, and the limits."""
        matrix = self.matrix
        limit = matrix.row_upper
        limited = (matrix.row_block < 0) & np.isneginf(matrix.row_lower) & np.isfinite(limit) & (limit > 0)
        return sp.csr_array(matrix.A[np.flatnonzero(limited)]), limit[limited]

    @cached_property
    def _own(self) -> sp.csr_array:
        """1 where a column (rows) is a mineral's (columns)."""
        block = self.matrix.block
        own = np.flatnonzero(block >= 0)
        return sp.csr_array((np.ones(len(own)), (own, block[own])), shape=(len(block), len(self.matrix.blocks)))
