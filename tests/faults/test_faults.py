"""No fault in the formulation goes unseen: each is caught by golden rows, and by trying every plan or the judge."""

from __future__ import annotations

import pytest

from tests.faults.faults import FAULTS
from tests.faults.plant import Fault, plant
from tests.formulation.golden_cases import CASES
from tests.formulation.test_golden import golden_lines
from tests.oracle.compare import answer
from tests.oracle.models import MODELS

EACH = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@EACH
def test_golden_rows_catch_it(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the fault planted some part of the formulation no longer builds its golden rows."""
    plant(fault, monkeypatch)
    assert any(case.text() != golden_lines(name) for name, case in CASES.items())


@EACH
def test_oracle_or_judge_catch_it(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the fault the answer is right, and with it wrong."""
    assert answer(fault.problem(), MODELS[fault.model]).wrong == ()
    plant(fault, monkeypatch)
    assert answer(fault.problem(), MODELS[fault.model]).wrong


def test_faults_are_many_and_different() -> None:
    """At least twenty, no two in the same text of the same place."""
    assert len({(f.where, f.text) for f in FAULTS}) == len(FAULTS) >= 20
