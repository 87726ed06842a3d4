"""Runs in the store. Every change of state is made only if the run still is as it was: no run ends twice.

queued -> running -> optimal, feasible, infeasible, failed or cancelled; back to queued where a worker is lost, with the
next attempt. A worker whose run was taken from it finds that its attempt is no longer the run's, and drops what it has.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from orebook.service.store.audit import note
from orebook.service.store.tables import File, Run


@dataclass(frozen=True)
class RunSpec:
    """A run to be made: of a version of an instance, and of a plan where it begins from one."""

    kind: str
    instance_id: str
    version: int
    plan: str | None
    request: dict[str, Any]
    wall_s: float

    def within(self, seconds: float) -> RunSpec:
        """The same in so many seconds at most."""
        return replace(self, wall_s=min(self.wall_s, seconds))


@dataclass(frozen=True)
class End:
    """How a run ended: state, reason, figures, files by name as (hash, size), and the last of its progress."""

    state: str
    reason: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    files: dict[str, tuple[str, int]] = field(default_factory=dict)
    progress: dict[str, Any] = field(default_factory=dict)


def submit(session: Session, spec: RunSpec, who: str) -> Run:
    """A run, queued."""
    run = Run(
        id=uuid.uuid4().hex,
        kind=spec.kind,
        state="queued",
        reason="waits for a worker",
        instance_id=spec.instance_id,
        version=spec.version,
        plan=spec.plan,
        asked=spec.request,
        wall_s=spec.wall_s,
        by=who,
        at=time.time(),
        progress={},
        result={},
    )
    session.add(run)
    session.flush()
    note(session, who, "run.submit", f"runs/{run.id}", kind=run.kind, instance=run.instance_id, version=run.version)
    return run


def waiting(session: Session, who: str | None = None) -> int:
    """How many runs are queued, of one who asked for them or of all."""
    query = select(func.count()).select_from(Run).where(Run.state == "queued")
    return session.scalar(query if who is None else query.where(Run.by == who)) or 0


def take(session: Session, worker: str) -> Run | None:
    """The run that is to be done next, now running at this worker; None where there is none.

    Who has the fewest running comes first, so that nobody's many keep the others' few waiting; of theirs the oldest.
    """
    busy = select(Run.by, func.count().label("runs")).where(Run.state == "running").group_by(Run.by).subquery()
    having = select(func.coalesce(func.max(busy.c.runs), 0)).where(busy.c.by == Run.by).scalar_subquery()
    next_ = (
        select(Run)
        .where(Run.state == "queued")
        .order_by(having, Run.at, Run.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Run)
    )
    run = session.scalars(next_).first()
    if run is None:
        return None
    run.state, run.reason, run.worker = "running", "", worker
    run.attempt, run.beat, run.progress = run.attempt + 1, 0, {}
    run.started_at = time.time()
    return run


def beat(session: Session, run: Run, progress: dict[str, Any], best: str | None = None) -> tuple[bool, bool] | None:
    """Show that the run's worker lives, with its progress; (stop asked, cancel asked), None where the run is no longer its.

    `best` is the hash of a better plan than the one before; None where there is no other.
    """
    better = {} if best is None else {"best": best}
    changes = update(Run).where(_mine(run)).values(beat=Run.beat + 1, progress=progress, **better)
    found = session.execute(changes.returning(Run.stop, Run.cancel)).first()
    return None if found is None else (found[0], found[1])


def end(session: Session, run: Run, ended: End) -> bool:
    """End a run with its files; False, and nothing done, where it is no longer this worker's."""
    values: dict[str, Any] = {
        "state": ended.state,
        "reason": ended.reason,
        "result": ended.result,
        "ended_at": time.time(),
    }
    if ended.progress:
        values["progress"] = ended.progress
    if not _changed(session, _mine(run), **values):
        return False
    session.add_all(File(run_id=run.id, name=n, sha256=key, size=size) for n, (key, size) in ended.files.items())
    note(session, run.by, "run.end", f"runs/{run.id}", state=ended.state, reason=ended.reason, attempt=run.attempt)
    return True


def give_back(session: Session, run: Run, reason: str) -> bool:
    """Queue a run again whose worker goes; False where it is no longer that worker's."""
    return _changed(session, _mine(run), state="queued", reason=reason, worker=None)


def silent(session: Session, run: Run) -> bool:
    """Whether a run is with the same worker still, and has not beaten since it was read; held until the transaction ends."""
    now = session.get(Run, run.id, with_for_update=True, populate_existing=True)
    return now is not None and (now.state, now.attempt, now.beat) == ("running", run.attempt, run.beat)


def lose(session: Session, run: Run, reason: str, tries: int) -> bool:
    """Queue a run again whose worker or process died, or fail it where that was the last try; False as in `give_back`."""
    if run.losses + 1 >= tries:
        return end(session, run, End("failed", f"{reason}, {tries} times"))
    return _changed(
        session, _mine(run), state="queued", reason=f"{reason}; begins again", worker=None, losses=Run.losses + 1
    )


def ask_stop(session: Session, run_id: str) -> bool:
    """Have a running run end with the best that it has; one still queued is cancelled. False where it has ended."""
    changed = _changed(session, and_(Run.id == run_id, Run.state == "running"), stop=True)
    return changed or _cancel_queued(session, run_id, "stopped before it began")


def ask_cancel(session: Session, run_id: str) -> bool:
    """Have a run end without a result. False where it has ended."""
    changed = _changed(session, and_(Run.id == run_id, Run.state == "running"), cancel=True)
    return changed or _cancel_queued(session, run_id, "cancelled before it began")


def running(session: Session) -> Sequence[Run]:
    """Every run that a worker has."""
    return session.scalars(select(Run).where(Run.state == "running")).all()


def files(session: Session, run_id: str) -> Sequence[File]:
    """The files of a run's results, by name."""
    return session.scalars(select(File).where(File.run_id == run_id).order_by(File.name)).all()


def listed(
    session: Session, where: Sequence[ColumnElement[bool]], before: tuple[float, str] | None, count: int
) -> Sequence[Run]:
    """Runs that meet every condition, the newest first, after the one at `before`: its moment and id."""
    query = select(Run).where(*where).order_by(Run.at.desc(), Run.id.desc()).limit(count)
    if before is not None:
        query = query.where(or_(Run.at < before[0], and_(Run.at == before[0], Run.id < before[1])))
    return session.scalars(query).all()


def _mine(run: Run) -> ColumnElement[bool]:
    return and_(Run.id == run.id, Run.attempt == run.attempt, Run.state == "running")


def _cancel_queued(session: Session, run_id: str, reason: str) -> bool:
    queued = and_(Run.id == run_id, Run.state == "queued")
    return _changed(session, queued, state="cancelled", reason=reason, ended_at=time.time())


def _changed(session: Session, where: ColumnElement[bool], **values: Any) -> bool:
    done = session.execute(update(Run).where(where).values(**values).execution_options(synchronize_session=False))
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]
