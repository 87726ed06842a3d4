"""Plans: listed; one of them with its tickets, and what becomes of those."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from orebook.schema.hidden import Hidden
from orebook.service.actions import tickets
from orebook.service.actions.plans import plan_view
from orebook.service.actions.runs import submit_run, submitting
from orebook.service.actions.tickets import Move
from orebook.service.context import Context
from orebook.service.errors import RefusedError, UnusableError
from orebook.service.runs.lookups import find_plan
from orebook.service.runs.run_request_bodies import ExplainIn, NextWeekIn, ReportIn, RunIn
from orebook.service.store import runs
from orebook.service.store.tables import PLAN_KINDS, WITH_PLAN, Run
from orebook.service.store.tickets import states as ticket_states
from orebook.service.views.serializers import plans_out
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import PlanId
from orebook.service.web.permissions import Approver, Planner, Reader, Who
from orebook.workbench.next_week import prices_of
from orebook.workbench.pages import redirected, rendered
from orebook.workbench.pages import router as pages
from orebook.workbench.plan_cache import opened, parts

router = pages()
MAX_PLANS_LISTED = 100
BACK = "back to "


@router.get("/plans")
def list_all(ctx: Ctx, who: Reader, request: Request) -> Response:
    """The newest plans of all instances."""
    with ctx.store.database.read() as session:
        made = runs.listed(session, [Run.kind.in_(PLAN_KINDS), Run.state.in_(WITH_PLAN)], None, MAX_PLANS_LISTED)
        return rendered(request, "plans.html.j2", plans=plans_out(session, made))


@router.get("/beside")
def beside(who: Reader, request: Request, plan: Annotated[list[PlanId], Query()]) -> Response:
    """Two plans that were ticked, the newer one first."""
    if len(plan) != 2:
        raise UnusableError("not-two", "Two plans", "Tick two plans to see them side by side.")
    return RedirectResponse(f"{request.scope.get('root_path', '')}/plans/{plan[0]}/beside/{plan[1]}", 303)


@router.get("/plans/{plan_id}")
def page(ctx: Ctx, who: Reader, request: Request, plan_id: PlanId) -> Response:
    """The plan."""
    with ctx.store.database.read() as session:
        view = plan_view(session, plan_id)
        where = [
            Run.instance_id == view.instance,
            Run.kind.in_(PLAN_KINDS),
            Run.state.in_(WITH_PLAN),
            Run.id != plan_id,
        ]
        others = plans_out(session, runs.listed(session, where, None, 30))
    content = _tickets(ctx, plan_id, None)
    return rendered(request, "plan.html.j2", plan=content["parts"].plan, others=others, **content)


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
    refusal = None
    try:
        with ctx.store.database.write() as session:
            tickets.move_tickets(session, ctx, plan_id, _move(state, ticket or []), who.name)
    except RefusedError as error:
        refusal = error
    return rendered(request, "plan_tickets.html.j2", **_tickets(ctx, plan_id, refusal))


@router.post("/plans/{plan_id}/explain")
def explain(ctx: Ctx, who: Planner, request: Request, plan_id: PlanId) -> Response:
    """Ask all that the report asks; the reports then have it."""
    return _submitted(ctx, who, request, ExplainIn(plan=plan_id))


@router.post("/plans/{plan_id}/report")
def report(
    ctx: Ctx,
    who: Planner,
    request: Request,
    plan_id: PlanId,
    hide: Annotated[list[Hidden], Form()] = [],  # noqa: B006 - FastAPI copies it
    pdf: Annotated[bool, Form()] = False,
    lender: Annotated[str | None, Form(max_length=500)] = None,
    member: Annotated[str | None, Form(max_length=500)] = None,
) -> Response:
    """Write the reports again without what is ticked, or what a lender or member may see, for paper where that is ticked."""
    return _submitted(
        ctx, who, request, ReportIn(plan=plan_id, hide=tuple(hide), pdf=pdf, lender=lender, member=member)
    )


@router.post("/plans/{plan_id}/next")
def next_week(
    ctx: Ctx, who: Planner, request: Request, plan_id: PlanId, prices: Annotated[str, Form(max_length=200_000)] = ""
) -> Response:
    """Move the instance on a week from this plan."""
    with ctx.store.database.read() as session:
        find_plan(session, plan_id)
    return _submitted(ctx, who, request, NextWeekIn(plan=plan_id, prices=prices_of(prices, opened(ctx, plan_id))))


def _submitted(ctx: Context, who: Who, request: Request, run_in: RunIn) -> Response:
    """Queue a run, and go where it can be watched."""
    with submitting(ctx) as session:
        run = submit_run(session, ctx, run_in, who.name)
    return redirected(request, f"/runs/{run.id}")


def _move(state: str, ticket: list[str]) -> Move:
    """The ticked tickets, each an offer and a week with a / between. Raises UnusableError."""
    if not ticket:
        raise UnusableError("none-ticked", "No ticket is ticked", "Tick those that you mean.")
    names = [name.rpartition("/") for name in ticket]
    listed = [
        {"offer": offer, "week": int(week) if week.isdecimal() and len(week) < 6 else 0} for offer, _, week in names
    ]
    try:
        return Move.model_validate(
            {"state": state.removeprefix(BACK), "tickets": listed, "back": state.startswith(BACK)}
        )
    except ValidationError:
        raise UnusableError("no-ticket", "No such ticket or state", "Load the page again.") from None


def _tickets(ctx: Context, plan_id: str, refusal: RefusedError | None) -> dict[str, Any]:
    """What the table of tickets is filled with, and why none was moved."""
    with ctx.store.database.read() as session:
        view, states = plan_view(session, plan_id), ticket_states(session, plan_id)
    return {"problem": refusal, "view": view, "parts": parts(ctx, plan_id), "states": states}
