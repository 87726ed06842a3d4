"""A program that HiGHS' presolve gets wrong though no coefficient of it is small: found by drawing, settled by a judge."""

from __future__ import annotations

from pathlib import Path

import pytest

import orebook
from orebook.files.models import read_model
from orebook.formulation.build import build
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.lp.solver import Solver
from tests.prove.peers import Side, claim

CANARIES = Path(__file__).parents[1] / "solver" / "canaries"
PROBLEM = problem_of(Document.model_validate_json((CANARIES / "value_untightened.json").read_text()))
MODEL = read_model(CANARIES / "value_untightened.toml")
BEST, WRONG = 39_355_067_751.09, 41_847_160_880.0
"""USD."""


def _bare() -> Side:
    formulation = build(PROBLEM, MODEL)
    return Side(formulation, matrix_of(formulation))


def test_the_plan_is_there() -> None:
    """Solved, passed by the judge, and proven: 39 355 067 751.09 USD, which the stages before it leave room for."""
    plan = orebook.solve(PROBLEM, MODEL, gap=0.0, audit=False)
    value = next(s for s in plan.document.stages if s.stage == "value")
    assert plan.judgement.breaches == ()
    assert value.value == pytest.approx(BEST, rel=1e-6)
    assert value.bound == pytest.approx(BEST, rel=2e-6)


def test_the_canary_still_sings() -> None:
    """On the program as it is built presolve calls 6 % more the optimum; the day it does not, this one may fly."""
    bare = _bare()
    assert claim("highs off", bare, "value").value == pytest.approx(BEST, rel=1e-6)
    assert claim("scip", bare, "value").value == pytest.approx(BEST, rel=1e-6)
    assert claim("highs on", bare, "value").value == pytest.approx(WRONG, rel=1e-6)


def test_no_solve_of_a_built_program_is_wrong() -> None:
    """What the one door to the solver says of it is no more than what a plan has."""
    matrix = _bare().matrix
    outcome = Solver(matrix).solve(matrix.cost["value"], matrix.offset["value"], Limits(0.0, 0.0, 30.0))
    assert outcome.bound <= BEST * (1 + 1e-6)
