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
from orebook.service.runs.submit import RunSource, run_spec
from orebook.service.store import runs
from orebook.service.store.audit import note
from orebook.service.store.tables import Run, Version
from orebook.service.views.models import RunOut
from orebook.service.views.serializers import run_out, runs_out

Place = tuple[float, str]
"""Of a run in a list: its moment and id."""


@contextmanager
def submitting(ctx: Context) -> Iterator[Session]:
    """A transaction in which runs are submitted; a worker is called once it is kept."""
    with ctx.store.database.write() as session:
        yield session
    ctx.queue.call()


def submit_run(session: Session, ctx: Context, request: RunIn, who: str) -> RunOut:
    """Queue a run. Raises MissingError, ConflictError, TooLargeError, TooManyRunsError, and InputError with every fault."""
    if isinstance(request, SolveIn | HedgeIn):
        source = RunSource(find_version(session, request.instance, request.version))
    else:
        plan = find_plan(session, request.plan)
        source = RunSource(session.get_one(Version, (plan.instance_id, plan.version)), plan)
    options = RUN_REQUEST.validate_python(request.model_dump(exclude={"instance", "version", "plan"}))
    return run_out(session, runs.submit(session, run_spec(session, ctx, options, source), who))


def clone_run(session: Session, ctx: Context, run_id: str, changed: Clone, who: str) -> RunOut:
    """Queue a run again, changed. Raises as `submit_run` does, and UnusableError where an option does not fit."""
    return submit_run(session, ctx, cloned(find_run(session, run_id), changed), who)


def run_view(session: Session, run_id: str) -> RunOut:
    """A run as it stands. Raises MissingError."""
    return run_out(session, find_run(session, run_id))


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
