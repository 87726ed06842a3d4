"""Every fault planted in a hedged plan's folder is found when it is verified."""

from __future__ import annotations

import json

import pytest

from orebook.hedge_verdict import HedgeVerdict, verify_hedge
from orebook.schema.hedge import HedgeDocument
from orebook.schema.plan import PlanDocument
from tests.hedge.planted import CASES, FAULTS, Fault, Folder


def folder_of(case: str) -> Folder:
    """The documents of a hedged plan as JSON."""
    hedged = CASES[case]()
    plans = {n: json.loads(p.document.model_dump_json(by_alias=True)) for n, p in hedged.plans.items()}
    return {"hedge": json.loads(hedged.to_json()), **plans}


def verdict_on(case: str, folder: Folder) -> HedgeVerdict:
    """What is said of the documents, read again."""
    documents = {n: PlanDocument.model_validate_json(json.dumps(p)) for n, p in folder.items() if n != "hedge"}
    document = HedgeDocument.model_validate_json(json.dumps(folder["hedge"]))
    return verify_hedge(CASES[case]().problem, document, documents, CASES[case]().model)


@pytest.mark.parametrize("case", CASES)
def test_what_is_whole_holds(case: str) -> None:
    """Before anything is planted."""
    assert verdict_on(case, folder_of(case)).ok


@pytest.mark.parametrize(
    ("case", "fault"), [(c, f) for c, _, f in FAULTS], ids=[f"{c}: {says}" for c, says, _ in FAULTS]
)
def test_a_planted_fault_is_found(case: str, fault: Fault) -> None:
    """Somewhere in the verdict."""
    folder = folder_of(case)
    fault(folder)
    assert not verdict_on(case, folder).ok


def test_there_are_forty_of_them() -> None:
    """Each of another name."""
    assert len({says for _, says, _ in FAULTS}) == len(FAULTS) >= 40
