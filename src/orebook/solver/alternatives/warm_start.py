"""Where a run may begin: the tickets of a plan that is known, held as they are or taken as a start."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from orebook.decisions import Decisions, Order
from orebook.exact import exact
from orebook.formulation.build import Formulation
from orebook.formulation.slots import OrderSlot, TierPiece
from orebook.plan import Plan
from orebook.problem import Offer, Problem
from orebook.schema.stages import StageName
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.solver import Solver

START_GAP = 1e-3
START_NODES = 20


@dataclass(frozen=True)
class WarmStart:
    """Tickets of a plan. Those of the `fixed_minerals` stay as they are; the others are where a search begins."""

    decisions: Decisions
    fixed_minerals: frozenset[str] = frozenset()

    @classmethod
    def prior(cls, problem: Problem) -> WarmStart | None:
        """The prior plan's tickets of offers that are still there; None where there are none."""
        prior = (Order(offer, week, exact(tonnes)) for (offer, week), tonnes in problem.prior.items())
        orders = _there(problem, prior)
        return cls(Decisions(orders)) if orders else None

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> WarmStart:
        """The tickets of a plan, of whatever instance, whose offers and weeks the problem has."""
        return cls(Decisions(_there(problem, Decisions.of(plan.document).orders)))

    def closed(self, offer: Offer, week: int) -> bool:
        """Whether an offer has no ticket in a week and may have none, as its mineral is held."""
        return offer.mineral in self.fixed_minerals and (offer.name, week) not in self._orders

    def with_fixed(self, formulation: Formulation, matrix: Matrix) -> Matrix:
        """The program in which the held minerals' tickets are fixed, tonnes and all."""
        if not self.fixed_minerals:
            return matrix
        columns, values = self._columns(formulation, matrix, self.fixed_minerals, whole_only=False)
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        lower[columns] = upper[columns] = values
        return replace(matrix, lower=lower, upper=upper)

    def as_point(self, formulation: Formulation, solver: Solver, stage: StageName, seconds: float) -> Floats | None:
        """The best plan with these tickets; where there is none, one with no more than them; None where neither is."""
        matrix = solver.matrix
        minerals = [m for m in matrix.blocks if m not in self.fixed_minerals]
        columns, values = self._columns(formulation, matrix, minerals, whole_only=True)
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        upper[columns] = np.clip(values, lower[columns], upper[columns])
        fixed = lower.copy()
        fixed[columns] = upper[columns]
        limits = Limits(START_GAP, 0.0, seconds, nodes=START_NODES)
        for low in (fixed, lower):
            part = Domain(low, upper, matrix.integer)
            outcome = solver.solve(matrix.cost[stage], matrix.offset[stage], limits, part=part, quiet=True)
            if outcome.has_plan:
                return outcome.x
        return None

    @cached_property
    def _orders(self) -> dict[tuple[str, int], Order]:
        return {(o.offer, o.week): o for o in self.decisions.orders}

    def _columns(
        self, formulation: Formulation, matrix: Matrix, minerals: Collection[str], *, whole_only: bool
    ) -> tuple[list[int], list[float]]:
        """The order columns of some minerals and what these tickets make them; `whole_only`: the integer ones."""
        orders = self._orders
        wanted, of, m = set(minerals), matrix.column_of(), formulation.pyomo
        columns, values = [], []
        for slot in formulation.slots:
            if slot.offer.mineral not in wanted or slot.frozen_t is not None:
                continue
            amounts = order_amounts(slot, orders.get(slot.key))
            for name, tier in order_variables(slot):
                variables, key = getattr(m, name), (*slot.key, tier)
                k = of.get(id(variables[key])) if key in variables else None
                if k is not None and (matrix.integer[k] or not whole_only):
                    columns.append(k)
                    values.append(amounts.get((name, tier), 0.0))
        return columns, values


def _there(problem: Problem, orders: Iterable[Order]) -> tuple[Order, ...]:
    """Those whose offer and week the problem has."""
    return tuple(order for order in orders if order.offer in problem.offers and order.week <= problem.weeks)


def order_variables(slot: OrderSlot) -> Iterator[tuple[str, int]]:
    """Component and tier of each variable that an order of a slot may have."""
    for tier in sorted({0, *(p.tier for p in slot.pieces)}):
        for name in ("order", "lots", "tonnes"):
            yield name, tier


def order_amounts(slot: OrderSlot, order: Order | None) -> Mapping[tuple[str, int], float]:
    """(component, tier) -> value of a slot's variables for an order; nothing where no piece can take it."""
    if order is None:
        return {}
    lot = slot.offer.lot_t
    if slot.incremental:
        return _filled(slot, float(order.tonnes))
    piece = _piece(slot, order)
    if piece is None:
        return {}
    tonnes = min(float(order.tonnes), piece.high)
    if lot is None:
        return {("order", piece.tier): 1.0, ("tonnes", piece.tier): tonnes}
    lots = min(float(round(order.tonnes / exact(lot))), piece.high_lots)
    return {("order", piece.tier): 1.0, ("lots", piece.tier): lots}


def _filled(slot: OrderSlot, tonnes: float) -> Mapping[tuple[str, int], float]:
    tonnes = min(tonnes, slot.high)
    values: dict[tuple[str, int], float] = {}
    if slot.offer.lot_t is not None:
        values["lots", 0] = round(tonnes / slot.offer.lot_t)
    for piece in slot.pieces:
        inside = min(max(0.0, tonnes - piece.from_t), piece.high)
        if inside > 0 or piece is slot.pieces[0]:
            values["order", piece.tier], values["tonnes", piece.tier] = 1.0, inside
    return values


def _piece(slot: OrderSlot, order: Order) -> TierPiece | None:
    """The piece that the order says it is priced at; else the cheapest that takes its tonnes; else the largest below."""
    tonnes = float(order.tonnes)
    fitting = [p for p in slot.pieces if p.low <= tonnes <= p.high]
    said = [p for p in fitting if order.tier is not None and p.from_t == float(order.tier)]
    below = [p for p in slot.pieces if p.low <= tonnes]
    return next(iter(said or sorted(fitting, key=lambda p: p.landed) or below[-1:]), None)
