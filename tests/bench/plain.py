"""Solve the main stages as a modeller would at first: `python -m tests.bench.plain INSTANCE SECONDS`.

The same rules and prices in Pyomo, compiled by Pyomo, but as the contract words them: orders limited by their offer alone,
lots and flows without bounds, houses linked by sums, rows unscaled, HiGHS with its defaults; the same gap, limit, sharing
of it and threads. A later stage holds the earlier one's measure by a row and starts from nothing.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from typing import Any

import highspy
import numpy as np
import pyomo.environ as pe

import orebook
from orebook.formulation.build import Formulation, build
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.solver.clock import Clock
from orebook.solver.matrix import Matrix, matrix_of
from orebook.solver.units import most_kept
from tests.bench.measured import GAP, main_stages_only, tell


def main(instance: str, seconds: float) -> None:
    """Tell gap and time of each stage; a stage without a plan tells how it ended, and is the last."""
    problem = orebook.read(instance)
    model = main_stages_only(orebook.read_model("weekly"))
    clock = Clock(seconds)
    formulation = untightened(problem, model)
    matrix = matrix_of(formulation)
    stages: dict[str, Any] = {}
    slack = {s.stage: s.slack for s in model.stages}
    for k, stage in enumerate(formulation.stages):
        start = time.perf_counter()
        highs = _solved(matrix, stage, clock.share(len(formulation.stages) - k, 0))
        info = highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            stages[stage] = {"ended": highs.modelStatusToString(highs.getModelStatus())}
            break
        stages[stage] = {"gap": info.mip_gap, "seconds": time.perf_counter() - start}
        value = matrix.value(stage, np.asarray(highs.getSolution().col_value))
        matrix = matrix.holding(stage, most_kept(value, slack[stage]))
    tell({"seconds": clock.elapsed, "stages": stages})


def untightened(problem: Problem, model: Model) -> Formulation:
    """The formulation without what makes it tight: bounds of columns, lots rounded to the offer, links one by one."""
    offers_alone = model.without(*(rule for rule in model.rules if rule != "offers"))
    formulation = build(problem, model, offers_alone)
    m = formulation.pyomo
    _loosen_orders(m, problem, formulation)
    _link_by_sums(m, formulation)
    for variables in (m.lots, m.tonnes, m.put, m.stock, m.cash, m.draw, m.short, m.crit):
        variables.setub(None)
    formulation.rule_of.update(dict.fromkeys(("order_tonnes", "house_tickets", "mineral_tickets"), "orders"))
    return formulation


def _loosen_orders(m: Any, problem: Problem, formulation: Formulation) -> None:
    """Tonnes, not lots, are at most what the tier and the week allow."""
    most = {}
    for slot in formulation.slots:
        offer = problem.offers[slot.offer.name]
        for piece in slot.pieces:
            key = (*slot.key, piece.tier)
            if key in m.tonnes:
                most[key] = m.tonnes[key] - piece.high * m.order[key] <= 0
            else:
                limits = (offer.tiers[piece.tier].to_t, offer.max_week_t, offer.max_t)
                high = min((x for x in limits if x is not None), default=piece.high)
                most[key] = slot.offer.lot_t * m.lots[key] - high * m.order[key] <= 0
    m.del_component(m.order_max)
    m.order_tonnes = pe.Constraint(list(most), rule=most)


def _link_by_sums(m: Any, formulation: Formulation) -> None:
    """One row a house, and one a mineral and house, in place of one a ticket."""
    by_house: dict[str, list[Any]] = defaultdict(list)
    by_mineral: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for slot in formulation.slots:
        placed = [m.order[*slot.key, p.tier] for p in (slot.pieces[:1] if slot.incremental else slot.pieces)]
        by_house[slot.offer.house] += placed
        by_mineral[slot.offer.mineral, slot.offer.house] += placed
    m.del_component(m.house_engaged)
    m.del_component(m.buys_ticket)
    m.house_tickets = pe.Constraint(
        list(m.engaged), rule=lambda m, h: pe.quicksum(by_house[h]) <= len(by_house[h]) * m.engaged[h]
    )
    m.mineral_tickets = pe.Constraint(
        list(m.buys), rule=lambda m, *k: pe.quicksum(by_mineral[k]) <= len(by_mineral[k]) * m.buys[k]
    )


def _solved(matrix: Matrix, stage: str, seconds: float) -> Any:
    highs = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, "mip_rel_gap": GAP, "time_limit": seconds}.items():
        highs.setOptionValue(name, value)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.A.shape
    lp.col_cost_, lp.offset_ = matrix.cost[stage], matrix.offset[stage]
    lp.col_lower_, lp.col_upper_ = matrix.lower, matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.row_lower, matrix.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.A.indptr, matrix.A.indices, matrix.A.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[k] for k in matrix.integer.astype(int)]
    highs.passModel(lp)
    highs.run()
    return highs


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
