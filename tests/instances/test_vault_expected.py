"""What instances/vault/expected.json claims, as far as it can be checked without solving the vault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orebook.files.instances import read
from orebook.files.models import read_model
from orebook.formulation.build import build
from orebook.problem import Problem
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.gaps import gap_of
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.lp.solver import Solver

VAULT = Path(__file__).parents[2] / "instances" / "vault"
EXPECTED: dict[str, Any] = json.loads((VAULT / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def problem() -> Problem:
    """The vault as it is read."""
    return read(VAULT)


def test_the_values_are_of_this_vault(problem: Problem) -> None:
    """The tables are those that were solved; after a change the vault is to be solved again."""
    assert problem.digest == EXPECTED["digest"]


def test_what_is_called_proven_is_within_the_gap() -> None:
    """No bound is over its value, and exactly the stages within the gap are called proven."""
    for stage, said in EXPECTED["stages"].items():
        assert said["bound"] <= said["value"]
        assert said["proven"] == (gap_of(stage, said["value"], said["bound"]) <= EXPECTED["gap"])


@pytest.mark.slow
def test_the_bound_on_cover_is_what_the_relaxation_says(problem: Problem) -> None:
    """The relaxation of the first stage alone carries its bound, and no value lies below it.

    This checks the bound of `cover` and that its value is not impossible. That a plan reaches the value is shown by `make
    plan`, and the bounds of later stages, which hold under the earlier values, by its audit.
    """
    matrix = matrix_of(build(problem, read_model("weekly")))
    whole = Domain.relaxed(matrix)
    limits = Limits(gap=0.0, absolute_gap=0.0, seconds=120)
    relaxed = Solver(matrix).solve(matrix.cost["cover"], matrix.offset["cover"], limits, part=whole)
    said = EXPECTED["stages"]["cover"]
    assert relaxed.ending == "proven"
    assert said["bound"] * (1 - 1e-6) <= relaxed.bound <= said["value"]
