"""The joint program under a condition on the orders of the weeks that are now, which are barred, forced or held fixed.

All futures share these orders; nothing else changes, and the stages are solved as a hedged run solves them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from orebook.decisions import Order
from orebook.formulation.slots import OrderSlot
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.solver.alternatives.warm_start import order_amounts, order_variables
from orebook.solver.clock import Clock
from orebook.solver.hedge.futures import now_weeks
from orebook.solver.hedge.joint_program import JointProgram
from orebook.solver.hedge.joint_stages import JointStages, Reached
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options

Place = tuple[str, int]
"""Offer and week."""


@dataclass(frozen=True)
class Condition:
    """A condition on the orders of the weeks that are now.

    `barred` are not placed. `least` are tonnes that several places have at least together. Where `held` is given, the orders
    are those and no others, but for the `free` places, and but for one more ticket where `one_more` is set.
    """

    barred: frozenset[Place] = frozenset()
    least: tuple[tuple[frozenset[Place], float], ...] = ()
    held: Mapping[Place, Order] | None = None
    free: frozenset[Place] = frozenset()
    one_more: bool = False


def solve_under(
    joint: JointProgram,
    model: Model,
    options: Options,
    risk: RiskMeasure,
    condition: Condition,
    start: Floats | None = None,
    stop: Stop | None = None,
) -> Reached:
    """What the stages come to under a condition. Raises NoPlanError where it leaves no plan, StoppedError where a limit came
    before any plan, SolveError where the plans do not stand up to the judge."""
    stages = JointStages(joint, model, options, risk, stop or Stop(), insist=True)
    return stages.solve(conditioned(joint, condition), Clock(options.time_limit_s, options.shares), start)


def now_slots(joint: JointProgram) -> Mapping[Place, OrderSlot]:
    """Each offer and week that is now in which anything can be ordered."""
    now = now_weeks(joint.futures)
    return {slot.key: slot for slot in joint.formulations[0].slots if slot.week <= now}


def conditioned(joint: JointProgram, condition: Condition) -> Matrix:
    """The joint program with the rows and bounds of a condition."""
    slots, place = now_slots(joint), dict(joint.columns(0))
    matrix = joint.matrix
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    for key in condition.barred & slots.keys():
        for name, tier in order_variables(slots[key]):
            _set(lower, upper, place.get((name, (*key, tier))), 0.0)
    rows = [_tonnes(slots, place, keys, len(lower)) for keys, _ in condition.least]
    low, high = [tonnes for _, tonnes in condition.least], [np.inf for _ in condition.least]
    if condition.held is not None:
        standing = {key: slot for key, slot in slots.items() if key not in condition.free}
        others = [key for key in standing if key not in condition.held]
        for key, slot in standing.items():
            if key in condition.held or not condition.one_more:
                amounts = order_amounts(slot, condition.held.get(key))
                for name, tier in order_variables(slot):
                    _set(lower, upper, place.get((name, (*key, tier))), amounts.get((name, tier), 0.0))
        if condition.one_more and others:
            rows.append(_placed(slots, place, others, len(lower)))
            low.append(-np.inf)
            high.append(1.0)
    matrix = replace(matrix, lower=lower, upper=upper)
    return matrix.with_rows(sp.csr_array(np.vstack(rows)), np.array(low), np.array(high)) if rows else matrix


def _set(lower: Floats, upper: Floats, column: int | None, value: float) -> None:
    if column is not None:
        lower[column] = upper[column] = value


def _tonnes(
    slots: Mapping[Place, OrderSlot], place: Mapping[tuple[str, object], int], keys: Iterable[Place], width: int
) -> Floats:
    """The tonnes ordered in some places, as a row."""
    row = np.zeros(width)
    for slot in (slots[key] for key in keys if key in slots):
        lots = slot.in_lots
        for piece in slot.pieces:
            column = place.get(("lots" if lots else "tonnes", (*slot.key, piece.tier)))
            if column is not None:
                row[column] = float(slot.offer.lot_t or 1.0) if lots else 1.0
    return row


def _placed(
    slots: Mapping[Place, OrderSlot], place: Mapping[tuple[str, object], int], keys: Iterable[Place], width: int
) -> Floats:
    """How many tickets some places have, as a row: pieces that are filled one after the other are one ticket."""
    row = np.zeros(width)
    for slot in (slots[key] for key in keys):
        for piece in slot.pieces[:1] if slot.incremental else slot.pieces:
            column = place.get(("order", (*slot.key, piece.tier)))
            if column is not None:
                row[column] = 1.0
    return row
