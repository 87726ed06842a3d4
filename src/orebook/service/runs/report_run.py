"""The run that answered all that a plan's report asks."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from orebook.service.store.tables import File, Run
from orebook.service.web.serializers import WITH_PLAN


def explained(session: Session, plan_id: str) -> Run | None:
    """The newest of them; None where the plan was not explained whole."""
    query = (
        select(Run)
        .join(File, File.run_id == Run.id)
        .where(Run.plan == plan_id, Run.kind == "explain", Run.state.in_(WITH_PLAN), File.name == "report.html")
    )
    return session.scalars(query.order_by(Run.ended_at.desc()).limit(1)).first()
