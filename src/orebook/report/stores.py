"""The stores: what lies in each at the end, and its fullest week."""

from __future__ import annotations

from orebook import formats as f
from orebook.accounting.weeks import StoreWeek
from orebook.plan import Plan
from orebook.report.table import Column, Table

Site = list[StoreWeek]
"""The weeks of one site."""


def table(plan: Plan) -> Table:
    """A row a site: tonnes, room and value at the end of the plan, and the week in which it is fullest."""
    columns: list[Column[Site]] = [
        ("site", "left", lambda s: s[-1].site),
        ("tonnes", "right", lambda s: f.tonnes(s[-1].tonnes)),
        ("m3", "right", lambda s: f.tonnes(s[-1].volume_m3)),
        ("of m3", "right", lambda s: "none" if s[-1].capacity_m3 is None else f.tonnes(s[-1].capacity_m3)),
        ("fullest", "right", _fullest),
        ("value USD", "right", lambda s: f.money(s[-1].value_usd)),
        ("of USD", "right", lambda s: "none" if s[-1].max_value_usd is None else f.money(s[-1].max_value_usd)),
    ]
    weeks = plan.judgement.stores
    sites = [sorted((w for w in weeks if w.site == site), key=lambda w: w.week) for site in plan.problem.sites]
    return Table.of(f"Stores at the end of week {plan.problem.weeks}", sites, columns)


def _fullest(site: Site) -> str:
    """The highest part of its room in use at the end of any week, and when."""
    used = [(w.volume_m3 / w.capacity_m3, -w.week) for w in site if w.capacity_m3]
    if not used:
        return ""
    part, week = max(used)
    return f"{f.percent(part)} w{-week}"
