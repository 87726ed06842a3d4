"""A drill week by week as tables of text: cover, who runs out, orders, and what each week came to."""

from __future__ import annotations

from orebook import formats as f
from orebook.report.studies.drill_rows import MemberRow, cover_rows, member_rows
from orebook.report.table import Column, Table
from orebook.rolling.drill_results import CoverByWeek, DrilledWay, Helped, Order
from orebook.rolling.drilled import DrillResult
from orebook.rolling.results import Week


def cover_table(result: DrillResult) -> Table:
    """A row a mineral with a target: days of cover week by week, and who uses it."""
    rows = cover_rows(result)
    columns: list[Column[tuple[CoverByWeek, float]]] = [
        ("mineral", "left", lambda r: r[0].mineral),
        ("wanted", "right", lambda r: f.days(r[1])),
        ("at the start", "right", lambda r: f.days(r[0].start_days)),
    ]
    for week in range(1, len(rows[0][0].days) + 1 if rows else 1):
        columns.append((f"week {week}", "right", lambda r, w=week: f.days(r[0].days[w - 1])))  # type: ignore[misc]
    columns += [
        ("as planned, at the end", "right", lambda r: f.days(r[0].all_days[-1])),
        ("who uses it", "words", lambda r: ", ".join(r[0].users)),
    ]
    return Table.of("Days of cover in store, week by week", rows, columns)


def members_table(result: DrillResult) -> Table:
    """A row a member: of what it uses, that of which there is least, week by week."""
    rows = member_rows(result)
    columns: list[Column[MemberRow]] = [("member", "left", lambda r: r.member)]
    for week in range(len(rows[0].least) if rows else 0):
        head = f"week {week}" if week else "at the start"
        columns.append((head, "right", lambda r, w=week: f"{f.days(r.least[w][0])} {r.least[w][1]}"))  # type: ignore[misc]
    note = "Days of cover of that of its minerals of which there is least: how long it lasts, should nothing more come."
    return Table.of("Who runs out first, days and mineral", rows, columns).noted(note)


def helped_table(result: DrillResult) -> Table:
    """Orders of foresight before the last shock that the plan had not, or not so large."""
    columns: list[Column[Helped]] = [
        ("week", "right", lambda h: str(h.week)),
        ("offer", "left", lambda h: h.offer),
        ("mineral", "left", lambda h: h.mineral),
        ("foresight, t", "right", lambda h: f.tonnes(h.tonnes)),
        ("plan, t", "right", lambda h: f.tonnes(h.plan_t)),
    ]
    return Table.of("What foresight ordered more of", result.helped, columns)


def orders_table(way: DrilledWay) -> Table:
    """What was ordered, week by week, the dearest of a week first."""
    columns: list[Column[Order]] = [
        ("week", "right", lambda o: str(o.week)),
        ("offer", "left", lambda o: o.offer),
        ("tonnes", "right", lambda o: f.tonnes(o.tonnes)),
        ("to arrive in", "right", lambda o: "" if o.arrives is None else f"week {o.arrives}"),
        ("order cash, USD", "right", lambda o: f.money(o.order_cash_usd)),
    ]
    rows = sorted(way.orders, key=lambda o: (o.week, -o.order_cash_usd, o.offer))
    return Table.of("What the plan ordered", rows, columns).fold()


def weeks_table(result: DrillResult) -> Table:
    """A row a way and week: what came, what was ordered and paid."""
    rows = [(way.way, week) for way in result.ways for week in way.weeks]
    columns: list[Column[tuple[str, Week]]] = [
        ("way", "left", lambda r: r[0]),
        ("week", "right", lambda r: str(r[1].week)),
        ("orders", "right", lambda r: str(r[1].orders)),
        ("paid, USD", "right", lambda r: f.money(r[1].cash_usd)),
        ("with carrying, USD", "right", lambda r: f.money(r[1].total_usd)),
        ("rows broken or given up", "right", lambda r: str(r[1].breaches)),
        ("solved", "left", lambda r: r[1].status),
    ]
    return Table.of("Week by week", rows, columns).fold()
