"""What other solvers find of a stage, and the plan that a point of theirs stands for.

A solver's word counts for nothing: its whole numbers are kept, the rest is solved again to a billionth, the rows are added up,
and the judge is asked. What is left is a plan, exact enough to refute a bound with; all else is a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from orebook.decisions import Decisions, Draw, Order, Out, Put
from orebook.exact import Fraction, exact
from orebook.formulation.build import Formulation, build
from orebook.judge import Judge
from orebook.problem import Problem
from orebook.rounding.money import with_money
from orebook.schema.model import Model
from orebook.solver.lp.matrix import Floats, Matrix, matrix_of
from tests.second import scip
from tests.second.door import Asked, Point, Program
from tests.second.plain_highs import lp_of

SECONDS = 10.0
STRICT = 1e-9
"""Part of a row (of its limit, or its largest term) that a plan may miss."""
PEERS = ("highs off", "scip", "highs on")


@dataclass(frozen=True)
class Side:
    """A formulation with its matrix: as orebook has it, or as a modeller would word it at first."""

    formulation: Formulation
    matrix: Matrix

    def holding(self, stage: str, most: float) -> Side:
        """The same with the measure of a stage held."""
        return replace(self, matrix=self.matrix.holding(stage, most))


def claim(peer: str, side: Side, stage: str) -> Point:
    """What a solver says is the least of a stage's measure."""
    if peer == "scip":
        point = scip.solve(side.matrix, stage, Asked(seconds=SECONDS))
        # scaled by powers of two it calls some programs infeasible that have a plan, as they stand it does not
        return point if point.x is not None else scip.solve(side.matrix, stage, Asked(seconds=SECONDS, scaled=False))
    return _highs(Program.of(side.matrix, stage), presolve=peer == "highs on")


def _highs(program: Program, *, presolve: bool, to: float | None = None) -> Point:
    """HiGHS, presolve rule *probing* off, to gap 0; `to` is what rows may miss, its default where none is said."""
    highs = highspy.Highs()
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "presolve": "choose" if presolve else "off",
        "presolve_rule_off": 32768,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-12,
        "time_limit": SECONDS,
    }
    options |= {} if to is None else {"primal_feasibility_tolerance": to, "dual_feasibility_tolerance": to}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(lp_of(program))
    highs.run()
    info, word = highs.getInfo(), highs.modelStatusToString(highs.getModelStatus())
    bound = program.measure(info.mip_dual_bound)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Point(word, None, bound=bound)
    x = program.point(np.asarray(highs.getSolution().col_value))
    return Point(word, x, program.measure(info.objective_function_value), bound)


class Arbiter:
    """Says of a point whether it is a plan, and what the plan is worth by each stage."""

    def __init__(self, problem: Problem, judge: Judge, excused: frozenset[tuple[str, str]], *, funded: bool) -> None:
        self._problem, self._judge, self._excused, self._funded = problem, judge, excused, funded

    def measures(self, side: Side, stage: str, x: Floats) -> Mapping[str, Fraction] | None:
        """The judged measures of the best plan with these whole numbers; None where there is no such plan."""
        strict = polished(side.matrix, stage, x)
        if strict is None:
            return None
        decisions = self._decisions(side, strict)
        judgement = self._judge.judge(decisions)
        if any((b.rule, b.row) not in self._excused for b in judgement.breaches):
            return None
        return judgement.measures

    def _decisions(self, side: Side, x: Floats) -> Decisions:
        values: dict[tuple[str, Any], float] = defaultdict(float)
        for k, v in enumerate(side.matrix.columns):
            values[v.parent_component().local_name, v.index()] = float(x[k])
        orders = tuple(o for slot in side.formulation.slots for o in _orders(slot, values))
        bare = Decisions(orders=orders, puts=self._puts(orders, values), outs=self._outs(values))
        if not self._funded:
            return bare
        if self._problem.money_returns_from is not None:
            return with_money(self._problem, bare, self._judge.cash(bare), values, funded=True)
        draws = []
        for week, cash in ((w.week, w.cash_usd) for w in self._judge.cash(bare)):
            shares = {f: _amount(values["draw", (f, week)]) for f in self._problem.sources}
            draws += [Draw(f, week, usd) for f, usd in _adding_up(shares, cash).items()]
        return replace(bare, draws=tuple(draws))

    def _puts(self, orders: tuple[Order, ...], values: Mapping[tuple[str, Any], float]) -> tuple[Put, ...]:
        arriving: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
        for order in orders:
            offer = self._problem.offers[order.offer]
            arriving[offer.mineral, self._problem.arrives(offer, order.week)] += order.tonnes
        puts = []
        for (mineral, week), tonnes in arriving.items():
            shares = {s: _amount(values["put", (mineral, s, week)]) for s in self._problem.sites}
            if week <= self._problem.weeks:
                puts += [Put(mineral, s, week, t) for s, t in _adding_up(shares, tonnes).items()]
        return tuple(puts)

    def _outs(self, values: Mapping[tuple[str, Any], float]) -> tuple[Out, ...]:
        outs = []
        for j in self._problem.withdrawals.values():
            shares = {s: _amount(values["out", (j.name, s)]) for s in self._problem.sites}
            total, wanted = sum(shares.values(), Fraction(0)), exact(j.tonnes)
            shares = _adding_up(shares, wanted) if abs(total - wanted) < STRICT * j.tonnes else shares
            outs += [Out(j.name, s, t) for s, t in shares.items() if t > 0]
        return tuple(outs)


