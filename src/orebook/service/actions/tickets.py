"""The tickets of a plan with what became of them, and their way from proposed over approved to ordered and back."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import Field, StrictBool
from sqlalchemy.orm import Session

from orebook.schema.base import Frozen
from orebook.service.context import Context
from orebook.service.errors import ConflictError, MissingError
from orebook.service.runs.lookups import document_of_plan, find_plan
from orebook.service.store import tickets
from orebook.service.store.tables import Run
from orebook.service.times import moment
from orebook.service.views.models import TicketOut, TicketState


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


def list_tickets(session: Session, ctx: Context, plan_id: str) -> list[TicketOut]:
    """The plan's tickets with their states. Raises MissingError."""
    return _tickets(session, ctx, find_plan(session, plan_id))


def move_tickets(session: Session, ctx: Context, plan_id: str, move: Move, who: str) -> list[TicketOut]:
    """Bring all that are named to a state, or none, and the plan's tickets as they are then.

    Raises MissingError for a plan or ticket that is not there, and ConflictError where a ticket is more than a step away.
    """
    plan = find_plan(session, plan_id)
    there = {(t.offer, t.week) for t in document_of_plan(session, ctx.store.blobs, plan).tickets}
    keys = list(dict.fromkeys((t.offer, t.week) for t in move.tickets or ())) or sorted(there)
    unknown = [key for key in keys if key not in there]
    if unknown:
        says = f"The plan has no ticket {unknown[0][0]}/{unknown[0][1]}."
        raise MissingError("no-ticket", "No such ticket", says)
    stuck = tickets.move(session, plan_id, keys, move.state, who, back=move.back)
    if stuck:
        says = f"{stuck[0][0]}/{stuck[0][1]} cannot become {move.state} in one step."
        raise ConflictError("not-a-step", "Not in one step", says)
    session.flush()
    return _tickets(session, ctx, plan)


def _tickets(session: Session, ctx: Context, plan: Run) -> list[TicketOut]:
    known = tickets.states(session, plan.id)
    items = []
    for ticket in document_of_plan(session, ctx.store.blobs, plan).tickets:
        found = known.get((ticket.offer, ticket.week))
        state = found.state if found else tickets.PROPOSED
        items.append(
            TicketOut(
                **ticket.model_dump(mode="json"),
                state=cast("TicketState", state),
                by=found.by if found else None,
                at=moment(found.at) if found else None,
            )
        )
    return items
