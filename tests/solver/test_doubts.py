"""What the solver says is asked again where it may be wrong: that there is no plan, and a bound that no plan comes up to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from orebook.formulation.build import build
from orebook.solver.clock import Clock
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.lp.outcome import Ending, Outcome
from orebook.solver.lp.solver import FINER, Solver
from orebook.solver.options import Options
from orebook.solver.run.run import Run
from tests.builders import make_problem
from tests.formulation.models import model
from tests.solver.matrices import INF, matrix

ONE = matrix([(1, 0, 5, True)], [(2, (1,), INF)])
"""The least whole number from 2 to 5."""


def _asked(monkeypatch: pytest.MonkeyPatch, says: list[Ending], **limits: Any) -> tuple[Outcome, list[Limits]]:
    """What comes of a solve whose first answers are these, and how often it was asked, with which limits."""
    told, asked, once = iter(says), list[Limits](), Solver._solved_once

    def answer(self: Solver, cost: Any, offset: float, given: Limits, *rest: Any, **more: Any) -> Outcome:
        asked.append(given)
        ending = next(told, None)
        return once(self, cost, offset, given, *rest, **more) if ending is None else Outcome(ending, -np.inf, 1.0)

    monkeypatch.setattr(Solver, "_solved_once", answer)
    return Solver(ONE).solve(ONE.cost["cost"], 0.0, Limits(0.0, 0.0, 20.0, **limits)), asked


def test_no_plan_is_believed_the_third_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without presolve, then with a finer tolerance: 2 is found; each has what is left of the time."""
    outcome, asked = _asked(monkeypatch, ["infeasible", "infeasible"], sure=True)
    assert (outcome.ending, outcome.bound) == ("proven", 2)
    assert [(a.presolve, a.feasibility) for a in asked] == [(True, None), (False, None), (False, FINER)]
    assert asked[1].seconds == 19
    assert asked[2].seconds == 18


def test_a_plan_ends_the_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once without presolve is enough where that finds one; and once in all where nobody is to be sure."""
    outcome, asked = _asked(monkeypatch, ["infeasible"], sure=True)
    assert (outcome.bound, len(asked)) == (2, 2)
    outcome, asked = _asked(monkeypatch, ["infeasible"])
    assert (outcome.ending, len(asked)) == ("infeasible", 1)


def test_a_tolerance_that_is_fine_is_not_made_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 1e-9 there is nothing finer to ask."""
    outcome, asked = _asked(monkeypatch, ["infeasible", "infeasible"], sure=True, feasibility=1e-9)
    assert outcome.ending == "infeasible"
    assert [a.feasibility for a in asked] == [1e-9, 1e-9]


def test_the_duals_of_the_relaxation_mend_a_bound_that_a_tolerance_spoilt() -> None:
    """Nothing is asked for, so nothing costs anything: -0.13 USD is the tolerance's, 0 the relaxation's."""
    problem, rules = make_problem({"weeks": 1}), model("offers", stages=("cost",))
    solver = Solver(matrix_of(build(problem, rules)))
    run = Run(problem, rules, Options.of(rules, gap=1e-6))
    clock = Clock(60.0, run.options.shares)
    assert run._surer("cost", solver, 0.0, -0.13, clock) == 0
    assert run._surer("cost", solver, 5.0, -0.13, clock) == 0
    assert run._surer("cost", solver, 5.0, 4.999999, clock) == 4.999999
