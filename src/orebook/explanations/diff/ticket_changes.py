"""The tickets in which two plans differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from orebook.plan import Plan
from orebook.schema.plan import Ticket

SAME_TONNES_T = 1e-6
"""Part of its tonnes, and of one tonne at least, by which two equal tickets may differ: what grams leave."""
How = Literal["added", "dropped", "altered", "moved"]
Orders = Mapping[tuple[str, int], float]
"""(offer, week) -> tonnes."""


@dataclass(frozen=True, slots=True)
class TicketChange:
    """A ticket of one plan or of both, weeks counted as in the new plan; None where the plan has none."""

    offer: str
    house: str
    mineral: str
    week_before: int | None
    week_after: int | None
    before_t: float
    after_t: float

    @property
    def how(self) -> How:
        """What became of the ticket; a moved one may have other tonnes too."""
        if self.week_before is None:
            return "added"
        if self.week_after is None:
            return "dropped"
        return "altered" if self.week_before == self.week_after else "moved"

    def stands_in(self, orders: Orders) -> bool:
        """Whether these orders have the ticket more as it is after than as it was before."""
        if self.week_after == self.week_before:
            now = orders.get((self.offer, self.week_after or 0), 0.0)
            return abs(now - self.after_t) < abs(now - self.before_t)
        after = self.week_after is None or (self.offer, self.week_after) in orders
        before = self.week_before is not None and (self.offer, self.week_before) in orders
        return after and not before


def shift(old: Plan, new: Plan) -> int:
    """Weeks by which the new plan starts later; 0 where a start is missing, or they are not whole weeks apart."""
    if old.problem.start is None or new.problem.start is None:
        return 0
    apart = new.problem.start - old.problem.start
    return apart // timedelta(weeks=1) if apart % timedelta(weeks=1) == timedelta(0) else 0


def orders_of(plan: Plan, later: int = 0) -> dict[tuple[str, int], float]:
    """A plan's tickets in weeks that are `later` by so many, those before week 1 left out."""
    return {(t.offer, t.week - later): t.tonnes for t in plan.document.tickets if t.week > later}


def ticket_changes(old: Plan, new: Plan) -> list[TicketChange]:
    """Every ticket in which the plans differ, by mineral, offer and week.

    A ticket of the old plan for a week before the new one's first was placed, and is no change. A dropped ticket and an
    added one of the same offer in the week before or after are one that moved.
    """
    before, after = orders_of(old, shift(old, new)), orders_of(new)
    known = {t.offer: t for plan in (old, new) for t in plan.document.tickets}
    gone, come = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    changes = []
    for offer, week in gone:
        to = next((w for w in (week - 1, week + 1) if (offer, w) in come), None)
        if to is not None:
            come.remove((offer, to))
        changes.append(_change(known[offer], week, to, before, after))
    changes += [_change(known[offer], None, week, before, after) for offer, week in come]
    both = sorted(before.keys() & after.keys())
    changes += [
        _change(known[offer], week, week, before, after)
        for offer, week in both
        if abs(before[offer, week] - after[offer, week]) > SAME_TONNES_T * max(1.0, before[offer, week])
    ]
    return sorted(changes, key=lambda c: (c.mineral, c.offer, c.week_before or c.week_after or 0))


def _change(ticket: Ticket, was: int | None, now: int | None, before: Orders, after: Orders) -> TicketChange:
    return TicketChange(
        offer=ticket.offer,
        house=ticket.house,
        mineral=ticket.mineral,
        week_before=was,
        week_after=now,
        before_t=before[ticket.offer, was] if was is not None else 0.0,
        after_t=after[ticket.offer, now] if now is not None else 0.0,
    )
