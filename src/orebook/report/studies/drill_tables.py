"""A drill as tables of text."""

from __future__ import annotations

from collections.abc import Mapping

from orebook import formats as f
from orebook.report.studies.drill_rows import (
    SetBack,
    TargetRow,
    days_short,
    lost_usd,
    set_backs,
    target_rows,
    unserved,
)
from orebook.report.table import Column, Table
from orebook.rolling.drill_results import Asked, DrilledWay, Struck, TargetWhole
from orebook.rolling.drilled import DrillResult


def ways_table(result: DrillResult) -> Table:
    """A row a way of planning: how many targets it has whole on time, who went without, and what it paid."""
    columns: list[Column[DrilledWay]] = [
        ("way", "left", lambda w: w.way),
        ("targets on time", "right", lambda w: f"{len(w.targets) - len(w.missed):,} of {len(w.targets):,}"),
        ("weighted days short", "right", lambda w: f.days(days_short(w))),
        ("not served whole", "right", lambda w: f"{len(w.without):,} of {len(w.withdrawals):,}"),
        ("paid, USD", "right", lambda w: f.money(w.result.cash_usd)),
        ("with carrying, USD", "right", lambda w: f.money(w.result.total_usd)),
        ("lost on the way, USD", "right", lambda w: f.money(lost_usd(w))),
    ]
    ways = "; ".join(f"{w.way}: {w.says}{f' (ended in {w.ended})' if w.ended else ''}" for w in result.ways)
    note = f"{ways}. Money is of the {f.count(result.weeks, 'week')} drilled; targets are as the last plan has them."
    return Table.of("Ways of planning, drilled", result.ways, columns).noted(note)


def targets_table(result: DrillResult) -> Table:
    """A row a target: since when it is whole by each way, and what keeps the plan's from being so on time."""
    columns: list[Column[TargetRow]] = [
        ("mineral", "left", lambda r: r.target.mineral),
        ("by week", "right", lambda r: str(r.target.week)),
        ("days of days wanted", "right", lambda r: f.reached(r.target.expected_days[-1], r.target.days)),
        ("whole from", "right", lambda r: _whole(r.target)),
    ]
    for way in [w.way for w in result.ways if w.way != "plan"]:
        columns.append((way, "right", lambda r, w=way: _whole(r.beside[w]) if w in r.beside else ""))  # type: ignore[misc]
    columns.append(("what keeps it from being so sooner", "words", lambda r: r.target.says))
    seen = max((w.seen_to for w in result.ways), default=0)
    note = (
        "Whole from the first week from which on it stays met, in the weeks drilled and in those that the last plan has; "
        f"never: not up to week {seen}. The most set back first."
    )
    return Table.of("When each target is whole", target_rows(result), columns).noted(note)


def _whole(target: TargetWhole) -> str:
    return "never" if target.whole_from is None else f"week {target.whole_from}"


def struck_table(rows: tuple[Struck, ...]) -> Table:
    """Goods under way that a shock lost or made late."""
    columns: list[Column[Struck]] = [
        ("mineral", "left", lambda s: s.mineral),
        ("origin", "left", lambda s: s.origin or ""),
        ("tonnes", "right", lambda s: f.tonnes(s.tonnes)),
        ("was to arrive in", "right", lambda s: f"week {s.was_to_arrive}"),
        ("arrives in", "right", lambda s: "lost" if s.arrives is None else f"week {s.arrives}"),
        ("paid by then, USD", "right", lambda s: f.money(s.paid_usd)),
    ]
    return Table.of("Goods under way", rows, columns)


def set_back_table(result: DrillResult, week: int) -> Table:
    """What the plan expected of each target that a week's shocks set back, before and after them."""
    columns: list[Column[SetBack]] = [
        ("mineral", "left", lambda s: s.target.mineral),
        ("by week", "right", lambda s: str(s.target.week)),
        ("wanted, days", "right", lambda s: f.days(s.target.days)),
        ("expected before", "right", lambda s: f.days(s.before_days)),
        ("expected after", "right", lambda s: f.days(s.after_days)),
    ]
    rows = [s for s in set_backs(result) if s.week == week]
    return Table.of(f"Targets set back in week {week}", rows, columns)


def unserved_table(result: DrillResult) -> Table:
    """A row a withdrawal that was not served whole."""
    found = unserved(result)
    columns: list[Column[tuple[Asked, Mapping[str, float]]]] = [
        ("week", "right", lambda r: str(r[0].week)),
        ("member", "left", lambda r: r[0].member or ""),
        ("mineral", "left", lambda r: r[0].mineral),
        ("kind", "left", lambda r: r[0].kind),
        ("asked, t", "right", lambda r: f.tonnes(r[0].asked_t)),
        ("got, t", "right", lambda r: f.tonnes(r[0].served_t)),
        ("went without, days of its use", "right", lambda r: "" if r[0].days is None else f.days(r[0].days)),
        ("kept by", "left", lambda r: r[0].kept_by or ""),
    ]
    for way in [w.way for w in result.ways if w.way != "plan"]:
        columns.append((f"unserved by {way}, t", "right", lambda r, w=way: f.tonnes(r[1].get(w, 0.0))))  # type: ignore[misc]
    return Table.of("Who went without", found, columns)
