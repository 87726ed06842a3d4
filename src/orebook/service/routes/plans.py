"""Plans: what a solve or a what-if made, its tickets and what became of them, its facts, its files."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field, StrictBool
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from orebook.schema.base import Frozen
from orebook.schema.plan import PlanDocument
from orebook.service.routes.common import STILL, After, FileName, Known, Limit, PlanId, refusals, runs_page
from orebook.service.runs.documents import plan_document
from orebook.service.runs.report_run import explained
from orebook.service.runs.submit import plan_run
from orebook.service.store import tickets
from orebook.service.store.tables import File, Run
from orebook.service.times import moment
from orebook.service.web.context import Context, Ctx
from orebook.service.web.file_responses import file_response
from orebook.service.web.permissions import Approver, Reader
from orebook.service.web.problem_details import ProblemError
from orebook.service.web.responses import FactsOut, Page, PlanOut, TicketOut, TicketState
from orebook.service.web.serializers import PLANNED, WITH_PLAN, plan_out, plans_out

router = APIRouter(prefix="/v1/plans", tags=["plans"])


class TicketName(Frozen):
    """A ticket of a plan."""

    offer: str = Field(min_length=1, max_length=300)
    week: int = Field(strict=True, ge=1, le=2**31 - 1)


class Move(Frozen):
    """Tickets and the state that they go to; all of the plan's where `tickets` is left out."""

    state: TicketState
    tickets: Annotated[tuple[TicketName, ...], Field(min_length=1, max_length=100_000)] | None = None
    back: StrictBool = Field(
        False, description="ordered ones that are to be approved step back; else they stay ordered"
    )


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
    where: list[ColumnElement[bool]] = [Run.kind.in_(PLANNED), Run.state.in_(WITH_PLAN)]
    where += [] if instance is None else [Run.instance_id == instance.replace("\0", "")]
    return runs_page(ctx, request, where, after, limit, plans_out)


@router.get("/{plan_id}", responses=refusals(404))
def get(ctx: Ctx, who: Reader, plan_id: PlanId) -> PlanOut:
    """A plan in short; plan.json among its files has all of it."""
    with ctx.store.database.read() as session:
        return plan_out(session, plan_run(session, plan_id))


@router.get("/{plan_id}/files/{name}", response_class=Response, responses={**STILL, **refusals(404)})
def get_file(ctx: Ctx, who: Reader, plan_id: PlanId, name: FileName, if_none_match: Known = None) -> Response:
    """A file of the plan: plan.json, tickets.csv, cover.csv, cash.csv, report.html, report.md, plan.xlsx.

    Once the plan was explained whole, the reports are those with the facts.
    """
    with ctx.store.database.read() as session:
        plan_run(session, plan_id)
        whole = explained(session, plan_id)
        there = whole is not None and session.get(File, (whole.id, name)) is not None
        return file_response(ctx, session, whole.id if there and whole else plan_id, name, if_none_match)


@router.get("/{plan_id}/facts", responses=refusals(404))
def get_facts(ctx: Ctx, who: Reader, plan_id: PlanId) -> FactsOut:
    """Every fact that is known of the plan, of all runs that explained it; the newest of those about the same."""
    with ctx.store.database.read() as session:
        plan_run(session, plan_id)
        asked = (
            select(Run)
            .where(Run.plan == plan_id, Run.kind == "explain", Run.state.in_(WITH_PLAN))
            .order_by(Run.ended_at)
        )
        facts: dict[str, Any] = {}
        for run in session.scalars(asked):
            file = session.get(File, (run.id, "facts.json"))
            for fact in json.loads(ctx.store.blobs.get(file.sha256)) if file else ():
                facts[json.dumps([fact["kind"], fact["about"], fact.get("changes")], sort_keys=True)] = fact
    return FactsOut(facts=list(facts.values()))


@router.get("/{plan_id}/tickets", responses=refusals(404))
def list_tickets(ctx: Ctx, who: Reader, plan_id: PlanId) -> Page[TicketOut]:
    """The plan's tickets with their states."""
    with ctx.store.database.read() as session:
        return _tickets(ctx, session, plan_run(session, plan_id))


@router.post("/{plan_id}/tickets", responses=refusals(404, 409))
def move_tickets(ctx: Ctx, who: Approver, plan_id: PlanId, asked: Move) -> Page[TicketOut]:
    """Approve tickets, say that they are ordered, or take a step back; all that are named, or none."""
    with ctx.store.database.write() as session:
        run = plan_run(session, plan_id)
        there = {(t.offer, t.week) for t in document_of(ctx, session, run).tickets}
        keys = list(dict.fromkeys((t.offer, t.week) for t in asked.tickets or ())) or sorted(there)
        unknown = [key for key in keys if key not in there]
        if unknown:
            says = f"The plan has no ticket {unknown[0][0]}/{unknown[0][1]}."
            raise ProblemError(404, "no-ticket", "No such ticket", says)
        stuck = tickets.move(session, plan_id, keys, asked.state, who.name, back=asked.back)
        if stuck:
            says = f"{stuck[0][0]}/{stuck[0][1]} cannot become {asked.state} in one step."
            raise ProblemError(409, "not-a-step", "Not in one step", says)
        session.flush()
        return _tickets(ctx, session, run)


def document_of(ctx: Context, session: Session, run: Run) -> PlanDocument:
    """The plan.json of a run."""
    file = session.get_one(File, (run.id, "plan.json"))
    return plan_document(ctx.store.blobs, file.sha256)


def _tickets(ctx: Context, session: Session, run: Run) -> Page[TicketOut]:
    known = tickets.states(session, run.id)
    items = []
    for ticket in document_of(ctx, session, run).tickets:
        found = known.get((ticket.offer, ticket.week))
        items.append(
            TicketOut(
                **ticket.model_dump(mode="json"),
                state=found.state if found else "proposed",  # type: ignore[arg-type]
                by=found.by if found else None,
                at=moment(found.at) if found else None,
            )
        )
    return Page(items=items)
