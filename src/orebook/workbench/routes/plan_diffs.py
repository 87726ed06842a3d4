"""Two plans side by side, and what forced each change."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from sqlalchemy.orm import Session

from orebook.files.plan_folder import FACTS, FACTS_FILE
from orebook.report import compared, news
from orebook.service.actions.plans import plan_view
from orebook.service.actions.runs import submit_run, submitting
from orebook.service.context import Context
from orebook.service.runs.run_request_bodies import CompareIn
from orebook.service.store import runs
from orebook.service.store.tables import ENDED, File, Run
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import PlanId
from orebook.service.web.permissions import Planner, Reader
from orebook.workbench.pages import rendered
from orebook.workbench.pages import router as pages
from orebook.workbench.plan_cache import opened
from orebook.workbench.plan_diff import changes, measures

router = pages()
MAX_PLANS_LISTED = 50


@router.get("/plans/{plan_id}/beside/{other}")
def page(ctx: Ctx, who: Reader, request: Request, plan_id: PlanId, other: PlanId) -> Response:
    """This plan beside an older one."""
    with ctx.store.database.read() as session:
        views = [plan_view(session, one) for one in (other, plan_id)]
    old, new = (opened(ctx, one) for one in (other, plan_id))
    both = {"older": old, "this": new}
    return rendered(
        request,
        "beside.html.j2",
        views=views,
        changed=new.document.instance.changes,
        since=news.says(new),
        measures=measures(old, new),
        minerals=compared.minerals(both),
        firm=compared.firm(both),
        **_causes(ctx, plan_id, other),
    )


@router.get("/plans/{plan_id}/beside/{other}/causes")
def causes(ctx: Ctx, who: Reader, request: Request, plan_id: PlanId, other: PlanId) -> Response:
    """What forced each change, as far as it is known."""
    return rendered(request, "causes.html.j2", **_causes(ctx, plan_id, other))


@router.post("/plans/{plan_id}/beside/{other}/causes")
def ask(ctx: Ctx, who: Planner, request: Request, plan_id: PlanId, other: PlanId) -> Response:
    """Have it found out."""
    if _causes(ctx, plan_id, other)["run"] is None:
        with submitting(ctx) as session:
            submit_run(session, ctx, CompareIn(plan=plan_id, against=other), who.name)
    return rendered(request, "causes.html.j2", **_causes(ctx, plan_id, other))


def _causes(ctx: Context, plan_id: str, other: str) -> dict[str, Any]:
    with ctx.store.database.read() as session:
        run = _compared(session, plan_id, other)
        known = run is not None and run.state == "optimal"
        found = FACTS.validate_json(_facts(session, ctx, run)) if known and run else ()
    listed = changes(opened(ctx, other), opened(ctx, plan_id), found)
    working = run is not None and run.state not in ENDED
    said = [fact.says for fact in found if fact.about.against in ("total", "input") and fact.says]
    return {
        "plan_id": plan_id,
        "other": other,
        "run": run if working or known else None,
        "working": working,
        "known": known,
        "said": said,
        "changes": listed,
    }


def _compared(session: Session, plan_id: str, other: str) -> Run | None:
    """The newest comparison of the two that asked for causes."""
    compared = runs.listed(session, [Run.plan == plan_id, Run.kind == "compare"], None, MAX_PLANS_LISTED)
    return next((r for r in compared if r.asked["against"] == other and r.asked.get("causes", True)), None)


def _facts(session: Session, ctx: Context, run: Run) -> bytes:
    return ctx.store.blobs.get(session.get_one(File, (run.id, FACTS_FILE)).sha256)
