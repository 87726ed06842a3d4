"""Stage by stage, what SCIP finds against what `orebook` said, both plans as the judge has them.

A plan counts whoever found it, a bound only where no plan is under it. SCIP itself calls plans optimal, and stages
infeasible, that a judged plan of `orebook` refutes (by 0.4 % on the made instance of seed 2): its word alone is no
difference, a plan of it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.errors import InfeasibleError
from orebook.formulation.build import build
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.solver.finalise.finalise import Finaliser
from orebook.solver.lp.gaps import most_kept
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.lp.solver import Solver
from orebook.solver.options import Options
from orebook.solver.run.run import Run
from tests.second.door import Asked
from tests.second.scip import solve

NEAR = 2e-5


def differences(problem: Problem, model: Model, *, gap: float = 0.0) -> Iterator[str]:
    """Every stage in which SCIP has a plan that is better than was said to be possible, or than what was found.

    Earlier stages are held at what `orebook` reached in them, so that both solve the same program.
    """
    formulation = build(problem, model)
    matrix = matrix_of(formulation)
    finaliser = Finaliser(problem, model, formulation, matrix, frozenset())
    try:
        plan = Run(problem, model, Options.of(model, gap=gap)).solve().plan
    except InfeasibleError:
        other = solve(matrix, formulation.stages[0], Asked())
        if other.x is not None:
            finaliser.finalise(Solver(matrix), formulation.stages[0], other.x)
            yield "called infeasible, SCIP has a plan that the judge passes"
        return
    for k, (stage, said) in enumerate(zip(formulation.stages, plan.document.stages, strict=True)):
        other = solve(matrix, stage, Asked(gap=gap))
        near = NEAR * max(1.0, abs(said.value)) + (0.02 if stage in ("cost", "value") else 0.0)
        if other.x is not None:
            value = float(finaliser.finalise(Solver(matrix), stage, other.x).judgement.measures[stage])
            if value < said.bound - near:
                yield f"{stage}: SCIP's plan has {value!r}, under the bound {said.bound!r}"
            if said.value > value + near + gap * abs(value):
                yield f"{stage}: {said.value!r}, SCIP's plan has {value!r}"
        elif k == 0:
            yield f"{stage}: {said.value!r}, SCIP says {other.status}"
        matrix = matrix.holding(stage, most_kept(said.value, 0.0))
