"""Plans side by side: measures, cover and money by mineral, houses, and the tickets that stand in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from orebook import formats as f
from orebook.files.plan_folder import folder_of
from orebook.plan import Plan
from orebook.report import news
from orebook.report.bullets import Bullet, Bullets
from orebook.report.rendering import render
from orebook.report.section import section
from orebook.report.table import Align, Column, Table
from orebook.schema.plan import Ticket
from orebook.schema.stages import TIE_BREAKING

Plans = Mapping[str, Plan]
K = TypeVar("K", str, int)
SAME_T = 1e-6
"""Part of its tonnes by which a ticket may differ from plan to plan and be the same."""


def names_of(paths: list[Path]) -> list[str]:
    """What to call the plans: their folders' names, whole paths where those are equal."""
    folders = [folder_of(path) for path in paths]
    short = Counter(folder.resolve().name for folder in folders)
    return [name if short[name := folder.resolve().name] == 1 else str(folder) for folder in folders]


def tables(plans: Plans) -> tuple[Table, ...]:
    """All that is compared, the most telling first; minerals in which no plan differs are left out."""
    return (measures(plans), minerals(plans), houses(plans), weeks(plans), firm(plans))


def measures(plans: Plans) -> Table:
    """A row a measure, a column a plan."""
    rows = [(head, {name: write(plan) for name, plan in plans.items()}) for head, write in _measures(plans)]
    return _side_by_side("Plans side by side", "measure", plans, rows, "words")


def _measures(plans: Plans) -> list[tuple[str, Callable[[Plan], str]]]:
    stages = dict.fromkeys(s.stage for p in plans.values() for s in p.document.stages if s.stage not in TIE_BREAKING)
    gaps: list[tuple[str, Callable[[Plan], str]]] = [(f"gap of {s}", lambda p, s=s: _gap(p, s)) for s in stages]  # type: ignore[misc]
    learns: list[tuple[str, Callable[[Plan], str]]] = [
        ("changes known from", news.since),
        ("tickets lost", lambda p: f"{len(p.lost):,}"),
        ("tickets late", lambda p: f"{len(p.late):,}"),
    ]
    if all(p.problem.world is None for p in plans.values()):
        learns = learns[:1] if any(p.document.instance.changes for p in plans.values()) else []
    return [
        ("status", lambda p: p.status),
        ("changes made", lambda p: "; ".join(p.document.instance.changes) or "none"),
        *learns,
        ("total cost, USD", lambda p: f.money(p.document.costs.total_usd)),
        ("cash, USD", lambda p: f.money(p.document.costs.cash_usd)),
        ("weighted days short", lambda p: _measure(p, "cover")),
        ("weighted days not served", lambda p: _measure(p, "unmet")),
        ("targets missed", lambda p: f"{len(p.missed)} of {len(p.document.cover)}"),
        ("tickets", lambda p: f"{len(p.document.tickets):,}"),
        ("houses", lambda p: ", ".join(p.document.engaged) or "none"),
        ("largest origin, of order cash", _largest_origin),
        *gaps,
    ]


def _measure(plan: Plan, stage: str) -> str:
    value = plan.judgement.measures.get(stage)
    return "" if value is None else f.days(value)


def _gap(plan: Plan, stage: str) -> str:
    return next((f.percent(s.gap) for s in plan.document.stages if s.stage == stage), "")


def _largest_origin(plan: Plan) -> str:
    usd = spent(plan, lambda t: t.origin or "unnamed")
    if not usd or (total := sum(usd.values())) <= 0:
        return "none"
    name, most = min(usd.items(), key=lambda item: (-item[1], item[0]))
    return f"{name} {f.percent(most / total)}"


def minerals(plans: Plans) -> Table:
    """Days of cover at the shortest target and order cash of every mineral in which the plans differ."""
    days = {name: _shortest(plan) for name, plan in plans.items()}
    usd = {name: spent(plan, lambda t: t.mineral) for name, plan in plans.items()}
    every = [
        (m, {name: (days[name].get(m, ""), f.money(usd[name].get(m, 0.0))) for name in plans})
        for m in sorted(set[str]().union(*days.values(), *usd.values()))
    ]
    rows = [row for row in every if len(set(row[1].values())) > 1]
    columns: list[Column[tuple[str, dict[str, tuple[str, str]]]]] = [("mineral", "left", lambda r: r[0])]
    for part, head in enumerate(("days", "USD")):
        columns += [(f"{name}, {head}", "right", lambda r, n=name, k=part: r[1][n][k]) for name in plans]  # type: ignore[misc]
    return Table.of("Cover and order cash by mineral, where plans differ", rows, columns)


