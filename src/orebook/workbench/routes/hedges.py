"""Hedged plans: asked for, shown, and the plan of each future."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from orebook.files.models import model_names, read_model
from orebook.resolve import problem_of
from orebook.service.actions.hedges import hedge_view, list_hedges
from orebook.service.actions.instances import instance_view, read_document
from orebook.service.actions.runs import submit_run, submitting
from orebook.service.errors import missing
from orebook.service.runs.run_request_bodies import HedgeIn
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import InstanceId, Number, RunId
from orebook.service.web.permissions import Planner, Reader
from orebook.workbench.hedge_parts import FATES, chance, hedge_parts, known_in
from orebook.workbench.pages import redirected, rendered
from orebook.workbench.pages import router as pages
from orebook.workbench.plan_cache import future_parts

router = pages()
MAX_HEDGES_LISTED = 20
Part = Annotated[float, Form(ge=0, le=100)]


@router.get("/instances/{instance_id}/hedge")
def begin(ctx: Ctx, who: Reader, request: Request, instance_id: InstanceId) -> Response:
    """The futures of the newest version, what is to be done about them, and what was asked before."""
    with ctx.store.database.read() as session:
        instance = instance_view(session, instance_id)
        document, _ = read_document(session, ctx, instance_id)
        made = list_hedges(session, instance_id, MAX_HEDGES_LISTED)
    problem = problem_of(document)
    return rendered(
        request,
        "hedge_begin.html.j2",
        instance=instance,
        futures=[
            (future, chance(future.probability), known_in(future.known_week, problem.weeks), FATES[future.in_transit])
            for future in problem.futures
        ],
        hazards=document.rows("hazards"),
        made=made,
        models=[read_model(name) for name in model_names()],
    )


@router.post("/instances/{instance_id}/hedge")
def begin_hedge(
    ctx: Ctx,
    who: Planner,
    request: Request,
    instance_id: InstanceId,
    model: Annotated[str, Form()] = "weekly",
    weight_pct: Part = 0.0,
    worst_pct: Part = 10.0,
    gap_pct: Annotated[float | None, Form()] = None,
    time_limit_s: Annotated[float | None, Form()] = None,
) -> Response:
    """Queue a hedged plan of the newest version, and go where it can be watched."""
    asked = HedgeIn(
        instance=instance_id,
        model=model,
        tail=worst_pct / 100,
        tail_weight=weight_pct / 100,
        gap=None if gap_pct is None else gap_pct / 100,
        time_limit_s=time_limit_s,
    )
    with submitting(ctx) as session:
        run = submit_run(session, ctx, asked, who.name)
    return redirected(request, f"/runs/{run.id}")


@router.get("/hedges/{run_id}")
def page(ctx: Ctx, who: Reader, request: Request, run_id: RunId) -> Response:
    """What to order now, what each future makes of it, and what that is worth."""
    with ctx.store.database.read() as session:
        hedge = hedge_view(session, ctx, run_id)
        weeks = instance_view(session, hedge.run.instance, hedge.run.version).size["weeks"]
    parts = hedge_parts(hedge.document, weeks)
    return rendered(
        request, "hedge.html.j2", run=hedge.run, document=hedge.document, stale_now=hedge.stale, parts=parts
    )


@router.get("/hedges/{run_id}/futures/{number}")
def future_plan(ctx: Ctx, who: Reader, request: Request, run_id: RunId, number: Number) -> Response:
    """The plan of a future: the orders of now, and how it goes on if that future comes."""
    with ctx.store.database.read() as session:
        hedge = hedge_view(session, ctx, run_id)
    if number > len(hedge.document.futures):
        raise missing(f"Future {number} of this plan")
    parts = future_parts(ctx, run_id, number)
    return rendered(
        request,
        "hedge_future.html.j2",
        run=hedge.run,
        document=hedge.document,
        future=hedge.document.futures[number - 1],
        number=number,
        known=known_in(hedge.document.futures[number - 1].known_week, parts.plan.problem.weeks),
        parts=parts,
        view=None,
    )
