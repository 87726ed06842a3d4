"""Actions do without HTTP: plain values in and out, and errors that say what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from orebook.service import errors
from orebook.service.actions.instances import (
    CheckedInstance,
    create_instance,
    instance_view,
    list_instances,
    list_versions,
)
from orebook.service.actions.keys import list_keys, make_key, revoke_key
from orebook.service.actions.plans import plan_view
from orebook.service.actions.runs import cancel_run, prepare_clone, run_view, submit_run, submitting
from orebook.service.actions.tickets import Move, move_tickets
from orebook.service.actions.versions import (
    ExpectedVersion,
    add_version,
    prepare_edit,
    store_edit,
    version_differences,
)
from orebook.service.context import Context
from orebook.service.errors import (
    ConflictError,
    MissingError,
    RefusedError,
    StaleVersionError,
    TooManyRunsError,
    UnusableError,
)
from orebook.service.runs.editing import Edit
from orebook.service.runs.run_request_bodies import Clone, SolveIn, WhatifIn
from orebook.service.settings import Settings
from orebook.service.store.tables import Run
from orebook.service.web.etags import versions_of
from orebook.service.web.problem_details import STATUS, problem_of
from tests.builders import make_problem

WHO = "planner"
NOWHERE = "0" * 32


@pytest.fixture
def ctx(tmp_path: Path) -> Iterator[Context]:
    """A store with one instance, `case`, and room for one run."""
    context = Context.of(Settings(home=tmp_path, waiting=1))
    with context.store.database.write() as session:
        create_instance(session, context, CheckedInstance.of(context, make_problem(), []), WHO, "")
    yield context
    context.close()


def _edited(ctx: Context, price: str, expected: ExpectedVersion) -> int:
    """Store an edit of a mineral's price; the version that comes of it."""
    edit = prepare_edit(ctx, "case", expected, Edit(changes=(f"minerals.tin.price_usd_per_t={price}",), note="dearer"))
    with ctx.store.database.write() as session:
        return store_edit(session, ctx, edit, WHO).version


def test_a_name_is_taken_once(ctx: Context) -> None:
    """A second instance of the name is a conflict, and nothing of it is stored."""
    with pytest.raises(ConflictError, match="There is an instance case already"), ctx.store.database.write() as session:
        create_instance(session, ctx, CheckedInstance.of(ctx, make_problem(), []), WHO, "")
    with ctx.store.database.read() as session:
        part = list_instances(session, None, 10)
        assert ([one.version for one in part.items], part.last) == ([1], None)


def test_an_edit_is_made_to_the_version_that_was_read(ctx: Context) -> None:
    """It becomes version 2 with its note; one made to version 1 after that is stale, and says what differs since."""
    first = ExpectedVersion.only(1)
    assert _edited(ctx, "+10%", first) == 2
    with pytest.raises(StaleVersionError, match="It is at version 2 now, by planner") as stale:
        _edited(ctx, "+20%", first)
    assert stale.value.newest == 2
    with ctx.store.database.read() as session:
        differs = version_differences(session, ctx, "case", 1).differs
        assert instance_view(session, "case").note == "dearer"
    assert stale.value.differs == differs
    assert {row["column"] for row in differs} == {"price_usd_per_t"}


def test_an_edit_that_was_overtaken_is_not_stored(ctx: Context) -> None:
    """Prepared over version 1, while another's version 2 is stored: the edit is stale, and version 2 stays the newest."""
    any_version = ExpectedVersion(None, None)
    edit = prepare_edit(ctx, "case", any_version, Edit(changes=("instance.budget_usd=1",)))
    with ctx.store.database.write() as session:
        add_version(session, ctx, "case", any_version, CheckedInstance.of(ctx, make_problem(), []), "other", "")
    with pytest.raises(StaleVersionError), ctx.store.database.write() as session:
        store_edit(session, ctx, edit, WHO)
    with ctx.store.database.read() as session:
        assert [(one.version, one.by) for one in list_versions(session, "case", None, 5).items] == [
            (2, "other"),
            (1, WHO),
        ]


def test_an_edit_that_does_not_fit_names_its_faults(ctx: Context) -> None:
    """A table that is none: the error has the fault with its place."""
    with pytest.raises(UnusableError) as refused:
        prepare_edit(ctx, "case", ExpectedVersion.only(1), Edit(tables={"ships": []}))
    assert [fault.loc[0] for fault in refused.value.faults] == ["ships"]


