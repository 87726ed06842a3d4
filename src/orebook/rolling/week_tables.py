"""Rolled weeks as tables and rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orebook.report import formats as f
from orebook.report.table import Column, Table
from orebook.rolling.results import Aim, Rolled, Week


def ways_table(ways: Sequence[Rolled]) -> Table:
    """A row a way: what was paid, how short it ends, and how much its plans changed from week to week."""
    columns: list[Column[Rolled]] = [
        ("way", "left", lambda r: r.way),
        ("weeks", "right", lambda r: str(len(r.weeks))),
        ("paid, USD", "right", lambda r: f.money(r.cash_usd)),
        ("with carrying", "right", lambda r: f.money(r.total_usd)),
        ("days short in store", "right", lambda r: f.days(r.weeks[-1].short) if r.weeks else ""),
        ("with what is under way", "right", lambda r: f.days(r.weeks[-1].short_with_inbound) if r.weeks else ""),
        ("orders", "right", lambda r: str(sum(w.orders for w in r.weeks))),
        ("changed a week", "right", lambda r: "" if r.changed is None else f.grouped(r.changed, 1)),
        ("rows broken", "right", lambda r: str(sum(w.breaches for w in r.weeks))),
        ("s a week", "right", lambda r: f.grouped(sum(w.seconds for w in r.weeks) / max(1, len(r.weeks)), 1)),
    ]
    return Table.of("Ways of planning, rolled on", list(ways), columns)


def cover_table(ways: Sequence[Rolled]) -> Table:
    """A row a mineral: days of cover at the end with what is under way, by each way; the shortest of the first way first."""
    by_way = [{a.mineral: a for a in r.cover} for r in ways]
    first = sorted(ways[0].cover, key=lambda a: (a.days_with_inbound - a.aim_days, a.mineral))
    columns: list[Column[Aim]] = [
        ("mineral", "left", lambda a: a.mineral),
        ("aim", "right", lambda a: f.days(a.aim_days)),
    ]
    for rolled, cover in zip(ways, by_way, strict=True):
        columns.append((rolled.way, "right", lambda a, c=cover: f.days(c[a.mineral].days_with_inbound)))  # type: ignore[misc]
    return Table.of("Days of cover at the end, goods under way counted", first, columns)


def rows(ways: Sequence[Rolled]) -> list[dict[str, Any]]:
    """A row a way and week, for a CSV file."""
    return [{"way": r.way, **w.model_dump(mode="json")} for r in ways for w in r.weeks]


def line(name: str, week: Week) -> str:
    """A week in one line."""
    changed = "" if week.changed is None else f", {week.changed} changed"
    paid = f"{week.orders} orders, {f.money(week.cash_usd)} USD{changed}"
    short = f"{f.days(week.short_with_inbound)} days short with what is under way"
    return f"{name}, week {week.week} ({week.monday}): {week.status}, {paid}, {short}"
