"""A draft solved from the newest plan, before anything is kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from orebook.errors import InputError
from orebook.service.routes import runs as api
from orebook.service.routes.common import InstanceId
from orebook.service.routes.instances import found_version
from orebook.service.routes.solve import answer_of
from orebook.service.routes.versions import document_of
from orebook.service.runs.editing import edited
from orebook.service.runs.run_request_bodies import WhatifIn
from orebook.service.store.tables import Instance
from orebook.service.web.context import Ctx
from orebook.service.web.permissions import Planner
from orebook.service.web.problem_details import ProblemError
from orebook.service.web.serializers import instance_out
from orebook.workbench.draft_changes import changes_to
from orebook.workbench.grids.apply_draft import applied
from orebook.workbench.grids.draft import Draft
from orebook.workbench.grids.fault_cells import placed
from orebook.workbench.pages import router as pages
from orebook.workbench.plan_cache import opened

router = pages()


@router.post("/instances/{instance_id}/whatif")
def whatif(ctx: Ctx, who: Planner, instance_id: InstanceId, draft: Draft) -> dict[str, Any]:
    """Queue the what-if; what stands in the way is an answer, too."""
    with ctx.store.database.read() as session:
        document = document_of(ctx, found_version(session, instance_id, draft.version))
        plan_id = _newest_plan(session, instance_id)
    tables = applied(document, draft)
    try:
        drafted, _ = edited(document, tables.edit(draft.note))
        changes = changes_to(opened(ctx, plan_id), drafted)
        if not changes:
            raise ProblemError(422, "no-change", "Nothing changed", "The plan was solved from just these inputs.")
        run = answer_of(api.submit(ctx, who, WhatifIn(plan=plan_id, changes=changes), None))  # type: ignore[arg-type]
    except ProblemError as error:
        return {"outcome": "faults", "says": error.problem.detail, "faults": placed(error.problem.errors, tables)}
    except InputError as error:
        return {"outcome": "faults", "says": error.findings[0].message, "faults": []}
    return {"outcome": "queued", "run": run["id"]}


def _newest_plan(session: Session, instance_id: str) -> str:
    version = found_version(session, instance_id, None)
    found = instance_out(session, session.get_one(Instance, instance_id), version).latest_plan
    if found is None:
        raise ProblemError(409, "no-plan", "No plan yet", "A what-if starts from a plan: solve the instance first.")
    return found.plan