def test_a_run_is_submitted_and_its_worker_called(ctx: Context) -> None:
    """It waits in the store, and a job stands in the queue; a second one is more than may wait."""
    with submitting(ctx) as session:
        run = submit_run(session, ctx, SolveIn(instance="case", audit=False), WHO)
    assert (run.state, run.asked, run.by, ctx.queue.calls()) == ("queued", {"kind": "solve", "audit": False}, WHO, 1)
    with pytest.raises(TooManyRunsError), submitting(ctx) as session:
        submit_run(session, ctx, SolveIn(instance="case"), WHO)
    with ctx.store.database.read() as session:
        assert run_view(session, run.id) == run
    assert ctx.queue.calls() == 1


def test_what_is_refused_leaves_no_run(ctx: Context) -> None:
    """A plan that is not there, and an option that does not fit: no run waits, and no worker is called."""
    with pytest.raises(MissingError, match="The plan 0000"), submitting(ctx) as session:
        submit_run(session, ctx, WhatifIn(plan=NOWHERE, changes=("instance.budget_usd=+1%",)), WHO)
    with submitting(ctx) as session:
        run_id = submit_run(session, ctx, SolveIn(instance="case"), WHO).id
    with pytest.raises(UnusableError) as refused, submitting(ctx) as session:
        prepare_clone(session, ctx, run_id, Clone(options={"gap": "small"}))
    assert refused.value.faults[0].loc[-1] == "gap"
    with ctx.store.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == 1
    assert ctx.queue.calls() == 1


def test_a_run_ends_once(ctx: Context) -> None:
    """Cancelled while it waits; a second time is a conflict, and a run that is not there is missing."""
    with submitting(ctx) as session:
        run_id = submit_run(session, ctx, SolveIn(instance="case"), WHO).id
    with ctx.store.database.write() as session:
        assert cancel_run(session, run_id, WHO).state == "cancelled"
    with pytest.raises(ConflictError, match="It is cancelled already"), ctx.store.database.write() as session:
        cancel_run(session, run_id, WHO)
    with pytest.raises(MissingError), ctx.store.database.write() as session:
        cancel_run(session, NOWHERE, WHO)


def test_a_run_that_made_no_plan_has_no_tickets(ctx: Context) -> None:
    """Neither the plan nor its tickets are there."""
    with submitting(ctx) as session:
        run_id = submit_run(session, ctx, SolveIn(instance="case"), WHO).id
    with ctx.store.database.write() as session:
        with pytest.raises(MissingError):
            plan_view(session, run_id)
        with pytest.raises(MissingError):
            move_tickets(session, ctx, run_id, Move(state="approved"), WHO)


def test_a_key_does_not_take_itself_back(ctx: Context) -> None:
    """That is a conflict; by another it is taken back, once."""
    with ctx.store.database.write() as session:
        key = make_key(session, "desk", ["read", "plan", "read"], WHO)
        with pytest.raises(ConflictError, match="cannot take itself back"):
            revoke_key(session, key.id, WHO, own=key.id)
        revoke_key(session, key.id, WHO, own=None)
        with pytest.raises(MissingError):
            revoke_key(session, key.id, WHO, own=None)
        session.flush()
        assert [(one.name, one.scopes, one.revoked_at is None) for one in list_keys(session)] == [
            ("desk", ["plan", "read"], False)
        ]


@pytest.mark.parametrize(
    ("header", "allowed", "read"),
    [
        ('"v3"', {3}, 3),
        ('W/"v3"', {3}, 3),
        ('"v2", "v3"', {2, 3}, None),
        ("*", {1, 2, 3}, None),
        ("v3", set(), 3),
        ('"3"', set(), 3),
        ('"v03"', set(), 3),
        ('"v²"', set(), None),
        ("", set(), None),
    ],
)
def test_if_match_names_versions(header: str, allowed: set[int], read: int | None) -> None:
    """Only tags as they were given out allow a change; of one that is badly written it is known what was read."""
    expected = versions_of(header)
    assert {number for number in (1, 2, 3) if expected.allows(number)} == allowed
    assert expected.read == read


def test_every_error_of_an_action_has_a_status() -> None:
    """None of them but the common base is left out; each comes back with the same kind, title and sentence."""
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, RefusedError)}
    assert {kind for kind, _ in STATUS} == kinds - {RefusedError}
    problem = problem_of(ConflictError("ended", "The run has ended", "It is failed already.")).problem
    assert (problem.status, problem.type) == (409, "urn:orebook:problem:ended")
    assert (problem.title, problem.detail) == ("The run has ended", "It is failed already.")


def test_headers_help_whoever_is_refused() -> None:
    """The newest version's tag where it was changed meanwhile; when to try again where too many runs wait."""
    assert problem_of(StaleVersionError("changed", 4, [])).headers == {"ETag": '"v4"'}
    assert problem_of(TooManyRunsError("too-many-waiting", "Too many", "1 waits")).headers == {"Retry-After": "30"}
