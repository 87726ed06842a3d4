"""Cover in days, before and after, against target; and withdrawals that are not served in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orebook import formats as f
from orebook.exact import exact
from orebook.plan import Plan
from orebook.plan_tables import cover_rows
from orebook.problem import Withdrawal
from orebook.report.bullets import Bullet, Bullets, text_bar
from orebook.report.table import Column, Table
from orebook.schema.plan import KeptBy, Return

Row = dict[str, Any]
BAR = 20
"""Characters of a bar on a terminal."""
CHART_BARS = 60
"""Longer charts than this are read by nobody; the table has the rest."""


def listed(plan: Plan) -> list[Row]:
    """The rows of cover.csv, the most days short first, then the least days over target."""
    rows = cover_rows(plan.problem, plan.judgement)
    return sorted(rows, key=lambda r: (-r["short_days"], r["cover_days"] - r["target_days"], r["mineral"], r["week"]))


KEPT_BY: Mapping[KeptBy | None, str] = {
    "entitlement": "the member's entitlement",
    "must": "cover that must be there",
    "storage": "no room for what comes back",
    "stock": "no more in store",
    None: "",
}
"""What keeps a withdrawal short, as a planner says it."""


def told(plan: Plan) -> list[Row]:
    """The same rows for whoever reads them: what is short by dust is not short."""
    short = ("short_days", "critical_short_days")
    return [{**r, **{k: r[k] if plan.misses(r["mineral"], r[k]) else 0.0 for k in short}} for r in listed(plan)]


def headline(plan: Plan) -> str:
    """How many targets are met, before and after, and the worst that is left."""
    rows = told(plan)
    if not rows:
        return "No mineral has a target."
    short = [r for r in rows if r["short_days"] > 0]
    before = sum(plan.misses(r["mineral"], r["target_days"] - r["cover_before_days"]) for r in rows)
    if not short:
        all_ = f"All {len(rows):,} targets are" if len(rows) > 1 else "The target is"
        return f"{all_} met; {before:,} would be missed without buying."
    critical = sum(r["critical_short_days"] > 0 for r in rows)
    worst = short[0]
    return (
        f"{len(short):,} of {f.count(len(rows), 'target')} stay short ({before:,} without buying), "
        f"{critical:,} of them of their critical days. Furthest: {worst['mineral']} in week {worst['week']} with "
        f"{f.reached(worst['cover_days'], worst['target_days'])} days."
    )


def table(title: str, rows: list[Row]) -> Table:
    """Cover in days of these rows, from before the plan to what stays short."""
    columns: list[Column[Row]] = [
        ("mineral", "left", lambda r: r["mineral"]),
        ("week", "right", lambda r: str(r["week"])),
        ("before, days", "right", lambda r: f.days(r["cover_before_days"])),
        ("after, days", "right", lambda r: f.days(r["cover_days"])),
        ("target, days", "right", lambda r: f.days(r["target_days"])),
        ("short, days", "right", lambda r: f.days(r["short_days"])),
        ("critical short, days", "right", lambda r: f.days(r["critical_short_days"])),
    ]
    return Table.of(title, rows, columns)


def brief(plan: Plan, limit: int) -> Table:
    """The shortest minerals, for a terminal."""
    full = chart(plan, CHART_BARS).full
    columns: list[Column[Row]] = [
        ("mineral", "left", lambda r: r["mineral"]),
        ("week", "right", lambda r: str(r["week"])),
        ("before", "right", lambda r: f.days(r["cover_before_days"])),
        ("after", "right", lambda r: f.days(r["cover_days"])),
        ("target", "right", lambda r: f.days(r["target_days"])),
        ("short", "right", lambda r: f.days(r["short_days"]) if r["short_days"] else "-"),
        ("critical", "right", lambda r: f.days(r["critical_short_days"]) if r["critical_short_days"] else "-"),
        ("=before #bought |target", "left", lambda r: text_bar(_bullet(r["mineral"], r), full, BAR)),
    ]
    return Table.of("Cover in days, shortest first", told(plan), columns).first(limit, "targets in cover.csv")


def chart(plan: Plan, most: int) -> Bullets:
    """Days of cover before and after against target, the shortest first."""
    rows = told(plan)[:most]
    several = {r["mineral"] for r in rows if r["week"] != plan.problem.weeks}
    bars = tuple(_bullet(f"{r['mineral']} w{r['week']}" if r["mineral"] in several else r["mineral"], r) for r in rows)
    return Bullets("Days of cover, shortest first", "days", ("without buying", "with the plan", "target"), bars)


def _bullet(label: str, row: Row) -> Bullet:
    return Bullet(label, row["cover_before_days"], row["cover_days"], row["target_days"])


def unserved(plan: Plan) -> Table:
    """A row a withdrawal that is not served in full, and what keeps the rest."""
    short = plan.unserved
    kept = {row.withdrawal: row.kept_by for row in plan.judgement.withdrawals}
    columns: list[Column[Withdrawal]] = [
        ("withdrawal", "left", lambda w: w.name),
        ("member", "left", lambda w: w.member or ""),
        ("mineral", "left", lambda w: w.mineral),
        ("week", "right", lambda w: str(w.week)),
        ("wanted t", "right", lambda w: f.tonnes(w.tonnes)),
        ("served t", "right", lambda w: f.tonnes(exact(w.tonnes) - short[w.name])),
        ("not served t", "right", lambda w: f.tonnes(short[w.name])),
    ]
    if any(kept.get(name) for name in short):
        columns.append(("kept by", "left", lambda w: KEPT_BY[kept[w.name]]))
    return Table.of(
        "Withdrawals not served in full", [w for n, w in plan.problem.withdrawals.items() if n in short], columns
    )


def returns(plan: Plan) -> Table:
    """A row a loan that comes back, in the plan or after it."""
    weeks = plan.problem.weeks
    columns: list[Column[Return]] = [
        ("loan", "left", lambda r: r.withdrawal or "from before the plan"),
        ("member", "left", lambda r: r.member or ""),
        ("mineral", "left", lambda r: r.mineral),
        ("comes back in week", "right", lambda r: f"{r.week}" if r.week <= weeks else f"{r.week}, owed at the end"),
        ("tonnes", "right", lambda r: f.tonnes(r.tonnes)),
    ]
    return Table.of("Lent, and coming back", list(plan.judgement.returns), columns)
