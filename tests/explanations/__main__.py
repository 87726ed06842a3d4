"""`python -m tests.explanations plans/vault --facts 50`: facts of a plan's folder drawn and done again, each solved afresh.

A fact that holds minerals is solved with their tickets fixed, without presolve and from nothing; any other as a new run of
the changed instance. What comes out must be able to agree with the fact: where both prove intervals, these have to meet.
"""

from __future__ import annotations

import argparse
import sys
import time
from math import inf
from pathlib import Path
from random import Random

from orebook.errors import NoPlanError, StoppedError
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.intervals import Proven
from orebook.files.plan_folder import open_facts, open_plan
from orebook.formulation.build import build, stages_of
from orebook.plan import Plan
from orebook.schema.facts import Fact, Interval
from orebook.schema.stages import FIGURE_OF, StageName
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.lp.gaps import most_kept
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.lp.solver import Solver
from orebook.solver.options import Options
from orebook.solver.run.run import Run

GAP = 1e-3
HAIR = 1e-5
"""Part of a measure that grams and the solver's tolerance leave."""


def main() -> int:
    """Exit status 1 where a fact does not stand."""
    parser = argparse.ArgumentParser(prog="python -m tests.explanations", description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--facts", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=150.0)
    asked = parser.parse_args()
    plan = open_plan(asked.plan)
    facts = [f for f in open_facts(asked.plan)[0] if f.changes and _measures(plan, f)]
    drawn = Random(asked.seed).sample(facts, min(asked.facts, len(facts)))
    wrong = untold = 0
    for number, fact in enumerate(drawn, 1):
        began = time.perf_counter()
        try:
            said = _said(plan, fact, asked.seconds)
        except StoppedError:
            untold, said = untold + 1, []
            _print(f"not told: a fresh solve found no plan within {asked.seconds:g} s; give it more with --seconds")
        wrong += bool(said)
        _print(f"{number} of {len(drawn)}  {time.perf_counter() - began:6.1f} s  {fact.kind}: {fact.says}")
        _print(*(f"    WRONG: {line}" for line in said))
    kinds = sorted({f.kind for f in drawn})
    _print(
        f"{len(drawn)} facts of {len(facts)} ({', '.join(kinds)}), seed {asked.seed}: {wrong} do not stand, {untold} not told"
    )
    return bool(wrong)


def _measures(plan: Plan, fact: Fact) -> dict[StageName, Interval]:
    """The figures that are named after a stage's measure, in the order of the stages."""
    found: dict[StageName, Interval] = {}
    for stage in stages_of(plan.problem, plan.model):
        figure = fact.figures.get(FIGURE_OF.get(stage, ""))
        if figure is not None:
            found[stage] = figure if isinstance(figure, tuple) else (figure, figure)
    return found


def _said(plan: Plan, fact: Fact, seconds: float) -> list[str]:
    """What speaks against a fact, in words; behind a stage whose gap is open, later ones tell nothing.

    Raises StoppedError where a fresh solve found no plan in time.
    """
    counterfactuals = Counterfactuals(plan)
    try:
        fresh = _held(counterfactuals, fact, seconds) if fact.held else _free(counterfactuals, fact, seconds)
    except StoppedError:
        raise
    except NoPlanError as error:
        return [f"no plan: {error}"] if fact.method == "solve" else []
    wrong = []
    for stage, (low, high) in _measures(plan, fact).items():
        base, new = counterfactuals.base[stage], fresh[stage]
        hair = HAIR * max(1.0, abs(base.high))
        least = -inf if fact.held else new.low - base.high  # a plan that holds less may be better
        most = new.high - base.low
        if most < low - hair or least > high + hair:
            wrong.append(f"{stage}: the fact has {low:g} to {high:g}, a fresh solve {least:g} to {most:g}")
        if max(base.high - base.low, new.high - new.low) > hair:
            break
    return wrong


def _free(counterfactuals: Counterfactuals, fact: Fact, seconds: float) -> dict[StageName, Proven]:
    """The main stages of the changed instance, from nothing."""
    problem = counterfactuals.problem.change(*fact.changes)
    model = problem.governing(counterfactuals.model)
    run = Run(problem, model, Options.of(model, gap=GAP, time_limit_s=seconds, audit=False))
    reached = {r.stage: Proven(min(r.bound, r.value), r.value) for r in run.solve().plan.document.stages}
    return {stage: reached[stage] for stage in stages_of(problem, model)}


def _held(counterfactuals: Counterfactuals, fact: Fact, seconds: float) -> dict[StageName, Proven]:
    """The main stages with the held minerals' tickets fixed, from nothing, without presolve and by another seed."""
    problem = counterfactuals.problem.change(*fact.changes)
    model = problem.governing(counterfactuals.model)
    known = WarmStart(counterfactuals.decisions, frozenset(fact.held))
    formulation = build(problem, model, closed=known.closed)
    matrix = known.with_fixed(formulation, matrix_of(formulation))
    slack = {s.stage: s.slack for s in model.stages}
    limits = Limits(GAP, 0.0, seconds, seed=1, presolve=False)
    found: dict[StageName, Proven] = {}
    for stage in formulation.stages:
        outcome = Solver(matrix).solve(matrix.cost[stage], matrix.offset[stage], limits)
        value = matrix.value(stage, outcome.x)
        found[stage] = Proven(min(outcome.bound, value), value)
        matrix = matrix.holding(stage, most_kept(value, slack[stage]))
    return found


def _print(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
