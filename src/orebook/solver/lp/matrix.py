"""A formulation as arrays: one matrix, one cost vector a stage, and the way back to names.

minimise  c[stage] . x + offset[stage]    subject to  row_lower <= A x <= row_upper,  lower <= x <= upper,
                                                      x[j] integer where integer[j]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.collector import collector_paused

if TYPE_CHECKING:
    from orebook.formulation.build import Formulation

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Kept:
    """The row in which an earlier stage's measure is kept; `hair` is the part of its limit that is there for rounding alone."""

    row: int
    stage: str
    most: float
    hair: float


@dataclass(frozen=True)
class Matrix:
    """A mixed-integer linear program; rows are named and know their rule. Integer bounds are whole numbers."""

    A: sp.csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    cost: dict[str, Floats]
    offset: dict[str, float]
    rows: tuple[Any, ...]
    """The Pyomo constraint of each row; None for the measure of an earlier stage."""
    columns: tuple[Any, ...]
    """The Pyomo variable of each column."""
    rule_of: dict[str, str]
    block: NDArray[np.int32]
    """The mineral of each column by its place in `blocks`; -1 for columns that several minerals share."""
    blocks: tuple[str, ...]
    pyomo: Any
    """The Pyomo model: rows and columns refer to it weakly, so it must live as long as they do."""
    kept: tuple[Kept, ...] = ()
    """Measures of earlier stages that are kept, but for a hair."""

    @cached_property
    def row(self) -> NDArray[np.intp]:
        """The row of each entry of `A`."""
        return np.repeat(np.arange(self.A.shape[0]), np.diff(self.A.indptr))

    @cached_property
    def row_block(self) -> NDArray[np.int32]:
        """The mineral of each row whose columns all belong to it or to none; -1 for the others."""
        first = np.full(self.A.shape[0], -1, np.int32)
        shared = np.zeros(self.A.shape[0], bool)
        block = self.block[self.A.indices]
        row, block = self.row[block >= 0], block[block >= 0]
        first[row] = block
        shared[row[first[row] != block]] = True
        return np.where(shared, -1, first)

    def by_block(self, figures: Floats) -> Floats:
        """The sum of a figure over each mineral's columns."""
        return _summed(self.block, figures, len(self.blocks))

    def by_row_block(self, figures: Floats) -> Floats:
        """The sum of a figure over each mineral's own rows."""
        return _summed(self.row_block, figures, len(self.blocks))

    def row_name(self, k: int) -> str:
        """The name of a row, such as `site_room[depot,3]`; `held` for the measure of an earlier stage."""
        return "held" if self.rows[k] is None else str(self.rows[k].name)

    def row_rule(self, k: int) -> str:
        """The rule a row belongs to; `stage` for the measure of an earlier stage."""
        return "stage" if self.rows[k] is None else self.rule_of[self.rows[k].parent_component().local_name]

    def value(self, stage: str, x: Floats) -> float:
        """The measure of a stage at a point."""
        return float(self.cost[stage] @ x) + self.offset[stage]

    @cached_property
    def followers(self) -> dict[int, tuple[int, ...]]:
        """Row -> the rows that go where it goes: they say of tickets what it says of tonnes (`share_tickets.py`)."""
        # here alone: a process of the audit has no names, and reads no formulation
        from orebook.formulation.share_tickets import share_of

        named = [(k, c.parent_component(), c.index()) for k, c in enumerate(self.rows) if c is not None]
        place = {(id(of.parent_block()), of.local_name, index): k for k, of, index in named}
        found: dict[int, tuple[int, ...]] = {}
        for k, of, index in named:
            share = share_of(of.local_name, index)
            if share is not None and (row := place.get((id(of.parent_block()), *share))) is not None:
                found[row] = (*found.get(row, ()), k)
        return found

    def without(self, rows: Iterable[int]) -> Matrix:
        """The same program in which some rows, and those that go with them, ask nothing."""
        out = [j for k in rows for j in (k, *self.followers.get(k, ()))]
        lower, upper = self.row_lower.copy(), self.row_upper.copy()
        lower[out], upper[out] = -np.inf, np.inf
        return replace(self, row_lower=lower, row_upper=upper)

    def holding(self, stage: str, most: float) -> Matrix:
        """The same program with the measure of a stage held: c[stage] . x + offset[stage] <= most."""
        row = sp.csr_array(self.cost[stage].reshape(1, -1))
        return self.with_rows(row, np.array([-np.inf]), np.array([most - self.offset[stage]]))

    def keeping(self, stage: str, most: float, hair: float) -> Matrix:
        """The same, and it is known that a hair of the limit is there for rounding alone."""
        kept = Kept(self.A.shape[0], stage, most, hair)
        return replace(self.holding(stage, most), kept=(*self.kept, kept))

    def with_hair(self, part: float) -> Matrix:
        """The same program with a part, 0 to 1, of the hairs of what is kept; what is known of them stays."""
        upper = self.row_upper.copy()
        for kept in self.kept:
            upper[kept.row] = kept.most - (1 - part) * kept.hair - self.offset[kept.stage]
        return replace(self, row_upper=upper)

    def with_rows(self, rows: sp.csr_array, lower: Floats, upper: Floats) -> Matrix:
        """The same program with more rows, which have no name: lower <= rows . x <= upper."""
        return replace(
            self,
            A=sp.csr_array(sp.vstack([self.A, rows], format="csr")),
            row_lower=np.append(self.row_lower, lower),
            row_upper=np.append(self.row_upper, upper),
            rows=(*self.rows, *(None,) * len(lower)),
        )

    def part(self, rows: Mask, columns: Mask) -> Matrix:
        """The program of some rows and some columns, without names and stages."""
        return replace(
            self,
            A=sp.csr_array(self.A[:, columns][rows]),
            row_lower=self.row_lower[rows],
            row_upper=self.row_upper[rows],
            lower=self.lower[columns],
            upper=self.upper[columns],
            integer=self.integer[columns],
            cost={},
            offset={},
            rows=(None,) * int(rows.sum()),
            columns=(None,) * int(columns.sum()),
            block=self.block[columns],
            kept=(),
        )

    def bare(self) -> Matrix:
        """The same program without the Pyomo objects behind its names, to hand to another process."""
        return replace(self, rows=(None,) * len(self.rows), columns=(None,) * len(self.columns), pyomo=None)

    def column_of(self) -> dict[int, int]:
        """id of a Pyomo variable -> its column; variables that appear nowhere have none."""
        return {id(v): k for k, v in enumerate(self.columns)}