def plan_of(problem: Problem, model: Model) -> str | None:
    """The solver that has a plan which keeps every rule that never gives way; None where none has one."""
    firm = model.without(*(r for r, level in model.rules.items() if level.level == "policy"))
    formulation = build(problem, firm)
    side, stage = Side(formulation, matrix_of(formulation)), formulation.stages[0]
    arbiter = Arbiter(problem, Judge(problem, firm), frozenset(), funded=firm.on("funding"))
    for peer in PEERS:
        point = claim(peer, side, stage)
        if point.x is not None and arbiter.measures(side, stage, point.x):
            return peer
    return None


def polished(matrix: Matrix, stage: str, x: Floats) -> Floats | None:
    """The best point with these whole numbers, its rows kept to `STRICT`; None where there is none."""
    whole = np.round(x)
    lower = np.where(matrix.integer, whole, matrix.lower)
    upper = np.where(matrix.integer, whole, matrix.upper)
    fixed = replace(matrix, lower=lower, upper=upper, integer=np.zeros_like(matrix.integer))
    point = _highs(Program.of(fixed, stage), presolve=False, to=STRICT / 10)
    if point.x is None:
        return None
    found = np.where(matrix.integer, whole, point.x)
    return found if _missed(matrix, found) <= STRICT else None


def _missed(matrix: Matrix, x: Floats) -> float:
    """The largest part of a row, of its limit or its largest term, by which a point misses it."""
    terms = matrix.A.data * x[matrix.A.indices]
    activity = np.bincount(matrix.row, terms, matrix.A.shape[0])
    size = np.full(matrix.A.shape[0], 1e-6)
    np.maximum.at(size, matrix.row, np.abs(terms))
    worst = 0.0
    for limit, sign in ((matrix.row_lower, 1.0), (matrix.row_upper, -1.0)):
        there = np.isfinite(limit)
        miss = sign * (limit - activity)[there] / np.maximum(size, np.abs(limit))[there]
        worst = max(worst, float(miss.max(initial=0.0)))
    return worst


def _orders(slot: Any, values: Mapping[tuple[str, Any], float]) -> list[Order]:
    """The orders of a slot, as they stand; lots exactly."""
    offer, week = slot.key
    if slot.frozen_t is not None:
        return [Order(offer, week, exact(slot.frozen_t))]
    lot = slot.offer.lot_t
    if slot.incremental:
        parts = sum((_amount(values["tonnes", (offer, week, p.tier)]) for p in slot.pieces), Fraction(0))
        tonnes = parts if lot is None else round(values["lots", (offer, week, 0)]) * exact(lot)
        return [Order(offer, week, tonnes)] if tonnes > 0 else []
    placed = []
    for piece in slot.pieces:
        key = (offer, week, piece.tier)
        tonnes = _amount(values["tonnes", key]) if lot is None else round(values["lots", key]) * exact(lot)
        if tonnes > 0:
            placed.append(
                Order(offer, week, tonnes, exact(piece.from_t) if slot.offer.discount == "all_units" else None)
            )
    return placed


def _amount(x: float) -> Fraction:
    """An amount to 1e-9, and none that is only a solver's dust."""
    return exact(round(x, 9)) if x > 1e-8 else Fraction(0)


def _adding_up(shares: Mapping[str, Fraction], total: Fraction) -> dict[str, Fraction]:
    """The shares with the largest altered so that they add up; zeros left out."""
    largest = max(shares, key=lambda k: shares[k])
    rest = sum((v for k, v in shares.items() if k != largest), Fraction(0))
    return {k: v for k, v in {**shares, largest: total - rest}.items() if v > 0}
