"""Parts of all order cash, by house, origin and group, against the shares that the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

from orebook import formats as f
from orebook.plan import Plan
from orebook.report.bullets import Bullet, Bullets
from orebook.report.buys import Group, grouped_by, order_cash
from orebook.report.table import Column, Table
from orebook.schema.plan import Ticket
from orebook.schema.tables import ShareBy

MAX_BARS = 20
UNNAMED = "not named"


def houses(plan: Plan) -> Table:
    """A row a house with a ticket: its part of all order cash, and its limit."""

    def limit(group: Group) -> str:
        most = plan.problem.houses[group[0]].max_spend_usd
        return "none" if most is None else f.grouped(most)

    columns: list[Column[Group]] = [
        ("house", "left", lambda g: g[0]),
        *_counts(plan),
        ("at most", "right", lambda g: _most(plan, "house", g[0])),
        ("most it may get USD", "right", limit),
        ("engaged", "left", lambda g: "before" if plan.problem.houses[g[0]].engaged else "by this plan"),
    ]
    return Table.of("Houses", _groups(plan, "house"), columns)


def origins(plan: Plan) -> Table:
    """A row an origin that is bought from: its group and its part of all order cash."""
    columns: list[Column[Group]] = [
        ("origin", "left", lambda g: g[0]),
        ("group", "left", lambda g: _group_of(plan, g[1][0])),
        *_counts(plan),
        ("at most", "right", lambda g: _most(plan, "origin", g[0])),
    ]
    return Table.of("Origins", _groups(plan, "origin"), columns)


def groups(plan: Plan) -> Table:
    """A row a group of origins that is bought from."""
    columns: list[Column[Group]] = [
        ("group", "left", lambda g: g[0]),
        *_counts(plan),
        ("at most", "right", lambda g: _most(plan, "group", g[0])),
    ]
    return Table.of("Groups of origins", _groups(plan, "group"), columns)


def chart(plan: Plan, by: ShareBy) -> Bullets:
    """Parts of all order cash in per cent, the largest first, each against its largest share allowed."""
    limits = {s.name: s.max_share for s in plan.problem.shares if (s.mineral, s.by) == ("*", by)}
    bars = []
    for name, tickets in _groups(plan, by)[:MAX_BARS]:
        most = limits.get(name)
        bars.append(Bullet(name, 0.0, 100 * _part(plan, tickets), None if most is None else 100 * most))
    names = ("", "of all order cash", "largest share allowed" if any(b.mark is not None for b in bars) else "")
    return Bullets(f"Order cash by {by}", "% of all order cash", names, tuple(bars), 100.0)


def _counts(plan: Plan) -> list[Column[Group]]:
    return [
        ("tickets", "right", lambda g: str(len(g[1]))),
        ("minerals", "right", lambda g: str(len({t.mineral for t in g[1]}))),
        ("order cash USD", "right", lambda g: f.grouped(order_cash(g[1]))),
        ("of all order cash", "right", lambda g: f.percent(_part(plan, g[1]))),
    ]


def _part(plan: Plan, tickets: list[Ticket]) -> float:
    whole = order_cash(plan.document.tickets)
    return float(order_cash(tickets) / whole) if whole else nan


def _most(plan: Plan, by: ShareBy, name: str) -> str:
    found = [s.max_share for s in plan.problem.shares if (s.mineral, s.by, s.name) == ("*", by, name)]
    return f.percent(found[0]) if found and found[0] is not None else ""


def _groups(plan: Plan, by: ShareBy) -> list[Group]:
    keys: dict[ShareBy, Callable[[Ticket], str]] = {
        "house": lambda t: t.house,
        "origin": lambda t: t.origin or UNNAMED,
        "group": lambda t: _group_of(plan, t) or UNNAMED,
    }
    return grouped_by(plan, keys[by])


def _group_of(plan: Plan, ticket: Ticket) -> str:
    origin = plan.problem.origins.get(ticket.origin or "")
    return (origin.group or "") if origin else ""
