"""A draft solved from the newest plan, before anything is kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from orebook.errors import InputError
from orebook.plan import Plan
from orebook.service.actions.instances import instance_view, read_document
from orebook.service.actions.runs import submit_run, submitting
from orebook.service.errors import ConflictError, RefusedError, UnusableError
from orebook.service.runs.editing import apply_edit
from orebook.service.runs.run_request_bodies import WhatifIn
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import InstanceId
from orebook.service.web.permissions import Planner
from orebook.workbench.draft_changes import changes_to
from orebook.workbench.grids.apply_draft import applied
from orebook.workbench.grids.draft import WhatifDraft
from orebook.workbench.grids.fault_cells import placed
from orebook.workbench.pages import router as pages
from orebook.workbench.plan_cache import opened
from orebook.workbench.surprises import usual_week

router = pages()


@router.post("/instances/{instance_id}/whatif")
def whatif(ctx: Ctx, who: Planner, instance_id: InstanceId, draft: WhatifDraft) -> dict[str, Any]:
    """Queue the what-if; what stands in the way is an answer, too."""
    with ctx.store.database.read() as session:
        document, _ = read_document(session, ctx, instance_id, draft.version)
        plan_id = _newest_plan(session, instance_id)
    tables = applied(document, draft)
    try:
        drafted, _ = apply_edit(document, tables.edit(draft.note))
        plan = opened(ctx, plan_id)
        changes = changes_to(plan, drafted)
        if not changes:
            raise UnusableError("no-change", "Nothing changed", "The plan was solved from just these inputs.")
        with submitting(ctx) as session:
            asked = WhatifIn(
                plan=plan_id, changes=changes, known=_known(plan, changes, draft.known), in_transit=draft.in_transit
            )
            run = submit_run(session, ctx, asked, who.name)
    except RefusedError as error:
        faults = error.faults if isinstance(error, UnusableError) else []
        return {"outcome": "faults", "says": error.detail, "faults": placed(faults, tables)}
    except InputError as error:
        return {"outcome": "faults", "says": error.findings[0].message, "faults": []}
    return {"outcome": "queued", "run": run.id}


def _known(plan: Plan, changes: tuple[str, ...], asked: int | None) -> int | None:
    """The week from which the changes are known; None: from week 1, or from the week in which the plan learns of its own."""
    if asked is None and plan.problem.world is not None:
        return None
    week = usual_week(changes) if asked is None else asked
    return week if week > 1 else None


def _newest_plan(session: Session, instance_id: str) -> str:
    found = instance_view(session, instance_id).latest_plan
    if found is None:
        raise ConflictError("no-plan", "No plan yet", "A what-if starts from a plan: solve the instance first.")
    return found.plan
