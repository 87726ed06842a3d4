"""Rows of the store as the API shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from orebook.findings import Finding
from orebook.service.faults import fault_of
from orebook.service.store.tables import WITH_PLAN, Audit, File, Instance, Run, Ticket, Version
from orebook.service.times import moment
from orebook.service.views.models import AuditOut, InstanceOut, Latest, PlanOut, RunOut

_IDS: BindParameter[Sequence[str]] = bindparam("ids", expanding=True)


def _latest_of_ids() -> Select[Run]:
    """The newest solve with a plan of each instance."""
    planned = (Run.instance_id.in_(_IDS), Run.kind == "solve", Run.state.in_(WITH_PLAN))
    ended = (
        select(Run.instance_id, func.max(Run.ended_at).label("at")).where(*planned).group_by(Run.instance_id).subquery()
    )
    same = (Run.instance_id == ended.c.instance_id) & (Run.ended_at == ended.c.at)
    return select(Run).join(ended, same).where(*planned)


def _stale_of_ids() -> Select[str, bool]:
    """Whether the content of each run's version differs from its instance's newest."""
    of_run, newest = aliased(Version), aliased(Version)
    return (
        select(Run.id, of_run.digest != newest.digest)
        .join(Instance, Instance.id == Run.instance_id)
        .join(of_run, (of_run.instance_id == Run.instance_id) & (of_run.number == Run.version))
        .join(newest, (newest.instance_id == Run.instance_id) & (newest.number == Instance.version))
        .where(Run.id.in_(_IDS))
    )


_LATEST, _STALE = _latest_of_ids(), _stale_of_ids()
"""Put together once: that takes longer than to ask them."""


def instance_out(session: Session, instance: Instance, version: Version) -> InstanceOut:
    """An instance in a version."""
    return instances_out(session, [(instance, version)])[0]


def instances_out(session: Session, rows: Sequence[tuple[Instance, Version]]) -> list[InstanceOut]:
    """Instances, each in a version."""
    plans = _latest_plans(session, [instance.id for instance, _ in rows])
    return [
        InstanceOut(
            id=instance.id,
            name=instance.name,
            title=instance.title,
            version=version.number,
            newest=instance.version,
            digest=version.digest,
            size=version.size,
            warnings=[fault_of(Finding(**{"cell": None, **found})) for found in version.findings],
            note=version.note,
            by=version.by,
            at=moment(version.at),
            latest_plan=plans.get(instance.id),
        )
        for instance, version in rows
    ]


def _latest_plans(session: Session, ids: Sequence[str]) -> dict[str, Latest]:
    """The newest plan of each instance, and whether the instance has changed since."""
    found = session.scalars(_LATEST, {"ids": ids}).all()
    stale = _stale(session, [run.id for run in found])
    return {
        run.instance_id: Latest(
            plan=run.id,
            version=run.version,
            state=run.state,  # type: ignore[arg-type]
            stale=stale[run.id],
            total_usd=run.result.get("total_usd"),
        )
        for run in found
    }


def run_out(session: Session, run: Run) -> RunOut:
    """A run as it stands."""
    return runs_out(session, [run])[0]


def runs_out(session: Session, listed: Sequence[Run]) -> list[RunOut]:
    """Runs as they stand."""
    files = _files(session, [run.id for run in listed])
    return [
        RunOut(
            id=run.id,
            kind=run.kind,
            state=run.state,  # type: ignore[arg-type]
            reason=run.reason,
            instance=run.instance_id,
            version=run.version,
            plan=run.plan,
            asked=run.asked,
            by=run.by,
            at=moment(run.at),
            started_at=moment(run.started_at),
            ended_at=moment(run.ended_at),
            attempt=run.attempt,
            stopping=run.state == "running" and (run.stop or run.cancel),
            progress=run.progress,
            result=run.result,
            files=files[run.id],
        )
        for run in listed
    ]


def plan_out(session: Session, run: Run) -> PlanOut:
    """The plan that a run made."""
    return plans_out(session, [run])[0]


def plans_out(session: Session, listed: Sequence[Run]) -> list[PlanOut]:
    """The plans that runs made."""
    ids = [run.id for run in listed]
    files, stale, moved = _files(session, ids), _stale(session, ids), _moved(session, ids)
    return [
        PlanOut(
            id=run.id,
            instance=run.instance_id,
            version=run.version,
            kind=run.kind,
            status=run.state,  # type: ignore[arg-type]
            stale=stale[run.id],
            at=moment(run.ended_at or run.at),
            by=run.by,
            figures=run.result,
            states={
                "proposed": int(run.result.get("tickets", 0)) - moved[run.id, "approved"] - moved[run.id, "ordered"],
                "approved": moved[run.id, "approved"],
                "ordered": moved[run.id, "ordered"],
            },
            files=files[run.id],
        )
        for run in listed
    ]


def _files(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    """The names of each run's files."""
    found: dict[str, list[str]] = {run_id: [] for run_id in ids}
    query = select(File.run_id, File.name).where(File.run_id.in_(ids)).order_by(File.name)
    for run_id, name in session.execute(query):
        found[run_id].append(name)
    return found


def _stale(session: Session, ids: Sequence[str]) -> dict[str, bool]:
    """Whether the instance of each run's version has another content by now."""
    return {row[0]: row[1] for row in session.execute(_STALE, {"ids": ids})}


def _moved(session: Session, ids: Sequence[str]) -> Counter[tuple[str, str]]:
    """(plan, state) -> how many tickets are in it; those that are proposed have no row."""
    query = select(Ticket.plan_id, Ticket.state, func.count()).where(Ticket.plan_id.in_(ids))
    rows = session.execute(query.group_by(Ticket.plan_id, Ticket.state))
    return Counter({(plan, state): count for plan, state, count in rows})


def audit_out(rows: Sequence[Audit]) -> list[AuditOut]:
    """Rows of the audit."""
    return [
        AuditOut(id=r.id, at=moment(r.at), who=r.who, action=r.action, subject=r.subject, detail=r.detail, hash=r.hash)
        for r in rows
    ]
