"""Plans of all futures that need no solver, where a limit comes before any other: no ticket but the frozen ones."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from orebook.accounting.exact_problem import exact_problem_of
from orebook.decisions import Decisions, Draw, Order, Put, Repay
from orebook.judge import Judge
from orebook.problem import Problem
from orebook.rule_of_thumb.greedy import first_plan, standing
from orebook.rule_of_thumb.without_solver import is_policy
from orebook.schema.model import Model
from orebook.solver.hedge.giving_way import RelaxedFutures
from orebook.solver.hedge.joint_finaliser import JudgedFutures
from orebook.solver.hedge.joint_program import JointProgram
from orebook.solver.infeasibility.feasibility_relaxation import NOT_KNOWN_WHY


def nothing_bought(joint: JointProgram, model: Model) -> tuple[JudgedFutures, RelaxedFutures] | None:
    """The plans, and the policy rows that they break; None where one breaks physics or contract, or futures would be told
    apart before they are."""
    decided, judged, broken = list[Decisions](), [], []
    for future in joint.futures:
        case = exact_problem_of(future.world, model)
        decisions = standing(case, first_plan(case)).decisions()
        judgement = Judge(future.world, model).judge(decisions)
        rows = frozenset((b.rule, b.row) for b in judgement.breaches)
        if not all(is_policy(model, breach) for breach in judgement.breaches):
            return None
        decided.append(decisions)
        judged.append(judgement)
        broken.append(rows)
    for future, decisions in zip(joint.futures, decided, strict=True):
        for other, others in zip(joint.futures, decided, strict=True):
            week = min(future.known_week, other.known_week)
            if future is not other and _before(future.world, decisions, week) != _before(other.world, others, week):
                return None
    plans = JudgedFutures(np.zeros(len(joint.matrix.lower)), tuple(decided), tuple(judged))
    return plans, RelaxedFutures(joint.matrix, None, tuple(broken), NOT_KNOWN_WHY, cut_short=True)


def _before(world: Problem, decisions: Decisions, week: int) -> set[Hashable]:
    """What is decided in the weeks before."""
    weekly: tuple[Order | Put | Draw | Repay, ...] = (
        *decisions.orders,
        *decisions.puts,
        *decisions.draws,
        *decisions.repays,
    )
    outs = (o for o in decisions.outs if world.withdrawals[o.withdrawal].week < week)
    return {*(x for x in weekly if x.week < week), *outs}
