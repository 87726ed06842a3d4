"""Presolve rules of HiGHS 1.15.1 that put a column for another cut plans off where one has next to no room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
import pytest
import scipy.sparse as sp

from orebook.solver.lp.backends.highs import Backend
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Matrix
from orebook.solver.lp.messages import Question
from orebook.solver.lp.solver import Solver
from orebook.solver.options import Options
from orebook.solver.run.run import Run
from tests.builders import make_problem
from tests.formulation.models import model
from tests.solver.matrices import program

FILE = Path(__file__).parent / "canaries" / "doubleton.mps"
"""The cost of a plan after two stages that are kept at 0 but for a hair, in the last two rows."""

BEST, WRONG = 277.0, 326.0
"""USD: what every solver finds of it without presolve, or to a finer tolerance, and what HiGHS calls the optimum."""


def _read() -> Matrix:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.readModel(str(FILE))
    lp = highs.getLp()
    parts = (np.array(lp.a_matrix_.value_), np.array(lp.a_matrix_.index_), np.array(lp.a_matrix_.start_))
    sides = np.array(lp.row_lower_), np.array(lp.row_upper_)
    whole = np.array([kind != highspy.HighsVarType.kContinuous for kind in lp.integrality_])
    a = sp.csc_array(parts, shape=(lp.num_row_, lp.num_col_)).toarray()
    return program(np.array(lp.col_cost_), a, sides, (np.array(lp.col_lower_), np.array(lp.col_upper_)), whole)


def _value() -> float:
    matrix = _read()
    outcome = Solver(matrix).solve(matrix.cost["cost"], 0.0, Limits(0.0, 0.0, 20.0))
    assert outcome.ending == "proven"
    assert matrix.value("cost", outcome.x) == pytest.approx(outcome.bound, abs=1e-4)
    return outcome.bound


def test_a_stage_after_one_that_is_kept_at_zero_is_right() -> None:
    """277 USD, and the bound is no more."""
    assert _value() == pytest.approx(BEST, abs=1e-4)


def test_the_canary_still_sings(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the rules on 326 USD are called the optimum: the day they are not, they may be switched on."""
    monkeypatch.setattr("orebook.solver.lp.backends.highs.SMALL_COLUMNS", 0)
    monkeypatch.setattr("orebook.solver.lp.solver.answered", _here)
    assert _value() == pytest.approx(WRONG, abs=1e-4)


def _here(question: object, *_: object, **__: object) -> object:
    """The answer of a solver in this process, in which the rules can be switched on."""
    assert isinstance(question, Question)
    backend = Backend()
    backend.load(question.program, question.settings)
    return backend.minimise(None, None, None, lambda _sign: None)


@pytest.mark.parametrize("tolerance", [None, 1e-7, 1e-9])
def test_whole_lots_are_bought_but_once_at_any_tolerance(tolerance: float | None) -> None:
    """10 days of 1 t each are wanted in week 2, in lots of 5 t: 10 t for 1,000 USD; 15 t were called the least."""
    lots = {"mineral": "tin", "lot_t": 5, "max_week_t": 10}
    problem = make_problem(
        houses=[{"house": "traxys"}, {"house": "hartree"}],
        offers=[
            {**lots, "offer": "a", "house": "traxys"},
            {**lots, "offer": "b", "house": "hartree", "premium_usd_per_t": 10},
        ],
        shares=[{"mineral": "tin", "by": "house", "name": "hartree", "max_share": 0.4}],
    )
    rules = model("offers", "shares", stages=("fair", "cover", "cost"))
    options = replace(Options.of(rules, gap=0.0, audit=False), tolerance=tolerance)
    plan = Run(problem, rules, options).solve().plan
    assert [s.value for s in plan.document.stages] == [0, 0, 1000]
    assert [s.bound for s in plan.document.stages] == [0, 0, pytest.approx(1000, rel=2e-6)]