def _shortest(plan: Plan) -> dict[str, str]:
    """mineral -> days of cover at the target that it misses most."""
    worst: dict[str, tuple[float, float]] = {}
    for c in plan.document.cover:
        worst[c.mineral] = max(worst.get(c.mineral, (-1.0, 0.0)), (c.short_days, c.cover_days))
    return {mineral: f.days(days) for mineral, (_, days) in worst.items()}


def houses(plans: Plans) -> Table:
    """Order cash by house."""
    return _order_cash("house", plans, lambda t: t.house)


def weeks(plans: Plans) -> Table:
    """Order cash by week of order; plans that start on different days have their own weeks."""
    return _order_cash("week", plans, lambda t: t.week)


def _order_cash(head: str, plans: Plans, of: Callable[[Ticket], K]) -> Table:
    usd = {name: spent(plan, of) for name, plan in plans.items()}
    keys = sorted({key for found in usd.values() for key in found})
    rows = [(str(key), {name: f.money(usd[name].get(key, 0.0)) for name in plans}) for key in keys]
    return _side_by_side(f"Order cash by {head}, USD", head, plans, rows)


def charts(plans: Plans) -> tuple[Bullets, ...]:
    """Cost, and days short, a bar a plan."""
    usd = max((plan.document.costs.total_usd for plan in plans.values()), default=0.0)
    unit, size = f.scale(usd)
    cost = {name: plan.document.costs.total_usd / size for name, plan in plans.items()}
    short = {name: float(plan.judgement.measures.get("cover", 0)) for name, plan in plans.items()}
    return (
        _bars("Total cost", unit, "cost", cost),
        _bars("Days short, weighted", "weighted days", "short", short),
    )


def _bars(title: str, unit: str, what: str, values: Mapping[str, float]) -> Bullets:
    bars = tuple(Bullet(name, 0.0, value, None) for name, value in values.items())
    return Bullets(title, unit, ("", what, ""), bars)


def page(plans: Plans, said: Iterable[str] = ()) -> str:
    """One offline page without scripts; `said` are sentences on what changed and why."""
    points = tuple(said)
    first, *others = tables(plans)
    ids = ("minerals", "houses", "weeks", "firm")
    titles = ("Cover and money by mineral", "Houses", "Weeks", "Tickets that stand in all of them")
    sections = [
        section("plans", "The plans", charts=charts(plans), tables=[first]),
        *([section("changes", "What changed, and why", points=points)] if points else []),
        *(section(i, title, tables=[table]) for i, title, table in zip(ids, titles, others, strict=True) if table.rows),
    ]
    return render("compared.html.j2", names=list(plans), sections=sections)


def spent(plan: Plan, of: Callable[[Ticket], K]) -> dict[K, float]:
    """Order cash (USD) of the tickets by what they are grouped by."""
    usd: dict[K, float] = {}
    for t in plan.document.tickets:
        usd[of(t)] = usd.get(of(t), 0.0) + t.order_cash_usd
    return usd


def firm_tickets(plans: Plans) -> list[Ticket]:
    """The tickets that stand in all plans, by week and offer: of week 1, what can be ordered whatever comes."""
    first, *others = [{(t.week, t.offer): t for t in p.document.tickets} for p in plans.values()]
    return [t for key, t in sorted(first.items()) if all(_same(t, other.get(key)) for other in others)]


def firm(plans: Plans) -> Table:
    """A row a ticket that stands in every plan."""
    columns: list[Column[Ticket]] = [
        ("week", "right", lambda t: str(t.week)),
        ("offer", "left", lambda t: t.offer),
        ("house", "left", lambda t: t.house),
        ("mineral", "left", lambda t: t.mineral),
        ("tonnes", "right", lambda t: f.tonnes(t.tonnes)),
    ]
    found = firm_tickets(plans)
    most = max(len(p.document.tickets) for p in plans.values())
    note = f"{len(found):,} tickets stand in every plan; the largest has {most:,}."
    return Table.of("Tickets in every plan, the soonest first", found, columns).noted(note)


def _same(ticket: Ticket, other: Ticket | None) -> bool:
    return other is not None and abs(ticket.tonnes - other.tonnes) <= SAME_T * max(1.0, ticket.tonnes)


def _side_by_side(
    title: str, head: str, plans: Plans, rows: list[tuple[str, dict[str, str]]], align: Align = "right"
) -> Table:
    columns: list[Column[tuple[str, dict[str, str]]]] = [(head, "left", lambda r: r[0])]
    columns += [(name, align, lambda r, n=name: r[1][n]) for name in plans]  # type: ignore[misc]
    return Table.of(title, rows, columns)
