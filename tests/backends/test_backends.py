"""Other solvers behind the door: the same optima as HiGHS, and a plan that judge and audit confirm, whoever found it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import EntryPoint
from threading import Event
from typing import Any

import numpy as np
import pytest

import orebook
from orebook.errors import InputError, SolveError
from orebook.problem import Problem
from orebook.solver.audit.audit import audited
from orebook.solver.lp import backends
from orebook.solver.lp.backends import OWN, backend_named, capabilities_of
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.messages import Answer, Plan, Program, Settings, Sign
from orebook.solver.lp.solver import Solver
from orebook.solver.options import Options
from orebook.solver.run.run import Run
from tests.builders import make_problem
from tests.solver.matrices import knapsack

OTHERS = tuple(name for name in OWN if name != "highs")
LIMITS = Limits(0.0, 0.0, 60.0)


def program(**more: Any) -> Program:
    """max x + y with x + 2 y <= 5, x <= 3, both integer: 4 at (3, 1)."""
    return replace(
        Program(
            cost=np.array([-1.0, -1.0]),
            lower=np.zeros(2),
            upper=np.array([3.0, 9.0]),
            integer=np.ones(2, np.int32),
            row_lower=np.array([-np.inf]),
            row_upper=np.array([5.0]),
            starts=np.array([0, 2], np.int32),
            columns=np.array([0, 1], np.int32),
            values=np.array([1.0, 2.0]),
        ),
        **more,
    )


def answer_of(name: str, given: Program, settings: Settings = Settings(seconds=60.0), start: Any = None) -> Answer:  # noqa: B008
    """A backend's answer, in this process; what it says on the way holds."""
    said = list[Sign | Plan]()
    backend = backend_named(name)
    backend.load(given, settings)
    answer = backend.minimise(start, None, Event(), said.append)
    for plan in (s for s in said if isinstance(s, Plan)):
        assert (plan.x <= given.upper + 1e-6).all()
    return answer


@pytest.mark.parametrize("name", OWN)
def test_an_optimum(name: str) -> None:
    """By hand: 4 of x + y, from nothing and from a plan, and 4 is its bound."""
    for start in (None, np.array([1.0, 1.0])):
        answer = answer_of(name, program(), start=start)
        assert answer.status == "optimal"
        assert [answer.objective, answer.bound] == pytest.approx([-4, -4])
        assert answer.x is not None
        assert answer.x == pytest.approx([3, 1])


@pytest.mark.parametrize("name", OWN)
def test_no_plan(name: str) -> None:
    """x + 2 y between 5.5 and 5.6 has no integer point."""
    answer = answer_of(name, program(row_lower=np.array([5.5]), row_upper=np.array([5.6])))
    assert answer.status == "infeasible"
    assert answer.x is None


@pytest.mark.parametrize("name", OWN)
def test_rows_of_both_sides_and_equations(name: str) -> None:
    """x + 2 y = 4, and between 3 and 4: (2, 1) is worth 3 either way."""
    for low in (4.0, 3.0):
        answer = answer_of(name, program(row_lower=np.array([low]), row_upper=np.array([4.0])))
        assert answer.objective == pytest.approx(-3.0)


@pytest.mark.parametrize("name", [name for name in OWN if capabilities_of(name).duals])
def test_duals_are_those_of_the_relaxation(name: str) -> None:
    """Relaxed, x = 3, y = 1: half a unit more for a unit of the row, and half for one of x's bound."""
    answer = answer_of(name, program(integer=np.zeros(2, np.int32)))
    assert answer.duals is not None
    columns, rows = answer.duals
    assert rows == pytest.approx([-0.5])
    assert columns == pytest.approx([-0.5, 0.0])


@pytest.mark.parametrize("name", OTHERS)
def test_the_door_gives_what_highs_gives(name: str) -> None:
    """A knapsack and its relaxation: same values, and the plan keeps the rows."""
    knap = knapsack(items=12)
    for part in (None, Domain.relaxed(knap)):
        ours, theirs = (
            Solver(knap, backend=b).solve(knap.cost["cost"], 3.0, LIMITS, None, part) for b in ("highs", name)
        )
        assert theirs.ending == ours.ending == "proven"
        assert theirs.bound == pytest.approx(ours.bound, rel=1e-6)
        assert knap.value("cost", theirs.x) == pytest.approx(knap.value("cost", ours.x), rel=1e-6)


def _one_offer() -> Problem:
    return make_problem({"target_days": 10}, offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 5}])


SMALL: dict[str, Callable[[], Problem]] = {
    "one offer": _one_offer,
    "houses": partial(orebook.read, "instances/teaching/houses"),
    "shares": partial(orebook.read, "instances/teaching/shares"),
    "vault-small": partial(orebook.read, "instances/vault-small"),
}
"""Problems that fit into Gurobi's free size."""


def run_of(case: str, solver: str) -> Run:
    """A case as a solver is asked for it."""
    problem = SMALL[case]()
    model = problem.governing(orebook.read_model("weekly"))
    return Run(problem, model, replace(Options.of(model, gap=1e-6), solver=solver))


@cache
def by_highs(case: str) -> orebook.Plan:
    """HiGHS' plan of a case, solved once for all that are held against it."""
    return run_of(case, "highs").solve().plan


@pytest.mark.parametrize("case", SMALL)
@pytest.mark.parametrize("name", OTHERS)
def test_a_run_is_proven_and_audited_whoever_solves(name: str, case: str) -> None:
    """Stage by stage the values are HiGHS' within the gap, the judge agrees, and the audit, which is HiGHS', confirms."""
    run = run_of(case, name)
    plan = audited(run, run.solve()).plan
    assert [plan.status, by_highs(case).status] == ["optimal", "optimal"]
    assert plan.audit is True
    for ours, theirs in zip(by_highs(case).document.stages, plan.document.stages, strict=True):
        assert theirs.value == pytest.approx(ours.value, rel=1e-5, abs=1e-5)


def test_a_name_that_nobody_has_is_refused() -> None:
    """Said with those that there are."""
    with pytest.raises(InputError, match="cplex is not there; there are gurobi, highs, scip"):
        backend_named("cplex")


def test_a_solver_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """SCIP without PySCIPOpt."""

    def missing(_name: str) -> Any:
        raise ImportError(name="pyscipopt")

    monkeypatch.setattr(backends, "import_module", missing)
    with pytest.raises(InputError, match=r"pyscipopt is missing.*orebook\[scip\]"):
        backend_named("scip")


def test_a_package_brings_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point of the group `orebook.backends` is found by its name."""
    point = EntryPoint("mine", "orebook.solver.lp.backends.highs:Backend", "orebook.backends")
    monkeypatch.setattr(backends, "entry_points", lambda group: [point] if group == point.group else [])
    assert answer_of("mine", program()).objective == pytest.approx(-4)


def test_what_a_solver_refuses_is_said() -> None:
    """Gurobi without a licence takes no large model, and the error is about the solver, not the data."""
    large = knapsack(items=3000)
    solver = Solver(large, backend="gurobi")
    with pytest.raises(SolveError, match="the solver refuses"):
        solver.solve(large.cost["cost"], 0.0, LIMITS)
