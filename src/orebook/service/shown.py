"""Rows of the store as the API shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from orebook.findings import Finding
from orebook.service.errors import fault_of
from orebook.service.store import runs
from orebook.service.store.tables import Audit, Instance, Run, Ticket, Version
from orebook.service.times import moment
from orebook.service.wire import AuditOut, InstanceOut, Latest, PlanOut, RunOut

PLANNED = ("solve", "whatif")
"""Kinds of run that make a plan."""
WITH_PLAN = ("optimal", "feasible")


def instance_out(session: Session, instance: Instance, version: Version) -> InstanceOut:
    """An instance in a version."""
    return InstanceOut(
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
        latest_plan=latest_plan(session, instance),
    )


def latest_plan(session: Session, instance: Instance) -> Latest | None:
    """The newest plan of an instance; stale where the instance has a newer version with another content."""
    query = select(Run).where(Run.instance_id == instance.id, Run.kind == "solve", Run.state.in_(WITH_PLAN))
    run = session.scalars(query.order_by(Run.ended_at.desc()).limit(1)).first()
    if run is None:
        return None
    return Latest(
        plan=run.id,
        version=run.version,
        state=run.state,  # type: ignore[arg-type]
        stale=is_stale(session, run),
        total_usd=run.result.get("total_usd"),
    )


def is_stale(session: Session, run: Run) -> bool:
    """Whether the inputs of a run's instance have changed since."""
    instance = session.get_one(Instance, run.instance_id)
    if instance.version == run.version:
        return False
    newest = session.get_one(Version, (instance.id, instance.version))
    return newest.digest != session.get_one(Version, (instance.id, run.version)).digest


def run_out(session: Session, run: Run) -> RunOut:
    """A run as it stands."""
    return RunOut(
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
        files=[f.name for f in runs.files(session, run.id)],
    )


def plan_out(session: Session, run: Run) -> PlanOut:
    """The plan that a run made."""
    tickets = session.scalars(select(Ticket).where(Ticket.plan_id == run.id)).all()
    moved = Counter(ticket.state for ticket in tickets)
    return PlanOut(
        id=run.id,
        instance=run.instance_id,
        version=run.version,
        kind=run.kind,
        status=run.state,  # type: ignore[arg-type]
        stale=is_stale(session, run),
        at=moment(run.ended_at or run.at),
        by=run.by,
        figures=run.result,
        states={
            "proposed": int(run.result.get("tickets", 0)) - moved["approved"] - moved["ordered"],
            "approved": moved["approved"],
            "ordered": moved["ordered"],
        },
        files=[f.name for f in runs.files(session, run.id)],
    )


def audit_out(rows: Sequence[Audit]) -> list[AuditOut]:
    """Rows of the audit."""
    return [
        AuditOut(id=r.id, at=moment(r.at), who=r.who, action=r.action, subject=r.subject, detail=r.detail) for r in rows
    ]
