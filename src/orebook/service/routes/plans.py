"""Plans: what a solve or a what-if made, its tickets and what became of them, its facts, its files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from orebook.service.actions import tickets
from orebook.service.actions.plans import list_plans, plan_facts, plan_view, run_with_file
from orebook.service.actions.tickets import Move
from orebook.service.routes.common import STILL, place_of, refusals, runs_page
from orebook.service.views.models import FactsOut, PlanOut, TicketOut
from orebook.service.web.context import Ctx
from orebook.service.web.file_responses import file_response
from orebook.service.web.parameters import After, FileName, IfNoneMatch, Limit, PlanId
from orebook.service.web.permissions import Approver, Reader
from orebook.service.web.responses import Page

router = APIRouter(prefix="/v1/plans", tags=["plans"])


@router.get("", responses=refusals())
def list_all(
    ctx: Ctx,
    who: Reader,
    request: Request,
    instance: Annotated[str | None, Query(max_length=80)] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[PlanOut]:
    """Plans, the newest first."""
    with ctx.store.database.read() as session:
        part = list_plans(session, instance, place_of(after), limit)
    return runs_page(request, part)


@router.get("/{plan_id}", responses=refusals(404))
def get(ctx: Ctx, who: Reader, plan_id: PlanId) -> PlanOut:
    """A plan in short; plan.json among its files has all of it."""
    with ctx.store.database.read() as session:
        return plan_view(session, plan_id)


@router.get("/{plan_id}/files/{name}", response_class=Response, responses={**STILL, **refusals(404)})
def get_file(ctx: Ctx, who: Reader, plan_id: PlanId, name: FileName, if_none_match: IfNoneMatch = None) -> Response:
    """A file of the plan: plan.json, tickets.csv, cover.csv, cash.csv, report.html, report.md, plan.xlsx.

    Once the plan was explained whole, the reports are those with the facts.
    """
    with ctx.store.database.read() as session:
        return file_response(ctx, session, run_with_file(session, plan_id, name), name, if_none_match)


@router.get("/{plan_id}/facts", responses=refusals(404))
def get_facts(ctx: Ctx, who: Reader, plan_id: PlanId) -> FactsOut:
    """Every fact that is known of the plan, of all runs that explained it; the newest of those about the same."""
    with ctx.store.database.read() as session:
        return FactsOut(facts=plan_facts(session, ctx, plan_id))


@router.get("/{plan_id}/tickets", responses=refusals(404))
def list_tickets(ctx: Ctx, who: Reader, plan_id: PlanId) -> Page[TicketOut]:
    """The plan's tickets with their states."""
    with ctx.store.database.read() as session:
        return Page(items=tickets.list_tickets(session, ctx, plan_id))


@router.post("/{plan_id}/tickets", responses=refusals(404, 409))
def move_tickets(ctx: Ctx, who: Approver, plan_id: PlanId, move: Move) -> Page[TicketOut]:
    """Approve tickets, say that they are ordered, or take a step back; all that are named, or none."""
    with ctx.store.database.write() as session:
        return Page(items=tickets.move_tickets(session, ctx, plan_id, move, who.name))
