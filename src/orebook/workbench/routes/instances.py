"""An instance: its grids, what solves are asked of it, its plans and versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from orebook.files.models import model_names, read_model
from orebook.service.routes import runs as api
from orebook.service.routes.common import InstanceId
from orebook.service.routes.instances import found_version
from orebook.service.routes.solve import answer_of
from orebook.service.runs.run_request_bodies import SolveIn
from orebook.service.store import instances, runs
from orebook.service.store.tables import Instance, Run
from orebook.service.web.context import Ctx
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.serializers import PLANNED, WITH_PLAN, instance_out, plans_out
from orebook.workbench.grids.catalogue import GROUPS, grid_names
from orebook.workbench.grids.sliders import LEVERS
from orebook.workbench.pages import moved, shown
from orebook.workbench.pages import router as pages

router = pages()


@router.get("/instances/{instance_id}")
def page(ctx: Ctx, who: Reader, request: Request, instance_id: InstanceId, grid: str = "prices") -> Response:
    """The instance in its newest version."""
    with ctx.store.database.read() as session:
        version = found_version(session, instance_id, None)
        instance = instance_out(session, session.get_one(Instance, instance_id), version)
        mine = [Run.instance_id == instance_id]
        made = runs.listed(session, [*mine, Run.kind.in_(PLANNED), Run.state.in_(WITH_PLAN)], None, 8)
        return shown(
            request,
            "instance.html.j2",
            instance=instance,
            grid=grid if grid in grid_names() else "prices",
            groups=GROUPS,
            levers=LEVERS,
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
    asked = SolveIn(
        instance=instance_id, model=model, gap=None if gap_pct is None else gap_pct / 100, time_limit_s=time_limit_s
    )
    run = answer_of(api.submit(ctx, who, asked, None))  # type: ignore[arg-type]
    return moved(request, f"/runs/{run['id']}")