def _summed(block: NDArray[np.int32], figures: Floats, blocks: int) -> Floats:
    own = block >= 0
    return np.bincount(block[own], figures[own], blocks).astype(float)


@collector_paused()
def matrix_of(formulation: Formulation) -> Matrix:
    """Compile a formulation. Fractional bounds of integer columns are rounded inwards."""
    from orebook.solver.lp.compile import compiled  # a process that is handed a matrix has no use for all of Pyomo

    form = compiled(formulation.pyomo)
    integer = np.fromiter((not v.is_continuous() for v in form.columns), bool, len(form.columns))
    bounds = [v.bounds for v in form.columns]
    lower = np.array([-np.inf if b[0] is None else float(b[0]) for b in bounds])
    upper = np.array([np.inf if b[1] is None else float(b[1]) for b in bounds])
    lower[integer], upper[integer] = np.ceil(lower[integer]), np.floor(upper[integer])
    blocks = tuple(sorted({slot.offer.mineral for slot in formulation.slots}))
    place = {mineral: k for k, mineral in enumerate(blocks)}
    block = [place.get(mineral, -1) for mineral in formulation.minerals_of(form.columns)]
    return Matrix(
        A=form.A,
        row_lower=form.row_lower,
        row_upper=form.row_upper,
        lower=lower,
        upper=upper,
        integer=integer,
        cost={m.removeprefix("measure_"): form.cost[k] for k, m in enumerate(form.measures)},
        offset={m.removeprefix("measure_"): float(form.offset[k]) for k, m in enumerate(form.measures)},
        rows=form.rows,
        columns=form.columns,
        rule_of=formulation.rule_of,
        block=np.array(block, np.int32),
        blocks=blocks,
        pyomo=formulation.pyomo,
    )
