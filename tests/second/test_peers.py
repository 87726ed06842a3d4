"""Every solver that is timed beside `orebook` solves the problem that it solves, and says so by a judged plan."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings

from orebook.formulation.build import build
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.solver.finalise.finalise import Finaliser
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.lp.solver import Solver
from tests.drawn import problems
from tests.formulation.models import model
from tests.oracle.models import FIRM, POLICY
from tests.properties.edits import solved
from tests.second.door import Asked
from tests.second.peers import DOORS

DRAWS = settings(max_examples=12, phases=[Phase.generate])
COVER: Model = model(*FIRM, *POLICY, stages=("cover",))
NEAR = {"highs": 1e-5, "scip": 1e-5, "cpsat": 1e-3}
"""Part of a measure, at least of one of its unit, that tolerances may hide, and the grid that CP-SAT counts on."""


@pytest.mark.parametrize("name", list(DOORS))
@DRAWS
@given(problem=problems(members=True, leaving=True))
def test_peers_reach_the_same_cover(name: str, problem: Problem) -> None:
    """The judge says the optimum of `orebook` of the peer's plan; no bound is over it, and no plan is where there is none."""
    formulation = build(problem, COVER)
    matrix = matrix_of(formulation)
    ours, theirs = solved(problem, "cover"), DOORS[name](matrix, "cover", Asked())
    assert (ours is None) == (theirs.x is None)
    if ours is None or theirs.x is None:
        return
    best, near = ours.document.stages[0].value, NEAR[name]
    settled = Finaliser(problem, COVER, formulation, matrix, frozenset()).finalise(Solver(matrix), "cover", theirs.x)
    assert float(settled.judgement.measures["cover"]) == pytest.approx(best, rel=near, abs=near)
    assert theirs.bound <= best + near * max(1.0, best)
