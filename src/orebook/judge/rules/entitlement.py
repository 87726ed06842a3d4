"""No member draws more than it is entitled to, over the plan and in a week; what it borrowed and brought back counts no more.

sum of served[j] of m, i in weeks <= w, less that of their loans with repay_week <= w,  <= tonnes[m,i]
sum of served[j] of m, i in week w                                                      <= max_week_t[m,i]
A member without a row for a mineral draws none of it. A withdrawal without a member is not limited.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond_gram
from orebook.exact import ZERO, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach
from orebook.problem import Withdrawal


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows entitlement_total[m,i,w], entitlement_week[m,i,w] and entitlement_none[j], in t."""
    problem = ledger.case.problem
    drawn: dict[tuple[str, str], list[Withdrawal]] = {}
    for j in problem.withdrawals.values():
        if j.member is not None:
            drawn.setdefault((j.member, j.mineral), []).append(j)
    for (member, mineral), listed in sorted(drawn.items()):
        for week in sorted({j.week for j in listed}):
            yield from _in_all(ledger, member, mineral, week, listed)
            yield from _in_week(ledger, member, mineral, week, listed)


def _in_all(ledger: Ledger, member: str, mineral: str, week: int, listed: list[Withdrawal]) -> Iterator[Breach]:
    entitlements = ledger.case.problem.at(week).entitlements
    if entitlements is None:
        return
    row = entitlements.get((member, mineral))
    if row is None:
        for j in listed:
            if j.week == week and (by := beyond_gram(ledger.flow.taken.get(j.name, ZERO), ZERO)):
                says = f"{tonnes(by)} of {mineral} go to {member} for {j.name}, which is entitled to none"
                yield Breach("entitlement", f"entitlement_none[{j.name}]", by, ZERO, "t", says)
        return
    whole = (ledger.case.problem.entitlements or {}).get((member, mineral), row)
    if whole.tonnes is None:
        return
    out = [j for j in listed if j.week <= week and (j.repay_week is None or j.repay_week > week)]
    has, most = sum((ledger.flow.taken.get(j.name, ZERO) for j in out), ZERO), exact(whole.tonnes)
    if by := beyond_gram(has - most, most):
        says = f"{member} has {tonnes(has)} of {mineral} by week {week}, and is entitled to {tonnes(most)}"
        yield Breach("entitlement", f"entitlement_total[{member},{mineral},{week}]", by, most, "t", says)


def _in_week(ledger: Ledger, member: str, mineral: str, week: int, listed: list[Withdrawal]) -> Iterator[Breach]:
    row = (ledger.case.problem.at(week).entitlements or {}).get((member, mineral))
    if row is None or row.max_week_t is None:
        return
    has = sum((ledger.flow.taken.get(j.name, ZERO) for j in listed if j.week == week), ZERO)
    most = exact(row.max_week_t)
    if by := beyond_gram(has - most, most):
        says = f"{member} draws {tonnes(has)} of {mineral} in week {week}, and may draw {tonnes(most)}"
        yield Breach("entitlement", f"entitlement_week[{member},{mineral},{week}]", by, most, "t", says)
