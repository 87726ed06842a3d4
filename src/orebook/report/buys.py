"""What is bought: the tickets, and their sums by mineral, house and origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction

from orebook.exact import exact
from orebook.plan import Plan
from orebook.report import formats as f
from orebook.report.table import Column, Table
from orebook.schema.plan import Ticket

Group = tuple[str, list[Ticket]]


def headline(plan: Plan) -> str:
    """How much is bought, from how many, and what of it is to be ordered in week 1."""
    tickets = plan.document.tickets
    if not tickets:
        return "Nothing is bought."
    now = [t for t in tickets if t.week == 1]
    first = f"{f.count(len(now), 'ticket')} of {f.usd(order_cash(now))}" if now else "no ticket"
    minerals = f.count(len({t.mineral for t in tickets}), "mineral")
    houses = f.count(len(plan.document.engaged), "house")
    return (
        f"{f.count(len(tickets), 'ticket')} for {minerals} with {houses}, {f.usd(order_cash(tickets))} of orders; "
        f"this week (week 1): {first}."
    )


def order_cash(tickets: list[Ticket] | tuple[Ticket, ...]) -> Fraction:
    """USD of all these tickets together."""
    return sum((exact(t.order_cash_usd) for t in tickets), Fraction(0))


def tickets_brief(plan: Plan, limit: int) -> Table:
    """The tickets that cost most, for a terminal."""
    columns: list[Column[Ticket]] = [
        ("offer", "left", lambda t: t.offer),
        ("house", "left", lambda t: t.house),
        ("mineral", "left", lambda t: t.mineral),
        ("week", "right", lambda t: str(t.week)),
        ("arrives", "right", lambda t: str(t.arrives)),
        ("t", "right", lambda t: f.tonnes(t.tonnes)),
        ("USD", "right", lambda t: f.money(t.order_cash_usd)),
    ]
    listed = sorted(plan.document.tickets, key=lambda t: (-t.order_cash_usd, t.offer, t.week))
    return Table.of("Tickets, largest first", listed, columns).first(limit, "tickets in tickets.csv")


def tickets_full(plan: Plan) -> Table:
    """Every ticket with its price and what it costs, in the order in which they are placed."""
    columns: list[Column[Ticket]] = [
        ("offer", "left", lambda t: t.offer),
        ("week", "right", lambda t: str(t.week)),
        ("arrives", "right", lambda t: str(t.arrives)),
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
        ("fee USD", "right", lambda t: f.grouped(t.fee_usd)),
    ]
    return Table.of("Every ticket", in_order(plan), columns)


def in_order(plan: Plan) -> list[Ticket]:
    """The tickets by week, house and mineral: as they are placed."""
    return sorted(plan.document.tickets, key=lambda t: (t.week, t.house, t.mineral, t.offer))


def by_mineral(plan: Plan) -> Table:
    """A row a mineral that is bought, the most money first."""
    columns: list[Column[Group]] = [
        ("mineral", "left", lambda g: g[0]),
        ("tickets", "right", lambda g: str(len(g[1]))),
        ("houses", "right", lambda g: str(len({t.house for t in g[1]}))),
        ("tonnes", "right", lambda g: f.tonnes(sum(exact(t.tonnes) for t in g[1]))),
        ("first arrival, week", "right", lambda g: str(min(t.arrives for t in g[1]))),
        ("order cash USD", "right", lambda g: f.grouped(order_cash(g[1]))),
    ]
    return Table.of("Bought, by mineral", _grouped(plan, lambda t: t.mineral), columns)


def houses(plan: Plan) -> Table:
    """A row a house with a ticket: its part of all order cash, and its limit."""

    def limit(group: Group) -> str:
        most = plan.problem.houses[group[0]].max_spend_usd
        return "none" if most is None else f.grouped(most)

    columns: list[Column[Group]] = [
        ("house", "left", lambda g: g[0]),
        ("tickets", "right", lambda g: str(len(g[1]))),
        ("minerals", "right", lambda g: str(len({t.mineral for t in g[1]}))),
        ("order cash USD", "right", lambda g: f.grouped(order_cash(g[1]))),
        ("of all order cash", "right", lambda g: _part(plan, g)),
        ("most it may get USD", "right", limit),
        ("engaged", "left", lambda g: "before" if plan.problem.houses[g[0]].engaged else "by this plan"),
    ]
    return Table.of("Houses", _grouped(plan, lambda t: t.house), columns)


def origins(plan: Plan) -> Table:
    """A row an origin that is bought from: its group and its part of all order cash."""

    def group_name(group: Group) -> str:
        origin = plan.problem.origins.get(group[0])
        return (origin.group or "") if origin else ""

    columns: list[Column[Group]] = [
        ("origin", "left", lambda g: g[0]),
        ("group", "left", group_name),
        ("tickets", "right", lambda g: str(len(g[1]))),
        ("minerals", "right", lambda g: str(len({t.mineral for t in g[1]}))),
        ("order cash USD", "right", lambda g: f.grouped(order_cash(g[1]))),
        ("of all order cash", "right", lambda g: _part(plan, g)),
    ]
    return Table.of("Origins", _grouped(plan, lambda t: t.origin or "not named"), columns)


def _part(plan: Plan, group: Group) -> str:
    whole = order_cash(plan.document.tickets)
    return f.percent(order_cash(group[1]) / whole) if whole else ""


def _grouped(plan: Plan, key: Callable[[Ticket], str]) -> list[Group]:
    """Tickets by key, the group with the most money first."""
    groups: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in plan.document.tickets:
        groups[key(ticket)].append(ticket)
    return sorted(groups.items(), key=lambda g: (-order_cash(g[1]), g[0]))
