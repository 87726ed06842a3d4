"""Policy rows in the units they are named in: how far a point breaks one, as a part of its limit, and the row so loosened.

A row of tonnes, money, days or houses is broken by so many of them. One on a share is broken by a part of 1: of what is bought,
so that the same tonnes are less of a larger purchase. With excess(x) = a x - b of `a x <= b` and total(x) what is bought,
    by = excess(x) / limit                    loosened:  a x <= b + by * limit
    by = excess(x) / (total(x) * limit)       loosened:  a x - by * limit * total(x) <= b            of a share
A share that only tickets without tonnes break (`share_tickets.py`) is broken by the first gram of theirs: by all of it.
Where all order cash is 0 or less, a share of it is broken by a part of its size, and loosened by so many USD:
    loosened:  a x <= b + excess(x)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp

from orebook.formulation.build import Formulation
from orebook.formulation.slots import OrderSlot
from orebook.problem import Problem, Share
from orebook.schema.rules import name_and_keys
from orebook.solver.lp.matrix import Floats, Matrix

ROW_PADDING_REL = 1e-9
"""Part of what a row gives way by that is added to it, so that the plan that needs it is not cut off by a rounding."""

TICKET = 0.5
"""Of a ticket, from which on there is one."""


Key = tuple[str, Any]
"""Component and index of a variable."""


@dataclass(frozen=True)
class PolicyRow:
    """Row `k` of a matrix, turned so that `row . x <= most`; `total` are the weights of what a share is of, else None.

    Points may have further columns behind the matrix's own. `tickets` are the rows that go with it, each `<= 0`, and `alone`
    is by how much, as a part of its limit, whoever these speak of breaks it where nobody else sells.
    """

    k: int
    row: sp.csr_array
    most: float
    limit: float
    total: Floats | None
    tickets: sp.csr_array | None = None
    alone: float = 0.0

    @classmethod
    def of(
        cls,
        problem: Problem,
        formulation: Formulation,
        matrix: Matrix,
        k: int,
        column_of: Mapping[Key, int] | None = None,
    ) -> PolicyRow:
        """The row as the matrix has it; `column_of`: where the formulation's variables stand in it, if not by their names."""
        sign = 1.0 if np.isfinite(matrix.row_upper[k]) else -1.0
        row = sp.csr_array(sign * matrix.A[[k], :])  # sparse: there may be thousands
        most = sign * float(matrix.row_upper[k] if sign > 0 else matrix.row_lower[k])
        name, key = name_and_keys(matrix.row_name(k))
        if name in ("share_max", "share_min"):
            share = next(s for s in problem.shares if (s.mineral, s.by, s.name) == key)
            limit = (share.max_share if name == "share_max" else share.min_share) or 0.0
            alone = limit if name == "share_min" else 1 - limit
            following = matrix.followers.get(k)
            tickets = None if following is None else sp.csr_array(matrix.A[list(following), :])
            total = _total(formulation, matrix, share, column_of or _by_name(matrix))
            return cls(k, row, most, limit or 1.0, total, tickets, alone / (limit or 1.0))
        if name == "shelf_lapsed":
            return cls(k, row, most, _at_first(problem, key[0]) or 1.0, None)
        limit = problem.minerals[key[0]].min_houses or 1 if name == "split_min_houses" else abs(most)
        return cls(k, row, most, float(limit) or 1.0, None)

    def excess(self, x: Floats) -> float:
        """By how much a point breaks the row, not below 0, in the row's own terms: tonnes or USD of a share."""
        return max(0.0, float((self.row @ x[: self.row.shape[1]])[0]) - self.most)

    def bought(self, x: Floats) -> float:
        """The size of what the share is of at a point; 1 for other rows, and where it is nothing."""
        return 1.0 if self.total is None else abs(self._whole(x)) or 1.0

    def _whole(self, x: Floats) -> float:
        """What the share is of at a point: of order cash also below 0."""
        return 0.0 if self.total is None else float(self.total @ x[: len(self.total)])

    def by(self, x: Floats) -> float:
        """By how much a point breaks the row, as a part of its limit."""
        by = self.excess(x) / (self.bought(x) * self.limit)
        return self.alone if by == 0 and self._by_tickets(x) else by

    def _by_tickets(self, x: Floats) -> bool:
        """Whether there is a ticket that may not be where the row holds: by more than the whole numbers' tolerance."""
        tickets = self.tickets
        return tickets is not None and bool((tickets @ x[: tickets.shape[1]] > TICKET).any())

    def loosened(self, matrix: Matrix, x: Floats) -> Matrix:
        """The matrix with this row loosened by as much as a point breaks it."""
        by = self.by(x) * (1 + ROW_PADDING_REL)
        sign = 1.0 if np.isfinite(matrix.row_upper[self.k]) else -1.0
        lower, upper = matrix.row_lower.copy(), matrix.row_upper.copy()
        if self.total is None or (self._whole(x) <= 0 and self.excess(x) > 0):
            over = by * self.limit * self.bought(x)
            lower[self.k] -= over if sign < 0 else 0.0
            upper[self.k] += over if sign > 0 else 0.0
            return replace(matrix, row_lower=lower, row_upper=upper)
        row = sp.csr_array((sign * (self.row.toarray().ravel() - by * self.limit * self.total)).reshape(1, -1))
        rows = [matrix.A[: self.k], row, matrix.A[self.k + 1 :]]
        return replace(matrix, A=sp.csr_array(sp.vstack(rows, format="csr")))


def _at_first(problem: Problem, mineral: str) -> float:
    """Tonnes of a mineral in store and under way before anything is ordered: what a part of it may lapse of."""
    stock = sum(tonnes for (i, _), tonnes in problem.stock.items() if i == mineral)
    return stock + sum(order.tonnes for order in problem.inbound if order.mineral == mineral)


def _by_name(matrix: Matrix) -> dict[Key, int]:
    return {(c.parent_component().local_name, c.index()): k for k, c in enumerate(matrix.columns)}


def _total(formulation: Formulation, matrix: Matrix, share: Share, columns: Mapping[Key, int]) -> Floats:
    """The weights of all order cash, or of all tonnes of a share's mineral."""
    weights = np.zeros(len(matrix.columns))
    for slot in formulation.slots:
        if share.mineral in ("*", slot.offer.mineral):
            terms = _cash(slot) if share.mineral == "*" else _tonnes(slot)
            for key, weight in terms:
                if key in columns:
                    weights[columns[key]] += weight
    return weights


def _tonnes(slot: OrderSlot) -> Iterable[tuple[Any, float]]:
    lot = slot.offer.lot_t
    if lot is not None and slot.incremental:
        yield ("lots", (*slot.key, 0)), lot
        return
    for piece in slot.pieces:
        yield ("tonnes" if lot is None else "lots", (*slot.key, piece.tier)), lot or 1.0


def _cash(slot: OrderSlot) -> Iterable[tuple[Any, float]]:
    for k, piece in enumerate(slot.pieces):
        key = (*slot.key, piece.tier)
        yield (
            ("lots", key) if slot.in_lots else ("tonnes", key),
            piece.landed * ((slot.offer.lot_t or 1.0) if slot.in_lots else 1.0),
        )
        if k == 0 or not slot.incremental:
            yield ("order", key), slot.offer.order_fee_usd


def excused(matrix: Matrix, rows: Iterable[int]) -> frozenset[tuple[str, str]]:
    """(rule, row) of rows that give way."""
    return frozenset((matrix.row_rule(k), matrix.row_name(k)) for k in rows)
