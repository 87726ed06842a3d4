"""What the first week of a plan commits: its orders, the goods that they send on their way, and the money it takes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from orebook.accounting.cash import rent_of
from orebook.accounting.lending import fees_of, interest_of
from orebook.exact import ZERO, Fraction, exact
from orebook.judge import Judgement
from orebook.problem import Problem
from orebook.schema.plan import Ticket


@dataclass(frozen=True)
class UnderWay:
    """Goods ordered in week 1 that arrive later, as the plan means to put them away; `paid_usd` was paid on order."""

    mineral: str
    site: str
    week: int
    tonnes: Fraction
    due_usd: Fraction
    origin: str | None = None
    paid_usd: Fraction = ZERO


@dataclass(frozen=True)
class Committed:
    """Week 1 of a plan, in tonnes and USD. `handling_usd` is of what is put away now and of what is sent on its way."""

    tickets: tuple[Ticket, ...]
    under_way: tuple[UnderWay, ...]
    cash_usd: Fraction
    receipts_usd: Fraction
    handling_usd: Fraction
    rent_usd: Fraction
    interest_usd: Fraction
    fees_usd: Fraction

    @property
    def net_usd(self) -> Fraction:
        """Cash beyond what comes in: what budgets and releases are of."""
        return self.cash_usd - self.receipts_usd

    @property
    def total_usd(self) -> Fraction:
        """Cash less receipts, and carrying costs of the week."""
        return self.net_usd + self.handling_usd + self.rent_usd + self.interest_usd + self.fees_usd


def committed(problem: Problem, judgement: Judgement) -> Committed:
    """Week 1 of a judged plan."""
    tickets = tuple(t for t in judgement.tickets if t.week == 1)
    under_way = _under_way(problem, judgement, tickets)
    rates = {s.name: exact(s.handling_usd_per_t) for s in problem.sites.values()}
    handling = sum((rates[p.site] * exact(p.tonnes) for p in judgement.puts if p.week == 1), ZERO)
    handling += sum((rates[g.site] * g.tonnes for g in under_way), ZERO)
    return Committed(
        tickets=tickets,
        under_way=under_way,
        cash_usd=judgement.cash[0].cash_usd,
        receipts_usd=judgement.cash[0].receipts_usd,
        handling_usd=handling,
        rent_usd=rent_of(problem, [s for s in judgement.stores if s.week == 1]),
        interest_usd=interest_of(problem, judgement.cash[:1]),
        fees_usd=fees_of(problem, judgement.cash[:1]),
    )


def _under_way(problem: Problem, judgement: Judgement, tickets: tuple[Ticket, ...]) -> tuple[UnderWay, ...]:
    """Week 1's orders go to the stores that the plan has for their mineral in their week, in order, as far as there is room."""
    meant: dict[tuple[str, int], dict[str, Fraction]] = defaultdict(dict)
    for put in judgement.puts:
        meant[put.mineral, put.week][put.site] = exact(put.tonnes)
    found: list[UnderWay] = []
    for ticket in tickets:
        arrives, offer = ticket.arrives, problem.offers[ticket.offer]
        later = exact(ticket.order_cash_usd) - exact(ticket.fee_usd)
        later *= 1 - exact(offer.pay_on_order_pct) / 100
        left, tonnes = exact(ticket.tonnes), exact(ticket.tonnes)
        paid = exact(ticket.order_cash_usd) - later
        if arrives is not None and offer.pay_after_weeks and later:  # paid after the goods are there: by itself
            week = arrives + offer.pay_after_weeks
            found.append(UnderWay(ticket.mineral, store_for(problem, ticket.mineral), week, ZERO, later))
            later = ZERO
        if arrives is None or arrives <= 1:
            continue
        stores = meant[ticket.mineral, arrives]
        for site, room in list(stores.items()):
            taken = min(room, left)
            if taken > 0:
                stores[site], left = room - taken, left - taken
                part = taken / tonnes
                found.append(UnderWay(ticket.mineral, site, arrives, taken, later * part, offer.origin, paid * part))
        if left > 0:
            site, part = store_for(problem, ticket.mineral), left / tonnes
            found.append(UnderWay(ticket.mineral, site, arrives, left, later * part, offer.origin, paid * part))
    return tuple(found)


def store_for(problem: Problem, mineral: str) -> str:
    """Where goods go that arrive after the plan's last week: the first store that takes them."""
    kind = problem.minerals[mineral].storage_class
    taking = [s.name for s in problem.sites.values() if s.accepts is None or kind in s.accepts]
    return (taking or list(problem.sites))[0]
