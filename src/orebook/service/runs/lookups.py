"""What is in the store by its name or id, or an error that says what is not there."""

from __future__ import annotations

from sqlalchemy.orm import Session

from orebook.schema.plan import PlanDocument
from orebook.service.errors import missing
from orebook.service.runs.documents import plan_document
from orebook.service.store import instances
from orebook.service.store.blobs import Blobs
from orebook.service.store.tables import PLAN_KINDS, WITH_PLAN, File, Run, Version


def find_version(session: Session, instance_id: str, number: int | None = None) -> Version:
    """A version of an instance, the newest where None. Raises MissingError."""
    newest = instances.latest(session, instance_id)
    if newest is None:
        raise missing(f"The instance {instance_id}")
    if number is None or number == newest.number:
        return newest
    found = session.get(Version, (instance_id, number))
    if found is None:
        raise missing(f"Version {number} of the instance {instance_id}")
    return found


def find_run(session: Session, run_id: str) -> Run:
    """A run. Raises MissingError."""
    run = session.get(Run, run_id)
    if run is None:
        raise missing(f"The run {run_id}")
    return run


def find_plan(session: Session, plan_id: str) -> Run:
    """The run that made a plan. Raises MissingError."""
    run = session.get(Run, plan_id)
    if run is None or run.kind not in PLAN_KINDS or run.state not in WITH_PLAN:
        raise missing(f"The plan {plan_id}")
    return run


def find_hedge(session: Session, run_id: str) -> Run:
    """The run that made a hedged plan. Raises MissingError, also for one that ended without."""
    run = session.get(Run, run_id)
    if run is None or run.kind != "hedge" or run.state not in WITH_PLAN:
        raise missing(f"The hedged plan {run_id}")
    return run


def document_of_plan(session: Session, blobs: Blobs, plan: Run) -> PlanDocument:
    """The plan.json of a run that made a plan."""
    return plan_document(blobs, session.get_one(File, (plan.id, "plan.json")).sha256)
