"""Runs: submitted, done again, looked at, listed, stopped with the best plan so far, cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from orebook.service.actions.part import Part
from orebook.service.context import Context
from orebook.service.errors import ConflictError
from orebook.service.runs.lookups import find_plan, find_run, find_version
from orebook.service.runs.run_request_bodies import Clone, HedgeIn, RunIn, SolveIn, cloned
from orebook.service.runs.run_requests import RUN_REQUEST
from orebook.service.runs.submit import RunSource, refuse_many, run_spec
from orebook.service.store import runs
from orebook.service.store.audit import note
from orebook.service.store.runs import RunSpec
from orebook.service.store.tables import Run, Version
from orebook.service.views.models import RunOut
from orebook.service.views.serializers import run_out, runs_out

PreparedRun = RunSpec
"""A run that was checked, and is not queued yet."""
Place = tuple[float, str]
"""Of a run in a list: its moment and id."""


@contextmanager
def submitting(ctx: Context) -> Iterator[Session]:
    """A transaction in which runs are submitted; a worker is called once it is kept."""
    with ctx.store.database.write() as session:
        yield session
    ctx.queue.call()


def submit_run(session: Session, ctx: Context, request: RunIn, who: str) -> RunOut:
    """Queue a run. Raises as `prepare_run` and `store_run` do."""
    return store_run(session, ctx, prepare_run(session, ctx, request), who)


def store_run(session: Session, ctx: Context, spec: RunSpec, who: str) -> RunOut:
    """Queue a run that was prepared. Raises TooManyRunsError where as many wait as may."""
    refuse_many(session, ctx, who)
    return run_out(session, runs.submit(session, spec, who))


def prepare_run(session: Session, ctx: Context, request: RunIn) -> RunSpec:
    """Check a run before the store is locked for others, which a large one would keep waiting.

    Raises MissingError, ConflictError, TooLargeError, and InputError with every fault.
    """
    if isinstance(request, SolveIn | HedgeIn):
        source = RunSource(find_version(session, request.instance, request.version))
    else:
        plan = find_plan(session, request.plan)
        source = RunSource(session.get_one(Version, (plan.instance_id, plan.version)), plan)
    options = RUN_REQUEST.validate_python(request.model_dump(exclude={"instance", "version", "plan"}))
    return run_spec(session, ctx, options, source)


def prepare_clone(session: Session, ctx: Context, run_id: str, changed: Clone) -> RunSpec:
    """Check a run that is to be done again, changed. Raises as `prepare_run`, and UnusableError for a wrong option."""
    return prepare_run(session, ctx, cloned(find_run(session, run_id), changed))


def run_view(session: Session, run_id: str) -> RunOut:
    """A run as it stands. Raises MissingError."""
    return run_out(session, find_run(session, run_id))


def runs_view(session: Session, run_ids: Sequence[str]) -> list[RunOut]:
    """Runs as they stand, those that are there."""
    return runs_out(session, runs.listed(session, [Run.id.in_(run_ids)], None, len(run_ids)))


@dataclass(frozen=True)
class RunFilter:
    """Which runs a list has: of an instance, from a plan, of a kind, in a state; all where None."""

    instance: str | None = None
    plan: str | None = None
    kind: str | None = None
    state: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """It as conditions of a query."""
        columns = {Run.instance_id: self.instance, Run.plan: self.plan, Run.kind: self.kind, Run.state: self.state}
        return [column == text.replace("\0", "") for column, text in columns.items() if text is not None]


def list_runs(session: Session, runs_of: RunFilter, after: Place | None, limit: int) -> Part[RunOut, Place]:
    """Runs, the newest first, those after a place."""
    rows, last = rows_of_runs(session, runs_of.conditions(), after, limit)
    return Part(runs_out(session, rows), last)


def rows_of_runs(
    session: Session, where: Sequence[ColumnElement[bool]], after: Place | None, limit: int
) -> tuple[Sequence[Run], Place | None]:
    """The rows of such a part of a list, and the place of its last; None where nothing comes after it."""
    rows = runs.listed(session, where, after, limit + 1)
    return rows[:limit], (rows[limit - 1].at, rows[limit - 1].id) if len(rows) > limit else None


def stop_run(session: Session, run_id: str, who: str) -> RunOut:
    """Have a run end with the best plan that it has. Raises MissingError, and ConflictError where it has ended."""
    return _ended_by(session, run_id, who, "stop")


def cancel_run(session: Session, run_id: str, who: str) -> RunOut:
    """Have a run end without a result. Raises MissingError, and ConflictError where it has ended."""
    return _ended_by(session, run_id, who, "cancel")


def _ended_by(session: Session, run_id: str, who: str, how: str) -> RunOut:
    run = find_run(session, run_id)
    if not (runs.ask_stop if how == "stop" else runs.ask_cancel)(session, run_id):
        raise ConflictError("ended", "The run has ended", f"It is {run.state} already.")
    note(session, who, f"run.{how}", f"runs/{run_id}")
    session.refresh(run)
    return run_out(session, run)
