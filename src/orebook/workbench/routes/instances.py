"""An instance: its grids, what solves are asked of it, its plans and versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from orebook.files.models import model_names, read_model
from orebook.service.actions.instances import instance_view
from orebook.service.actions.runs import submit_run, submitting
from orebook.service.runs.run_request_bodies import SolveIn
from orebook.service.store import instances, runs
from orebook.service.store.tables import PLAN_KINDS, WITH_PLAN, Run
from orebook.service.views.serializers import plans_out
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import InstanceId
from orebook.service.web.permissions import Planner, Reader
from orebook.workbench.grids.catalogue import GROUPS, grid_names
from orebook.workbench.grids.sliders import SLIDERS
from orebook.workbench.pages import redirected, rendered
from orebook.workbench.pages import router as pages

router = pages()


@router.get("/instances/{instance_id}")
def page(ctx: Ctx, who: Reader, request: Request, instance_id: InstanceId, grid: str = "prices") -> Response:
    """The instance in its newest version."""
    with ctx.store.database.read() as session:
        instance = instance_view(session, instance_id)
        mine = [Run.instance_id == instance_id]
        made = runs.listed(session, [*mine, Run.kind.in_(PLAN_KINDS), Run.state.in_(WITH_PLAN)], None, 8)
        return rendered(
            request,
            "instance.html.j2",
            instance=instance,
            grid=grid if grid in grid_names() else "prices",
            groups=GROUPS,
            levers=SLIDERS,
            plans=plans_out(session, made),
            working=runs.listed(session, [*mine, Run.state.in_(("queued", "running"))], None, 8),
            versions=instances.versions(session, instance_id, None, 8),
            models=[read_model(name) for name in model_names()],
        )


@router.post("/instances/{instance_id}/solve")
def solve(
    ctx: Ctx,
    who: Planner,
    request: Request,
    instance_id: InstanceId,
    model: Annotated[str, Form()] = "weekly",
    gap_pct: Annotated[float | None, Form()] = None,
    time_limit_s: Annotated[float | None, Form()] = None,
) -> Response:
    """Queue a solve of the newest version, and go where it can be watched."""
    solve_in = SolveIn(
        instance=instance_id, model=model, gap=None if gap_pct is None else gap_pct / 100, time_limit_s=time_limit_s
    )
    with submitting(ctx) as session:
        run = submit_run(session, ctx, solve_in, who.name)
    return redirected(request, f"/runs/{run.id}")
