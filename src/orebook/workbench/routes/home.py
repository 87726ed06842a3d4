"""Where a planner begins: the instances and where each stands; on the first day, the vault itself."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orebook.service.runs.seed_instances import SHIPPED
from orebook.service.store import instances, runs
from orebook.service.store.tables import Instance, Run
from orebook.service.web.context import Ctx
from orebook.service.web.permissions import Reader
from orebook.service.web.serializers import instances_out
from orebook.workbench.pages import router as pages
from orebook.workbench.pages import shown

MAX_INSTANCES_LISTED = 500
router = pages()


@router.get("/")
def home(ctx: Ctx, who: Reader, request: Request) -> Response:
    """The list; while nothing was solved or changed yet, the first instance that ships."""
    with ctx.store.database.read() as session:
        first = SHIPPED[0]
        if _untouched(session) and session.get(Instance, first) is not None:
            return RedirectResponse(f"{request.scope.get('root_path', '')}/instances/{first}", 303)
        return _listed(session, request)


@router.get("/instances")
def list_all(ctx: Ctx, who: Reader, request: Request) -> Response:
    """Every instance, its newest plan, and whether its inputs are newer."""
    with ctx.store.database.read() as session:
        return _listed(session, request)


def _listed(session: Session, request: Request) -> Response:
    items = instances_out(session, instances.listed(session, None, MAX_INSTANCES_LISTED))
    working = runs.listed(session, [Run.state.in_(("queued", "running"))], None, 50)
    return shown(request, "instances.html.j2", items=items, working=working)


def _untouched(session: Session) -> bool:
    newest = session.scalar(select(func.max(Instance.version))) or 0
    return newest == 1 and not session.scalar(select(func.count()).select_from(Run))
