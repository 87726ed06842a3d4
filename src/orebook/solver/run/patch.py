"""A built model made the model of a changed problem: new figures go where they belong, and nothing else is built again.

The rows and columns of the minerals that a change touches are formulated again, by the same code as a whole model, and
their coefficients, limits and bounds take the places of the old ones. Rows and columns themselves stay: a change that
brings or takes away one is refused (`UnpatchableError`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from orebook.formulation.bounds import Bounds
from orebook.formulation.build import build_part
from orebook.formulation.change_impact import TouchesAllError, moved_sites, touched
from orebook.formulation.prices import PriceBook
from orebook.formulation.slots import OrderSlot, slots_among
from orebook.placement import placed
from orebook.problem import Offer, Problem
from orebook.schema.model import Model
from orebook.solver.lp.matrix import Floats, Mask, Matrix, Places, matrix_of
from orebook.solver.run.built_model import BuiltModel, Key

MAX_CHANGED_SHARE = 0.5
"""Part of the minerals from which on building all of them again is no slower."""


MONEY = frozenset({"cash", "draw", "receipts", "repay", "idle"})
"""Columns of money, which every part is built with."""


class UnpatchableError(Exception):
    """The change needs other rows or columns; its text says which."""


def patched(base: BuiltModel, problem: Problem, model: Model) -> BuiltModel:
    """The model of a changed problem, from that of the one before. Raises UnpatchableError with the reason."""
    if model != base.model:
        raise UnpatchableError("the rules or stages are others")
    try:
        minerals = touched(base.problem, problem)
    except TouchesAllError as error:
        raise UnpatchableError(str(error)) from None
    _worth_it(minerals, problem)
    if model.on("frozen") and placed(base.problem) != placed(problem):
        raise UnpatchableError("goods of frozen tickets are placed elsewhere")
    slots, left_out, minerals = _slots(base, problem, minerals)
    minerals |= _witnesses(base, moved_sites(base.problem, problem))
    _worth_it(minerals, problem)
    formulation = build_part(problem, model, slots, minerals)
    part = BuiltModel(problem, model, formulation, matrix_of(formulation))
    matrix = _Splice(base, part, minerals).matrix()
    whole = replace(
        base.formulation,
        slots=slots,
        left_out=left_out,
        offer_mineral=formulation.offer_mineral,
        withdrawal_mineral=formulation.withdrawal_mineral,
        bid_mineral=formulation.bid_mineral,
        conversion_mineral=formulation.conversion_mineral,
    )
    return BuiltModel(problem, model, whole, matrix)


def _worth_it(minerals: set[str], problem: Problem) -> None:
    if len(minerals) > MAX_CHANGED_SHARE * len(problem.minerals):
        raise UnpatchableError("the figures of most minerals change")


def _slots(
    base: BuiltModel, problem: Problem, minerals: set[str]
) -> tuple[tuple[OrderSlot, ...], Counter[str], set[str]]:
    """The slots of the changed problem, how many were left out, and the minerals whose slots or data are others."""
    model, old = base.model, base.formulation
    bounds = Bounds(problem, model, PriceBook(problem, base.bounds.book, minerals))
    if bounds.common() != base.bounds.common():
        slots, left_out = slots_among(problem.offers.values(), problem, model, bounds)
        return slots, left_out, minerals | {s.offer.mineral for s in set(slots) ^ set(old.slots)}
    anew, left_now = slots_among(_of(problem, minerals), problem, model, bounds)
    _, left_then = slots_among(_of(base.problem, minerals), base.problem, model, base.bounds)
    left_out = Counter(old.left_out)
    left_out.subtract(left_then)
    left_out.update(left_now)
    slots = tuple(sorted((*(s for s in old.slots if s.offer.mineral not in minerals), *anew), key=lambda s: s.key))
    return slots, +left_out, minerals


def _of(problem: Problem, minerals: set[str]) -> list[Offer]:
    return [o for o in problem.offers.values() if o.mineral in minerals]


def _witnesses(base: BuiltModel, sites: set[str]) -> set[str]:
    """A mineral in each row of these stores, so that the row is formulated again."""
    found: set[str] = set()
    if not sites:
        return found
    a = base.matrix.A
    for (_, index), k in base.rows.items():
        if isinstance(index, tuple) and index[0] in sites:
            mine = [m for j in a.indices[a.indptr[k] : a.indptr[k + 1]] if (m := base.minerals[j])]
            if mine and found.isdisjoint(mine):
                found.add(mine[0])
    return found


@dataclass
class _Splice:
    """The part of some minerals put in the place of what the whole has of them."""

    base: BuiltModel
    part: BuiltModel
    minerals: set[str]

    def matrix(self) -> Matrix:
        """The whole with the part in its place. Raises UnpatchableError where rows or columns are not the same."""
        whole, part = self.base.matrix, self.part.matrix
        if whole.cost.keys() != part.cost.keys():
            raise UnpatchableError("other stages apply")
        self._columns = _places(self.part.columns, self.base.columns, "column")
        self._rows = _places(self.part.rows, self.base.rows, "row")
        self._check_columns()
        self._check_rows()
        lower, upper, row_lower, row_upper = (
            x.copy() for x in (whole.lower, whole.upper, whole.row_lower, whole.row_upper)
        )
        lower[self._columns], upper[self._columns] = part.lower, part.upper
        row_lower[self._rows], row_upper[self._rows] = part.row_lower, part.row_upper
        cost = {stage: c.copy() for stage, c in whole.cost.items()}
        for stage, c in part.cost.items():
            cost[stage][self._columns] = c
        coefficients = self._coefficients()
        self._check_used(coefficients, list(cost.values()))
        return replace(
            whole,
            A=coefficients,
            row_lower=row_lower,
            row_upper=row_upper,
            lower=lower,
            upper=upper,
            cost=cost,
            offset=part.offset,
        )

    def _coefficients(self) -> sp.csr_array:
        whole, part, row = self.base.matrix.A, self.part.matrix.A.tocoo(), self.base.matrix.row
        again = np.zeros(whole.shape[0], bool)
        again[self._rows] = True
        stays = ~(again[row] & (self._mine | self._shared)[whole.indices])
        places = (
            np.concatenate([row[stays], self._rows[part.row]]),
            np.concatenate([whole.indices[stays], self._columns[part.col]]),
        )
        return sp.csr_array((np.concatenate([whole.data[stays], part.data]), places), shape=whole.shape)

    def _check_columns(self) -> None:
        whole = self.base
        mineral = np.array(whole.minerals, dtype=object)
        self._mine, self._shared = np.isin(mineral, list(self.minerals)), mineral == ""
        there = np.zeros(len(mineral), bool)
        there[self._columns] = True
        money = np.array([c in MONEY for c, _ in whole.columns], bool)
        engaged = self.part.formulation.pyomo.engaged
        unfounded = np.array([c == "engaged" and index not in engaged for c, index in whole.columns], bool)
        gone = (self._mine | money | unfounded) & ~there
        if gone.any():
            raise self._goes(gone)
        if (whole.matrix.integer[self._columns] != self.part.matrix.integer).any():
            raise UnpatchableError("a column is whole in one of the two only")

    def _check_used(self, a: sp.csr_array, costs: Iterable[Floats]) -> None:
        """A column that no row and no measure has any more would not be built."""
        unused = np.ones(a.shape[1], bool)
        unused[self._columns] = False
        unused[a.indices] = False
        for cost in costs:
            unused &= cost == 0
        if unused.any():
            raise self._goes(unused)

    def _goes(self, columns: Mask) -> UnpatchableError:
        return UnpatchableError(f"a column goes: {self.base.matrix.columns[int(np.flatnonzero(columns)[0])].name}")

    def _check_rows(self) -> None:
        """Every row with a part of these minerals, and every row that has a part of none, is formulated again."""
        whole = self.base.matrix
        row = whole.row
        owned = np.zeros(whole.A.shape[0], bool)
        owned[row[~self._shared[whole.A.indices]]] = True
        due = ~owned
        due[row[self._mine[whole.A.indices]]] = True
        due[self._rows] = False
        if due.any():
            raise UnpatchableError(f"a row goes: {whole.row_name(int(np.flatnonzero(due)[0]))}")


def _places(part: dict[Key, int], whole: dict[Key, int], kind: str) -> Places:
    new = next((key for key in part if key not in whole), None)
    if new is not None:
        raise UnpatchableError(f"a {kind} comes: {new[0]}[{','.join(map(str, _listed(new[1])))}]")
    return np.fromiter((whole[key] for key in part), np.intp, len(part))


def _listed(index: object) -> Iterable[object]:
    return () if index is None else index if isinstance(index, tuple) else (index,)
