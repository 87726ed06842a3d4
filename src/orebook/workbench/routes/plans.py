"""Plans: listed; one of them with its tickets, and what becomes of those."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from orebook.schema.hidden import Hidden
from orebook.service.routes import plans as api
from orebook.service.routes import runs as run_api
from orebook.service.routes.common import PlanId
from orebook.service.routes.plans import Move
from orebook.service.routes.solve import answer_of
from orebook.service.runs.run_request_bodies import ExplainIn, NextWeekIn, ReportIn
from orebook.service.runs.submit import plan_run
from orebook.service.store import runs, tickets
from orebook.service.store.tables import Run
from orebook.service.web.context import Context, Ctx
from orebook.service.web.permissions import Approver, Planner, Reader
from orebook.service.web.problem_details import ProblemError
from orebook.service.web.serializers import PLANNED, WITH_PLAN, plans_out
from orebook.workbench.next_week import prices_of
from orebook.workbench.pages import moved, shown
from orebook.workbench.pages import router as pages
from orebook.workbench.plan_cache import opened, parts

router = pages()
MAX_PLANS_LISTED = 100
BACK = "back to "


@router.get("/plans")
def list_all(ctx: Ctx, who: Reader, request: Request) -> Response:
    """The newest plans of all instances."""
    with ctx.store.database.read() as session:
        made = runs.listed(session, [Run.kind.in_(PLANNED), Run.state.in_(WITH_PLAN)], None, MAX_PLANS_LISTED)
        return shown(request, "plans.html.j2", plans=plans_out(session, made))


@router.get("/beside")
def beside(who: Reader, request: Request, plan: Annotated[list[PlanId], Query()]) -> Response:
    """Two plans that were ticked, the newer one first."""
    if len(plan) != 2:
        raise ProblemError(422, "not-two", "Two plans", "Tick two plans to see them side by side.")
    return RedirectResponse(f"{request.scope.get('root_path', '')}/plans/{plan[0]}/beside/{plan[1]}", 303)


@router.get("/plans/{plan_id}")
def page(ctx: Ctx, who: Reader, request: Request, plan_id: PlanId) -> Response:
    """The plan."""
    out = api.get(ctx, who, plan_id)
    with ctx.store.database.read() as session:
        where = [Run.instance_id == out.instance, Run.kind.in_(PLANNED), Run.state.in_(WITH_PLAN), Run.id != plan_id]
        others = plans_out(session, runs.listed(session, where, None, 30))
    content = _tickets(ctx, who, plan_id, out)
    return shown(request, "plan.html.j2", plan=content["parts"].plan, others=others, **content)


@router.post("/plans/{plan_id}/tickets")
def move_tickets(
    ctx: Ctx,
    who: Approver,
    request: Request,
    plan_id: PlanId,
    state: Annotated[str, Form()],
    ticket: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Bring the ticked tickets to a state, and show them all as they are then."""
    problem = None
    try:
        api.move_tickets(ctx, who, plan_id, _move(state, ticket or []))
    except ProblemError as error:
        problem = error.problem
    return shown(request, "plan_tickets.html.j2", **_tickets(ctx, who, plan_id, None, problem))


@router.post("/plans/{plan_id}/explain")
def explain(ctx: Ctx, who: Planner, request: Request, plan_id: PlanId) -> Response:
    """Ask all that the report asks; the reports then have it."""
    run = answer_of(run_api.submit(ctx, who, ExplainIn(plan=plan_id), None))  # type: ignore[arg-type]
    return moved(request, f"/runs/{run['id']}")


@router.post("/plans/{plan_id}/report")
def report(
    ctx: Ctx,
    who: Planner,
    request: Request,
    plan_id: PlanId,
    hide: Annotated[list[Hidden], Form()] = [],  # noqa: B006 - FastAPI copies it
    pdf: Annotated[bool, Form()] = False,
) -> Response:
    """Write the reports again without what is ticked, for paper where that is ticked too."""
    run = answer_of(run_api.submit(ctx, who, ReportIn(plan=plan_id, hide=tuple(hide), pdf=pdf), None))  # type: ignore[arg-type]
    return moved(request, f"/runs/{run['id']}")


@router.post("/plans/{plan_id}/next")
def next_week(
    ctx: Ctx, who: Planner, request: Request, plan_id: PlanId, prices: Annotated[str, Form(max_length=200_000)] = ""
) -> Response:
    """Move the instance on a week from this plan."""
    with ctx.store.database.read() as session:
        plan_run(session, plan_id)
    asked = NextWeekIn(plan=plan_id, prices=prices_of(prices, opened(ctx, plan_id)))
    run = answer_of(run_api.submit(ctx, who, asked, None))  # type: ignore[arg-type]
    return moved(request, f"/runs/{run['id']}")


def _move(state: str, ticket: list[str]) -> Move:
    """The ticked tickets, each an offer and a week with a / between. Raises ProblemError 422."""
    if not ticket:
        raise ProblemError(422, "none-ticked", "No ticket is ticked", "Tick those that you mean.")
    names = [name.rpartition("/") for name in ticket]
    listed = [
        {"offer": offer, "week": int(week) if week.isdecimal() and len(week) < 6 else 0} for offer, _, week in names
    ]
    try:
        return Move.model_validate(
            {"state": state.removeprefix(BACK), "tickets": listed, "back": state.startswith(BACK)}
        )
    except ValidationError:
        raise ProblemError(422, "no-ticket", "No such ticket or state", "Load the page again.") from None


def _tickets(ctx: Context, who: Any, plan_id: str, out: Any = None, problem: Any = None) -> dict[str, Any]:
    out = out or api.get(ctx, who, plan_id)
    with ctx.store.database.read() as session:
        states = tickets.states(session, plan_id)
    return {"problem": problem, "out": out, "parts": parts(ctx, plan_id), "states": states}
