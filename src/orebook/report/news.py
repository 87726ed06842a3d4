"""Since when a plan's changes are known, and what that makes of goods that were under way then."""

from __future__ import annotations

from collections.abc import Sequence

from orebook import formats as f
from orebook.plan import Plan
from orebook.schema.plan import Ticket
from orebook.schema.tables import InTransit

FATE: dict[InTransit, str] = {
    "lost": "lost",
    "refund": "lost, and what was paid on order is given back",
    "arrive": "let through",
}
"""What becomes of goods under way that a bar would stop."""


def says(plan: Plan) -> str:
    """From which week the plan's changes are known, and what is lost and late for it; empty without changes."""
    world = plan.problem.world
    if world is None:
        return "The changes are known from week 1." if plan.document.instance.changes else ""
    lost = f"{_of(plan.lost)} lost" if plan.lost else "none is lost"
    late = f"{_of(plan.late)} late" if plan.late else "none is late"
    return (
        f"The changes are known from week {world.known_week}: tickets of earlier weeks stand as they were ordered, and goods "
        f"under way then that are barred are {FATE[world.in_transit]}. Of the tickets {lost}, {late}."
    )


def since(plan: Plan) -> str:
    """In short: the week from which the plan's changes are known, and the fate of barred goods; blank without changes."""
    world = plan.problem.world
    if world is None:
        return "week 1" if plan.document.instance.changes else ""
    return f"week {world.known_week}, barred goods under way {FATE[world.in_transit]}"


def arrival(plan: Plan, ticket: Ticket) -> str:
    """The week in which a ticket's goods arrive, or what becomes of them; of late ones also the week they were ordered for."""
    if ticket.lost:
        return "lost"
    there = "after the plan" if ticket.arrives is None else str(ticket.arrives)
    problem, order = plan.problem, (ticket.offer, ticket.week)
    return f"{there}, late for {problem.promised(*order)}" if problem.late(*order) else there


def _of(tickets: Sequence[Ticket]) -> str:
    be = "is" if len(tickets) == 1 else "are"
    return f"{len(tickets):,} ({f.tonnes(sum(t.tonnes for t in tickets))} t) {be}"
