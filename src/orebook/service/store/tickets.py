"""What became of a plan's tickets: proposed, approved, ordered, one step at a time either way."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from orebook.schema.plan import Ticket as PlanTicket
from orebook.service.store.audit import note
from orebook.service.store.tables import Ticket

PROPOSED, APPROVED, ORDERED = "proposed", "approved", "ordered"
BACK = (ORDERED, APPROVED)
"""A step that has to be said: who approves what another has ordered meanwhile leaves it ordered."""
ALLOWED_STEPS = {(PROPOSED, APPROVED), (APPROVED, ORDERED), (APPROVED, PROPOSED), BACK}
"""From what to what a ticket may go; a state set again changes nothing."""

TicketKey = tuple[str, int]


def states(session: Session, plan_id: str) -> Mapping[TicketKey, Ticket]:
    """(offer, week) -> what became of it; a ticket that is not listed is proposed."""
    return {(t.offer, t.week): t for t in session.scalars(select(Ticket).where(Ticket.plan_id == plan_id))}


def move(
    session: Session, plan_id: str, keys: Sequence[TicketKey], state: str, who: str, *, back: bool
) -> list[TicketKey]:
    """Bring tickets to a state, all of them or none; those that stand in the way, which are more than a step from it.

    With `back` ordered ones that are to be approved take that step back; without it they stay.
    """
    known = states(session, plan_id)
    was = {key: known[key].state if key in known else PROPOSED for key in keys}
    going = {key: old for key, old in was.items() if old != state and (back or (old, state) != BACK)}
    stuck = [key for key, old in going.items() if (old, state) not in ALLOWED_STEPS]
    if stuck:
        return stuck
    for offer, week in going:
        session.merge(Ticket(plan_id=plan_id, offer=offer, week=week, state=state, by=who, at=time.time()))
    if going:
        changed = [f"{offer}/{week}" for offer, week in going]
        before = {f"{offer}/{week}": old for (offer, week), old in going.items()}
        note(session, who, f"ticket.{state}", f"plans/{plan_id}", tickets=changed, was=before)
    return []


def settled_weeks(tickets: Sequence[PlanTicket], known: Mapping[TicketKey, Ticket]) -> int:
    """The last week up to which no ticket is merely proposed, and which has one itself; 0 where there is none."""
    first_open = min((t.week for t in tickets if is_open(known, t)), default=None)
    done = [t.week for t in tickets if first_open is None or t.week < first_open]
    return max(done, default=0)


def is_open(known: Mapping[TicketKey, Ticket], ticket: PlanTicket) -> bool:
    """Whether a ticket is merely proposed."""
    found = known.get((ticket.offer, ticket.week))
    return found is None or found.state == PROPOSED
