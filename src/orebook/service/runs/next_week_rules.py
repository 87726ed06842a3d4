"""Whether a plan's next week may begin, and which of its orders stand in it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from orebook.service.runs.documents import plan_document
from orebook.service.runs.run_requests import NextWeekAsked
from orebook.service.store import tickets
from orebook.service.store.tables import File, Instance, Run
from orebook.service.web.context import Context
from orebook.service.web.problem_details import ProblemError


def following(session: Session, ctx: Context, asked: NextWeekAsked, plan: Run) -> NextWeekAsked:
    """What is asked, with the weeks that stand: those up to which every ticket is approved, less the one that ends.

    Raises ProblemError 409 where the instance has a newer version than the plan, where that is under changes, and where an
    order of week 1 is not approved.
    """
    instance = session.get_one(Instance, plan.instance_id)
    if instance.version != plan.version:
        says = f"The plan is of version {plan.version}, and the instance is at {instance.version}; solve that first."
        raise ProblemError(409, "stale", "The instance has changed since", says)
    changes = plan.result.get("changes") or []
    if changes:
        under = ", ".join(changes[:5]) + (" ..." if len(changes) > 5 else "")
        says = (
            f"The plan is under {under}; keep that as a version of the instance and solve it, or go on from its base."
        )
        raise ProblemError(409, "under-changes", "A plan of what might be", says)
    file = session.get_one(File, (plan.id, "plan.json"))
    document = plan_document(ctx.store.blobs, file.sha256)
    known = tickets.states(session, plan.id)
    waiting = [f"{t.offer}/{t.week}" for t in document.tickets if t.week == 1 and tickets.is_open(known, t)]
    if waiting:
        named = ", ".join(waiting[:5]) + (" ..." if len(waiting) > 5 else "")
        says = f"Week 1 ends with its orders: approve {named}, or plan without."
        raise ProblemError(409, "not-approved", "Orders of week 1 are not approved", says)
    stands = asked.frozen_weeks
    if stands is None:
        stands = max(0, tickets.settled_weeks(document.tickets, known) - 1)
    beyond = [t for t in document.tickets if t.week > stands + 1 and not tickets.is_open(known, t)]
    loose = tuple(f"{t.offer}/{t.week}" for t in beyond)
    return asked.model_copy(update={"stands": stands, "not_frozen": loose})
