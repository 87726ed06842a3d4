"""A plan for all futures from a plan of one: each future keeps what it shares with those before it, and goes on by itself.

The last future to be known leads: its plan settles every week that any two share. Then the others, each by itself. What comes
of it is a point of the joint program to begin from, and no bound.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from orebook.decisions import Decisions
from orebook.formulation.build import Formulation
from orebook.plan import Plan
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.clock import Clock
from orebook.solver.hedge.alone import LEAST_S
from orebook.solver.hedge.joint_program import JointProgram
from orebook.solver.hedge.now_tickets import with_tickets
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.duality import least_of
from orebook.solver.lp.gaps import kept_padding, most_kept
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.listener import Listener
from orebook.solver.run.stage import StageRun

START_SHARE = 0.3
"""Part of a future's time to find a first plan from the leader's tickets."""


def following(
    joint: JointProgram,
    model: Model,
    lead: Plan,
    options: Options,
    clock: Clock,
    stop: Stop,
    alone: Sequence[Plan | None] = (),
) -> Floats | None:
    """The point of the joint program in which all futures begin as the leader's plan does; None where one has no plan then.

    `alone`: the best plan of each future by itself, where there is one: what it does later may be done here, too.
    """
    leader = max(range(len(joint.futures)), key=lambda k: joint.futures[k].known_week)
    others = [k for k in range(len(joint.futures)) if k != leader]
    x = np.full(len(joint.matrix.lower), np.nan)
    rounds = 1 + math.ceil(len(others) / options.threads)

    def settle(k: int) -> Floats | None:
        """A future's plan that decides what is settled so far as it is."""
        own, program = joint.places[k], joint.programs[k]
        if k == leader:
            program = with_tickets(program, joint.formulations[k], lead, joint.futures[k].world.weeks)
        settled = ~np.isnan(x[own])
        lower, upper = (np.where(settled, x[own], bound) for bound in (program.lower, program.upper))
        seconds = Clock(max(LEAST_S, clock.left / rounds), clock.shares)
        held = replace(program, lower=lower, upper=upper)
        start_plans = [plan for plan in (lead, *alone[k : k + 1]) if plan is not None]
        point = _reached(held, joint.formulations[k], start_plans, model, options, seconds, stop)
        return None if point is None else np.where(settled, x[own], point)

    first = settle(leader)
    if first is None:
        return None
    x[joint.places[leader]] = first
    rounds -= 1
    with ThreadPoolExecutor(options.threads) as pool:
        points = list(pool.map(settle, others))
    for k, point in zip(others, points, strict=True):
        if point is None:
            return None
        x[joint.places[k]] = point
    return joint.with_tails(x)


def _reached(
    matrix: Matrix,
    formulation: Formulation,
    start_plans: Sequence[Plan],
    model: Model,
    options: Options,
    clock: Clock,
    stop: Stop,
) -> Floats | None:
    """A plan of one future, begun at the tickets of others: good in the first stage in which anything is missing.

    What comes after that stage is left to the joint program. None where the future has no plan, or none in time.
    """
    main = [stage for stage in formulation.stages if stage not in TIE_BREAKING]
    x: Floats | None = None
    for k, stage in enumerate(main):
        solver = Solver(tightened(matrix), stop, until=clock.until, backend=options.solver)
        if x is None:
            starts = [WarmStart(Decisions.of(plan.document)) for plan in start_plans]
            seconds = START_SHARE * clock.left / len(starts)
            points = [start.as_point(formulation, solver, stage, seconds) for start in starts]
            x = min((p for p in points if p is not None), key=partial(matrix.value, stage), default=None)
        then = main[k + 1] if k + 1 < len(main) else None
        run = StageRun(
            stage, solver, options, clock.share(len(main) - k, 0), Listener().on_progress, k == 0, then, clock.left
        )
        outcome = run.solve(x).with_start(x)
        if not outcome.has_plan:
            return None
        x = outcome.x
        value = matrix.value(stage, x)
        if value > least_of(matrix, stage):
            break
        matrix = matrix.keeping(stage, most_kept(value, model.slack_of(stage)), kept_padding(value))
    return x
