"""The ways by structure, which only large problems take, against the solver alone: same optimum, bounds that hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

import orebook
from orebook.problem import Problem
from orebook.schema.stages import TIE_BREAKING
from orebook.solver.options import Options
from orebook.solver.run.run import Run
from tests.drawn import problems
from tests.properties.edits import DRAWS, solved
from tests.solver.searches import BY_STRUCTURE

SMALL = "instances/vault-small"


@pytest.mark.slow
@DRAWS
@given(problem=problems(members=True, leaving=True))
def test_both_ways_reach_the_same(problem: Problem) -> None:
    """Each main stage of a drawn problem comes to the same value, and no bound lies over it."""
    plain = solved(problem, "cover", "cost")
    ours = solved(problem, "cover", "cost", search=BY_STRUCTURE)
    assert (plain is None) == (ours is None)
    if plain is None or ours is None:
        return
    for a, b in zip(plain.document.stages, ours.document.stages, strict=True):
        hair = 1e-5 * max(1.0, abs(a.value))
        assert abs(a.value - b.value) <= hair
        assert b.bound <= a.value + hair


@pytest.mark.slow
def test_tie_breaking_by_structure_is_never_worse() -> None:
    """vault-small: no more orders change than in the plan that the stages before leave, and no fewer than the bound says."""
    problem, model = orebook.read(SMALL), orebook.read_model("weekly")
    main = tuple(s for s in model.stages if s.stage not in TIE_BREAKING)
    before, after = (
        Run(problem, wanted, replace(Options.of(wanted), search=BY_STRUCTURE)).solve().plan
        for wanted in (model.model_copy(update={"stages": main}), model)
    )
    tidied = after.document.stages[-1]
    assert tidied.stage == "changes"
    assert tidied.bound <= tidied.value < float(before.judgement.measures["changes"])
