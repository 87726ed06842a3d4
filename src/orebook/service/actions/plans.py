"""Plans: looked at, listed, with every fact that is known of them and the newest of their files."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from orebook.service.actions.part import Part
from orebook.service.actions.runs import Place, RunFilter, rows_of_runs
from orebook.service.context import Context
from orebook.service.runs.lookups import find_plan
from orebook.service.runs.report_run import find_report_run
from orebook.service.store.tables import PLAN_KINDS, WITH_PLAN, File, Run
from orebook.service.views.models import PlanOut
from orebook.service.views.serializers import plan_out, plans_out


def plan_view(session: Session, plan_id: str) -> PlanOut:
    """A plan in short. Raises MissingError."""
    return plan_out(session, find_plan(session, plan_id))


def list_plans(session: Session, instance: str | None, after: Place | None, limit: int) -> Part[PlanOut, Place]:
    """Plans of an instance or all, the newest first, those after a place."""
    planned = [Run.kind.in_(PLAN_KINDS), Run.state.in_(WITH_PLAN), *RunFilter(instance).conditions()]
    rows, last = rows_of_runs(session, planned, after, limit)
    return Part(plans_out(session, rows), last)


def plan_facts(session: Session, ctx: Context, plan_id: str) -> list[dict[str, Any]]:
    """Every fact of all runs that explained the plan; the newest of those about the same. Raises MissingError."""
    find_plan(session, plan_id)
    explaining = (
        select(Run).where(Run.plan == plan_id, Run.kind == "explain", Run.state.in_(WITH_PLAN)).order_by(Run.ended_at)
    )
    facts: dict[str, dict[str, Any]] = {}
    for run in session.scalars(explaining):
        file = session.get(File, (run.id, "facts.json"))
        for fact in json.loads(ctx.store.blobs.get(file.sha256)) if file else ():
            facts[json.dumps([fact["kind"], fact["about"], fact.get("changes")], sort_keys=True)] = fact
    return list(facts.values())


def run_with_file(session: Session, plan_id: str, name: str) -> str:
    """The run whose file of that name is the plan's: that which explained it whole, else its own. Raises MissingError."""
    find_plan(session, plan_id)
    whole = find_report_run(session, plan_id)
    if whole is not None and session.get(File, (whole.id, name)) is not None:
        return whole.id
    return plan_id
