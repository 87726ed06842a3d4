"""Weeks rolled on by several policies, as tables and lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from orebook import formats as f
from orebook.report.table import Column, Table
from orebook.rolling.results import FinalCover, PolicyResult, Week


def policies_table(policies: Sequence[PolicyResult]) -> Table:
    """A row a policy: what was paid, how short it ends, and how much its plans changed from week to week."""
    columns: list[Column[PolicyResult]] = [
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
    return Table.of("Ways of planning, rolled on", list(policies), columns)


def cover_table(policies: Sequence[PolicyResult]) -> Table:
    """A row a mineral: days of cover at the end with what is under way, by each policy; the first one's shortest first."""
    by_policy = [{a.mineral: a for a in r.cover} for r in policies]
    first = sorted(policies[0].cover, key=lambda a: (a.days_with_inbound - a.aim_days, a.mineral))
    columns: list[Column[FinalCover]] = [
        ("mineral", "left", lambda a: a.mineral),
        ("aim", "right", lambda a: f.days(a.aim_days)),
    ]
    for policy, cover in zip(policies, by_policy, strict=True):
        columns.append((policy.way, "right", lambda a, c=cover: f.days(c[a.mineral].days_with_inbound)))  # type: ignore[misc]
    return Table.of("Days of cover at the end, goods under way counted", first, columns)


def week_line(name: str, week: Week) -> str:
    """A week in one line."""
    changed = "" if week.changed is None else f", {week.changed} changed"
    paid = f"{week.orders} orders, {f.money(week.cash_usd)} USD{changed}"
    short = f"{f.days(week.short_with_inbound)} days short with what is under way"
    news = f". {week.says}" if week.says else ""
    return f"{name}, week {week.week} ({week.monday}): {week.status}, {paid}, {short}{news}"
