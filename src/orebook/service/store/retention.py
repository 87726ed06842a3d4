"""What may go after some time: runs that nobody builds on, versions that nothing names, instances that somebody wants gone.

What stays whatever its age: the audit and keys, plans of which a ticket was approved or ordered, plans that runs begin from
which stay, the newest plan of each instance, and the newest version of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from orebook.service.errors import ConflictError, missing
from orebook.service.store.audit import note
from orebook.service.store.tables import ENDED, PLAN_KINDS, WITH_PLAN, File, Instance, Run, Ticket, Version

AT_ONCE = 500


@dataclass(frozen=True)
class Pruned:
    """How many went."""

    runs: int
    versions: int


def prune(session: Session, before: float, who: str) -> Pruned:
    """Take away runs that ended, and versions that were stored, before a moment, in seconds since 1970."""
    runs = _old_runs(session, before)
    _drop_runs(session, runs)
    versions = _old_versions(session, before)
    for instance_id, number in versions:
        session.execute(delete(Version).where(Version.instance_id == instance_id, Version.number == number))
    if runs or versions:
        note(session, who, "store.prune", "store", runs=len(runs), versions=len(versions))
    return Pruned(len(runs), len(versions))


def drop_instance(session: Session, instance_id: str, who: str) -> Pruned:
    """Take an instance away with all its versions and runs. Raises MissingError, and ConflictError while one of them runs."""
    if session.get(Instance, instance_id) is None:
        raise missing(f"The instance {instance_id}")
    runs = {run.id: run.state for run in session.scalars(select(Run).where(Run.instance_id == instance_id))}
    if not all(state in ENDED for state in runs.values()):
        raise ConflictError(
            "in-use", "It is in use", f"runs of {instance_id} wait or are being done; cancel them first"
        )
    session.execute(delete(Ticket).where(Ticket.plan_id.in_(select(Run.id).where(Run.instance_id == instance_id))))
    _drop_runs(session, runs)
    versions = session.execute(delete(Version).where(Version.instance_id == instance_id)).rowcount  # type: ignore[attr-defined]
    session.execute(delete(Instance).where(Instance.id == instance_id))
    note(session, who, "instance.drop", f"instances/{instance_id}", runs=len(runs), versions=versions)
    return Pruned(len(runs), versions)


def _old_runs(session: Session, before: float) -> list[str]:
    """Those that ended before and that nothing needs, also of those that need one that stays."""
    rows = session.execute(
        select(Run.id, Run.plan, Run.asked, Run.instance_id, Run.kind, Run.state, Run.ended_at)
    ).all()
    staying = {row.id for row in rows if row.state not in ENDED or row.ended_at is None or row.ended_at >= before}
    staying |= set(session.scalars(select(Ticket.plan_id).distinct()))
    newest: dict[str, tuple[float, str]] = {}
    for row in rows:
        if row.kind in PLAN_KINDS and row.state in WITH_PLAN:
            newest[row.instance_id] = max(newest.get(row.instance_id, (0.0, "")), (row.ended_at, row.id))
    staying |= {run_id for _, run_id in newest.values()}
    bases = {row.id: [row.plan, row.asked.get("against")] for row in rows}
    waiting = list(staying)
    while waiting:
        for base in bases.get(waiting.pop(), ()):
            if base is not None and base not in staying:
                staying.add(base)
                waiting.append(base)
    return [row.id for row in rows if row.id not in staying]


def _drop_runs(session: Session, run_ids: Iterable[str]) -> None:
    ids = list(run_ids)
    for k in range(0, len(ids), AT_ONCE):
        some = ids[k : k + AT_ONCE]
        session.execute(delete(File).where(File.run_id.in_(some)))
        session.execute(delete(Run).where(Run.id.in_(some)))


def _old_versions(session: Session, before: float) -> list[tuple[str, int]]:
    used = select(Run.id).where(Run.instance_id == Version.instance_id, Run.version == Version.number)
    newest = select(Instance.id).where(Instance.id == Version.instance_id, Instance.version == Version.number)
    query = select(Version.instance_id, Version.number).where(Version.at < before)
    return [(row[0], row[1]) for row in session.execute(query.where(~or_(used.exists(), newest.exists())))]
