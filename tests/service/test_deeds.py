"""Deeds in the store, without HTTP: steps of tickets, runs that are lost, keys; each with its row in the audit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from orebook.schema.plan import Ticket as PlanTicket
from orebook.service.settings import Settings
from orebook.service.store import instances, keys, runs, tickets
from orebook.service.store.audit import listed
from orebook.service.store.runs import End, RunSpec
from orebook.service.store.store import Store
from orebook.service.store.tables import Run, Ticket
from tests.builders import make_problem

WHO = "planner"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A transaction of a store with one instance."""
    store = Store.of(Settings(home=tmp_path))
    with store.database.write() as session:
        instances.create(session, store.blobs, make_problem(), [], WHO, "")
        yield session
    store.database.engine.dispose()


def _submitted(session: Session) -> str:
    return runs.submit(session, RunSpec("solve", "case", 1, None, {"kind": "solve"}, 60.0), WHO).id


def _taken(session: Session) -> Run:
    run = runs.take(session, "worker")
    assert run is not None
    session.flush()
    session.expunge(run)  # as the worker knows it from now on
    return run


def _told(session: Session, subject: str) -> list[tuple[str, object]]:
    """Action and detail of a subject's rows, the oldest first."""
    session.flush()
    return [(row.action, row.detail) for row in reversed(listed(session, subject, None, 100))]


def test_tickets_go_a_step_at_a_time_and_all_or_none(session: Session) -> None:
    """From proposed nothing is ordered, and then the one that could go stays too; an order goes back only where it is said."""
    plan, one, two = _submitted(session), ("a", 1), ("a", 2)

    def moved(state: str, *of: tuple[str, int], back: bool = False) -> list[tuple[str, int]]:
        stuck = tickets.move(session, plan, of, state, WHO, back=back)
        session.flush()
        return stuck

    def states() -> dict[tuple[str, int], str]:
        return {key: ticket.state for key, ticket in tickets.states(session, plan).items()}

    assert moved("approved", one) == []
    assert moved("ordered", one, two) == [two]
    assert states() == {one: "approved"}
    assert moved("ordered", one) == []
    assert moved("proposed", one) == [one]
    assert moved("approved", one, two) == []
    assert states() == {one: "ordered", two: "approved"}
    assert moved("approved", one, two, back=True) == []
    assert states() == {one: "approved", two: "approved"}
    assert moved("approved", one, two) == []
    assert _told(session, f"plans/{plan}") == [
        ("ticket.approved", {"tickets": ["a/1"], "was": {"a/1": "proposed"}}),
        ("ticket.ordered", {"tickets": ["a/1"], "was": {"a/1": "approved"}}),
        ("ticket.approved", {"tickets": ["a/2"], "was": {"a/2": "proposed"}}),
        ("ticket.approved", {"tickets": ["a/1"], "was": {"a/1": "ordered"}}),
    ]


def test_weeks_are_settled_up_to_the_first_open_ticket() -> None:
    """Weeks 1, 3 and 4: a ticket that is merely proposed leaves its own week open, and all that come after it."""
    there: list[dict[str, Any]] = [{"offer": o, "week": w} for o, w in (("a", 1), ("a", 3), ("b", 3), ("a", 4))]
    planned = [PlanTicket.model_construct(**ticket) for ticket in there]
    for open_, settled in ((set(), 4), ({("a", 4)}, 3), ({("b", 3)}, 1), ({("a", 1), ("a", 4)}, 0)):
        known = {
            (t.offer, t.week): Ticket(offer=t.offer, week=t.week, state="approved")
            for t in planned
            if (t.offer, t.week) not in open_
        }
        assert tickets.settled_weeks(planned, known) == settled


def test_a_run_lost_too_often_fails(session: Session) -> None:
    """The first loss of two queues it again, the second is its end, which the audit has."""
    run_id = _submitted(session)
    for state in ("queued", "failed"):
        assert runs.lose(session, _taken(session), "lost", 2)
        session.expire_all()
        assert session.get_one(Run, run_id).state == state
    assert session.get_one(Run, run_id).reason == "lost, 2 times"
    assert [action for action, _ in _told(session, f"runs/{run_id}")] == ["run.submit", "run.end"]


def test_an_end_is_the_last_attempts_and_is_told_with_it(session: Session) -> None:
    """The first attempt was lost: what it says is dropped; the second one ends the run, once, and the audit says how."""
    run_id = _submitted(session)
    first = _taken(session)
    assert runs.lose(session, first, "lost", 3)
    second = _taken(session)
    assert runs.beat(session, first, {}) is None
    assert not runs.end(session, first, End("infeasible"))
    assert runs.end(session, second, End("optimal"))
    assert not runs.end(session, second, End("failed"))
    assert not runs.ask_cancel(session, run_id)
    _, ended = _told(session, f"runs/{run_id}")
    assert ended == ("run.end", {"state": "optimal", "reason": "", "attempt": 2})


def test_a_run_that_waits_is_cancelled_and_one_that_runs_is_asked(session: Session) -> None:
    """Asked to stop, a running run hears it with its next beat; a queued one has ended."""
    first, second = _submitted(session), _submitted(session)
    run = _taken(session)
    assert run.id == first
    assert runs.ask_stop(session, first)
    assert runs.ask_stop(session, second)
    assert runs.beat(session, run, {}) == (True, False)
    session.expire_all()
    assert [session.get_one(Run, run_id).state for run_id in (first, second)] == ["running", "cancelled"]


def test_a_key_opens_by_its_secret_alone(session: Session) -> None:
    """Not by its id with another secret, nor once it is taken back; what is kept is no secret."""
    key, secret = keys.make(session, "desk", ["read"], WHO)
    session.flush()
    assert keys.found(session, secret) is key
    assert keys.found(session, f"ob_{key.id}_another") is None
    assert len(key.hash) == 64
    assert secret.rpartition("_")[2] not in key.hash
    assert keys.revoke(session, key.id, WHO)
    assert not keys.revoke(session, key.id, WHO)
    assert keys.found(session, secret) is None
    assert [action for action, _ in _told(session, f"keys/{key.id}")] == ["key.make", "key.revoke"]


def test_pages_of_the_audit_do_not_overlap(session: Session) -> None:
    """The next page begins after the last row of the one before."""
    for _ in range(3):
        _submitted(session)
    session.flush()
    rows = [row.id for row in listed(session, None, None, 100)]
    assert [row.id for row in listed(session, None, rows[1], 100)] == rows[2:]
