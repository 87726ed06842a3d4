"""What a plan must agree with before it is told: the model's measures, and what is kept of earlier stages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import orebook
from orebook.decisions import Decisions
from orebook.errors import DisagreementError
from orebook.judge import Judge
from orebook.solver.finalise.finalise import Finaliser
from orebook.solver.lp.matrix import Kept
from orebook.solver.run.built_model import BuiltModel
from tests.builders import make_problem

PROBLEM, MODEL = make_problem(), orebook.read_model("weekly")
NOTHING = Judge(PROBLEM, MODEL).judge(Decisions())
"""Nothing bought: 10 days short, all of them critical, 50 weighted ones; no cost."""


def _finaliser() -> Finaliser:
    built = BuiltModel.of(PROBLEM, MODEL)
    return Finaliser(PROBLEM, MODEL, built.formulation, built.matrix, frozenset())


def _saying(**off: float) -> Any:
    """A solver whose program has the judge's measures, but for what some are off."""
    return SimpleNamespace(
        matrix=SimpleNamespace(value=lambda name, _x: float(NOTHING.measures[name]) + off.get(name, 0.0))
    )


def test_the_model_may_overstate_what_it_does_not_minimise_and_understate_nothing() -> None:
    """A day more of the stage that is minimised is a disagreement, one of another stage is none; a day less is always one."""
    finaliser, x = _finaliser(), Any
    finaliser._compare(_saying(), "cost", x, NOTHING)  # type: ignore[arg-type]
    finaliser._compare(_saying(cover=1.0), "cost", x, NOTHING)  # type: ignore[arg-type]
    for stage, off in (("cover", 1.0), ("cover", -1.0), ("cost", -1.0)):
        with pytest.raises(DisagreementError, match="cover: the model says"):
            finaliser._compare(_saying(cover=off), stage, x, NOTHING)  # type: ignore[arg-type]


def test_a_kept_stage_is_broken_by_what_is_over_it() -> None:
    """50 weighted days where 50 are kept, and where 49 are."""
    for most, over in ((50.0, []), (49.0, [1])):
        matrix: Any = SimpleNamespace(kept=(Kept(0, "cover", most, 0.0),))
        assert [b.by for b in _finaliser()._broken(NOTHING, matrix)] == over
