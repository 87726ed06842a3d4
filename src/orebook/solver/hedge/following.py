"""A plan for all futures from a plan of one: each future keeps what it shares with those before it, and goes on by itself.

The last future to be known leads: its plan settles every week that it shares. Then the others, those that are known later
first, each with the weeks settled so far held. What comes of it is a point of the joint program to begin from, and no bound.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from orebook.decisions import Decisions
from orebook.formulation.build import Formulation
from orebook.plan import Plan
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.clock import Clock
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
        point = _reached(held, joint.formulations[k], lead, model, options, Clock(seconds, clock.shares), stop)
        if point is None:
            return None
        x[own] = np.where(settled, x[own], point)
    return joint.with_tails(x)


def _reached(
    matrix: Matrix, formulation: Formulation, lead: Plan, model: Model, options: Options, clock: Clock, stop: Stop
) -> Floats | None:
    """A plan of one future that begins at the leader's tickets: good in the first stage in which anything is missing.

    What comes after that stage is left to the joint program. None where the future has no plan, or none in time.
    """
    main = [stage for stage in formulation.stages if stage not in TIE_BREAKING]
    x: Floats | None = None
    for k, stage in enumerate(main):
        solver = Solver(tightened(matrix), stop, until=clock.until, backend=options.solver)
        if x is None:
            tickets = WarmStart(Decisions.of(lead.document))
            x = tickets.as_point(formulation, solver, stage, START_SHARE * clock.left)
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
