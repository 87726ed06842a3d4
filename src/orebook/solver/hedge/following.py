"""A plan for all futures from a plan of one: each future keeps what it shares with those before it, and goes on by itself.

The last future to be known leads: its plan settles every week that it shares. Then the others, those that are known later
first, each with the weeks settled so far held. What comes of it is a point of the joint program to begin from, and no bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from orebook.plan import Plan
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.clock import Clock
from orebook.solver.hedge.joint_program import JointProgram
from orebook.solver.hedge.now_tickets import with_tickets
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.gaps import kept_padding, most_kept
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.listener import Listener
from orebook.solver.run.stage import StageRun


def following(
    joint: JointProgram, model: Model, lead: Plan, options: Options, clock: Clock, stop: Stop
) -> Floats | None:
    """The point of the joint program in which all futures begin as the leader's plan does; None where one has no plan then."""
    known = [future.known_week for future in joint.futures]
    order = sorted(range(len(known)), key=lambda k: -known[k])
    first = order[0]
    x = np.full(len(joint.matrix.lower), np.nan)
    for place, k in enumerate(order):
        program, own = joint.programs[k], joint.places[k]
        if k == first:
            program = with_tickets(program, joint.formulations[k], lead, joint.futures[k].world.weeks)
        settled = ~np.isnan(x[own])
        held = replace(
            program,
            lower=np.where(settled, x[own], program.lower),
            upper=np.where(settled, x[own], program.upper),
        )
        seconds = clock.left / (len(order) - place)
        point = _stages(held, joint.formulations[k].stages, model, options, Clock(seconds, clock.shares), stop)
        if point is None:
            return None
        x[own] = np.where(settled, x[own], point)
    return _with_tails(joint, x)


def _stages(
    matrix: Matrix, stages: Sequence[StageName], model: Model, options: Options, clock: Clock, stop: Stop
) -> Floats | None:
    """The main stages of one future in order; None where it has no plan, or none in time."""
    main = [stage for stage in stages if stage not in TIE_BREAKING]
    slack = {s.stage: s.slack for s in model.stages}
    x: Floats | None = None
    for k, stage in enumerate(main):
        solver = Solver(tightened(matrix), stop, until=clock.until, backend=options.solver)
        then = main[k + 1] if k + 1 < len(main) else None
        run = StageRun(
            stage, solver, options, clock.share(len(main) - k, 0), Listener().on_progress, x is None, then, clock.left
        )
        outcome = run.solve(x)
        if outcome.has_plan:
            x = outcome.x
        if x is None:
            return None
        value = matrix.value(stage, x)
        matrix = matrix.keeping(stage, most_kept(value, slack[stage]), kept_padding(value))
    return x


def _with_tails(joint: JointProgram, x: Floats) -> Floats:
    """The point with the columns of the risk measure, which belong to no future: left at their least."""
    matrix = joint.matrix
    least = np.where(np.isfinite(matrix.lower), matrix.lower, 0.0)
    return np.where(np.isnan(x), least, x)
