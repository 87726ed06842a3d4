"""What members may draw and what they owe a week later.

What was served in the week is off the entitlement until it comes back, with its premium; so a member that has borrowed may
draw less in the weeks after it has paid back than in the plan before, until those weeks are the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.exact import ZERO, Fraction, exact
from orebook.judge import Judgement
from orebook.problem import Problem
from orebook.schema import tables as t


def withdrawals(problem: Problem) -> tuple[t.WithdrawalRow, ...] | None:
    """Those of later weeks."""
    rows = problem.document.withdrawals
    if rows is None:
        return None
    return tuple(
        row.model_copy(update={"week": row.week - 1, "repay_week": row.repay_week and row.repay_week - 1})
        for row in rows
        if row.week > 1
    )


def entitlements(problem: Problem, judgement: Judgement) -> tuple[t.EntitlementRow, ...] | None:
    """What is left of them: less what was served in week 1, more what came back in it."""
    rows = problem.document.entitlements
    if rows is None:
        return None
    moved: dict[tuple[str, str], Fraction] = defaultdict(lambda: ZERO)
    for j in problem.withdrawals.values():
        if j.week == 1 and j.member is not None:
            moved[j.member, j.mineral] -= exact(j.tonnes) - judgement.unmet[j.name]
    for owed in problem.owed:
        if owed.week == 1:
            moved[owed.member, owed.mineral] += exact(owed.tonnes)
    return tuple(
        row
        if row.tonnes is None
        else row.model_copy(update={"tonnes": float(max(ZERO, exact(row.tonnes) + moved[row.member, row.mineral]))})
        for row in rows
    )


def owed(problem: Problem, judgement: Judgement) -> tuple[tuple[t.OwedRow, ...] | None, tuple[t.InboundRow, ...]]:
    """Loans that are still out, those of week 1 too; and, as goods under way, those of nobody in particular."""
    tonnes: dict[tuple[str, str, int], Fraction] = defaultdict(lambda: ZERO)
    sites: dict[tuple[str, str, int], str | None] = {}
    for row in problem.document.rows("owed"):
        if row.week > 1:
            key = (row.member, row.mineral, row.week - 1)
            tonnes[key] += exact(row.tonnes)
            sites[key] = row.site
    inbound = []
    for back in judgement.returns:
        if back.withdrawal is None or problem.withdrawals[back.withdrawal].week > 1:
            continue
        site = _store(judgement, back.mineral, back.week)
        if back.member is None:
            inbound += list(_under_way(problem, back.mineral, site, back.week, back.tonnes))
        else:
            key = (back.member, back.mineral, back.week - 1)
            tonnes[key] += exact(back.tonnes)
            sites.setdefault(key, site)
    rows = tuple(
        t.OwedRow(member=m, mineral=i, week=w, tonnes=float(tonnes[m, i, w]), site=sites[m, i, w]) for m, i, w in tonnes
    )
    return rows or None, tuple(inbound)


def _under_way(problem: Problem, mineral: str, site: str | None, week: int, tonnes: float) -> Iterator[t.InboundRow]:
    yield t.InboundRow(mineral=mineral, site=site or next(iter(problem.sites)), week=week - 1, tonnes=tonnes)


def _store(judgement: Judgement, mineral: str, week: int) -> str | None:
    """The store that most of a mineral is put into in a week; None where none is."""
    puts = [p for p in judgement.puts if (p.mineral, p.week) == (mineral, week)]
    return max(puts, key=lambda p: p.tonnes).site if puts else None
