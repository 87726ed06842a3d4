"""Where the model says more of a plan than the judge does, no bound of the stage is believed."""

from __future__ import annotations

import pytest

import orebook
from tests.faults.faults import FAULTS
from tests.faults.plant import plant
from tests.faults.problems import floor, one
from tests.oracle.models import MODELS


def test_a_cost_that_is_said_to_be_more_than_it_is_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """10 t at 100 USD are 1,000 USD; a top-up that another pays and the model counts makes 1,200 of them."""
    problem, model = one(floors=floor("cfd", payer="other")), MODELS["fair"]
    right = {s.stage: s for s in orebook.solve(problem, model, gap=0.0, audit=False).document.stages}
    assert (right["cost"].value, right["cost"].bound) == (1000.0, 1000.0)
    plant(next(f for f in FAULTS if f.name == "a top-up that another pays, paid twice"), monkeypatch)
    plan = orebook.solve(problem, model, gap=0.0, audit=False)
    cost = next(s for s in plan.document.stages if s.stage == "cost")
    assert cost.value == 1000.0
    assert cost.bound < 1000.0
    assert plan.status == "feasible"
