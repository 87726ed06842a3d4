"""What is bought: the tickets, and their sums by mineral."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from math import isnan

from orebook import formats as f
from orebook.exact import exact
from orebook.plan import Plan
from orebook.report.news import arrival
from orebook.report.table import Column, Table
from orebook.schema.plan import Ticket

Group = tuple[str, list[Ticket]]


def headline(plan: Plan) -> str:
    """How much is bought, from how many, and what of it is to be ordered in week 1."""
    tickets = plan.document.tickets
    if not tickets:
        return "Nothing is bought."
    now = [t for t in tickets if t.week == 1]
    first = f"{f.count(len(now), 'ticket')}{_for(now, ' of ')}" if now else "no ticket"
    minerals = f.count(len({t.mineral for t in tickets}), "mineral")
    houses = f.count(len(plan.document.engaged), "house")
    orders = _for(tickets, ", ") and f"{_for(tickets, ', ')} of orders"
    return f"{f.count(len(tickets), 'ticket')} for {minerals} with {houses}{orders}; this week (week 1): {first}."


def _for(tickets: Iterable[Ticket], before: str) -> str:
    """What tickets cost, after a word or sign; empty where it is withheld."""
    cash = order_cash(tickets)
    return "" if isnan(cash) else f"{before}{f.usd(cash)}"


def order_cash(tickets: Iterable[Ticket]) -> f.Amount:
    """USD of all these tickets together."""
    return f.total(t.order_cash_usd for t in tickets)


def tickets_brief(plan: Plan, limit: int) -> Table:
    """The tickets that cost most, for a terminal."""
    columns: list[Column[Ticket]] = [
        ("offer", "left", lambda t: t.offer),
        ("house", "left", lambda t: t.house),
        ("mineral", "left", lambda t: t.mineral),
        ("week", "right", lambda t: str(t.week)),
        ("arrives", "right", lambda t: arrival(plan, t)),
        ("t", "right", lambda t: f.tonnes(t.tonnes)),
        ("USD", "right", lambda t: f.money(t.order_cash_usd)),
    ]
    listed = sorted(plan.document.tickets, key=lambda t: (-t.order_cash_usd, t.offer, t.week))
    return Table.of("Tickets, largest first", listed, columns).first(limit, "tickets in tickets.csv")


def tickets_full(plan: Plan, sure: Mapping[tuple[str, int], str]) -> Table:
    """Every ticket with its price and what it costs, in the order in which they are placed; how sure, where known."""
    columns: list[Column[Ticket]] = [
        ("offer", "left", lambda t: t.offer),
        ("week", "right", lambda t: str(t.week)),
        ("arrives", "right", lambda t: arrival(plan, t)),
        ("mineral", "left", lambda t: t.mineral),
        ("house", "left", lambda t: t.house),
        ("origin", "left", lambda t: t.origin or ""),
        ("tonnes", "right", lambda t: f.tonnes(t.tonnes)),
        ("lots", "right", lambda t: "" if t.lots is None else f.grouped(t.lots)),
        ("order cash USD", "right", lambda t: f.grouped(t.order_cash_usd)),
        ("quote USD/t", "right", lambda t: f.grouped(t.quote_usd_per_t, 2)),
        ("paid USD/t", "right", lambda t: f.grouped(t.paid_usd_per_t, 2)),
        ("goods USD", "right", lambda t: f.grouped(t.goods_usd)),
        ("commission USD", "right", lambda t: f.grouped(t.commission_usd)),
        ("duty USD", "right", lambda t: f.grouped(t.duty_usd)),
        ("freight USD", "right", lambda t: f.grouped(t.freight_usd)),
        ("top-up USD", "right", lambda t: f.grouped(t.top_up_usd)),
    ]
    if any_of(plan.costs.levy_usd):
        columns.append(("levy USD", "right", lambda t: f.grouped(t.levy_usd)))
    if any_of(plan.costs.top_up_other_usd):
        columns.append(("top-up by another USD", "right", lambda t: f.grouped(t.top_up_other_usd)))
    columns.append(("fee USD", "right", lambda t: f.grouped(t.fee_usd)))
    if sure:
        columns.insert(8, ("how sure", "left", lambda t: sure.get((t.offer, t.week), "")))
    return Table.of("Every ticket", in_order(plan), columns)


def any_of(usd: f.Amount) -> bool:
    """Whether there is anything of a part of the costs to show; what is withheld is not."""
    return usd != 0 and not isnan(usd)


def first_arrival(tickets: Iterable[Ticket]) -> str:
    """The first week in which some ticket's goods arrive; blank where none do."""
    weeks = [t.arrives for t in tickets if t.arrives is not None]
    return str(min(weeks)) if weeks else ""


def in_order(plan: Plan) -> list[Ticket]:
    """The tickets by week, house and mineral: as they are placed."""
    return sorted(plan.document.tickets, key=lambda t: (t.week, t.house, t.mineral, t.offer))


def by_mineral(plan: Plan) -> Table:
    """A row a mineral that is bought, the most money first."""
    columns: list[Column[Group]] = [
        ("mineral", "left", lambda g: g[0]),
        ("tonnes", "right", lambda g: f.tonnes(sum(exact(t.tonnes) for t in g[1]))),
        ("order cash USD", "right", lambda g: f.grouped(order_cash(g[1]))),
        ("tickets", "right", lambda g: str(len(g[1]))),
        ("houses", "right", lambda g: str(len({t.house for t in g[1]}))),
        ("first arrival, week", "right", lambda g: first_arrival(g[1])),
    ]
    return Table.of("Bought, by mineral", grouped_by(plan, lambda t: t.mineral), columns)


def grouped_by(plan: Plan, key: Callable[[Ticket], str]) -> list[Group]:
    """Tickets by key, the group with the most money first."""
    groups: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in plan.document.tickets:
        groups[key(ticket)].append(ticket)
    return sorted(groups.items(), key=lambda g: (-order_cash(g[1]), g[0]))
