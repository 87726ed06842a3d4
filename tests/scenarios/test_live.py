"""A session: one model that follows its changes, and what-ifs that leave it where it is."""

from __future__ import annotations

import pytest

import orebook
from orebook.errors import InputError
from orebook.scenarios.session import Session

DEARER = "minerals.copper.price_usd_per_t=+5%"


@pytest.fixture
def session() -> Session:
    """A session on vault-small."""
    return Session(orebook.read("instances/vault-small"), gap=1e-4)


def test_solving_on_patches_the_model_and_keeps_the_changes(session: Session) -> None:
    """The first solve builds, the next patches; its plan is as good as one solved from nothing, from its own prior plan."""
    first = session.solve()
    assert session.patching
    assert session.patching.rebuilt == "nothing was built before"
    plan = session.solve(DEARER)
    assert session.patching.rebuilt is None
    fresh = orebook.solve(orebook.read("instances/vault-small").change(DEARER), gap=1e-4, audit=False)
    assert session.problem.digest == plan.problem.digest == fresh.problem.digest
    for a, b in zip(fresh.document.stages, plan.document.stages, strict=True):
        assert abs(a.value - b.value) <= 1.2e-4 * max(1.0, abs(a.value)) or a.stage in ("changes", "tickets")
    assert session.plan is plan is not first


def test_a_whatif_leaves_the_session_where_it_is(session: Session) -> None:
    """Its plan has the last one as prior; asked twice, it is the same, whatever was asked between."""
    base = session.plan
    one = session.whatif(DEARER)
    assert session.patching
    assert session.patching.rebuilt is None
    session.whatif("instance.budget_usd=-20%")
    two = session.whatif(DEARER)
    assert one.document.tickets == two.document.tickets
    assert session.plan is base
    assert set(one.problem.prior) == {(t.offer, t.week) for t in base.document.tickets}


def test_what_cannot_be_patched_is_built_and_says_so(session: Session) -> None:
    """An offer taken out takes its columns along."""
    plan = session.whatif("offers.mercuria-copper-kazakhstan=none")
    assert session.patching
    assert session.patching.rebuilt
    assert "column goes" in session.patching.rebuilt
    assert not any(t.offer == "mercuria-copper-kazakhstan" for t in plan.document.tickets)


def test_a_change_that_is_refused_moves_nothing(session: Session) -> None:
    """The session stands where it stood."""
    digest = session.problem.digest
    with pytest.raises(InputError, match="copper"):
        session.solve("minerals.coper.price_usd_per_t=1")
    assert session.problem.digest == digest
