"""What members have drawn of what they may draw: a row a member, mineral and week in which it may draw.

in all:     sum of served[j] of weeks <= w, less that of loans with repay_week <= w       of tonnes[m,i]
in a week:  sum of served[j] of week w                                                    of max_week_t[m,i]
none:       served[j] of a member without a row for the mineral                           of 0
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Problem, Withdrawal


@dataclass(frozen=True, slots=True)
class EntitlementRow:
    """A limit of what a member may draw, and what it has; `withdrawal` is named where it is entitled to none."""

    kind: Literal["total", "week", "none"]
    member: str
    mineral: str
    week: int
    has_t: Fraction
    most_t: Fraction
    withdrawal: str | None = None

    @property
    def row(self) -> str:
        """As the formulation names it."""
        return f"entitlement_{self.kind}[{self.withdrawal or f'{self.member},{self.mineral},{self.week}'}]"


def entitlement_rows(problem: Problem, taken: Mapping[str, Fraction]) -> Iterator[EntitlementRow]:
    """Every row, by member, mineral and week; `taken`: withdrawal -> t taken out for it."""
    drawn: dict[tuple[str, str], list[Withdrawal]] = defaultdict(list)
    for j in problem.withdrawals.values():
        if j.member is not None:
            drawn[j.member, j.mineral].append(j)
    for (member, mineral), listed in sorted(drawn.items()):
        for week in sorted({j.week for j in listed}):
            yield from _of_week(problem, taken, member, mineral, week, listed)


def _of_week(
    problem: Problem, taken: Mapping[str, Fraction], member: str, mineral: str, week: int, listed: list[Withdrawal]
) -> Iterator[EntitlementRow]:
    entitlements, now = problem.at(week).entitlements, [j for j in listed if j.week == week]
    if entitlements is None:
        return
    row = entitlements.get((member, mineral))
    if row is None:
        for j in now:
            yield EntitlementRow("none", member, mineral, week, taken.get(j.name, ZERO), ZERO, j.name)
        return
    whole = (problem.entitlements or {}).get((member, mineral), row)
    if whole.tonnes is not None:
        out = [j for j in listed if j.is_out(week)]
        yield EntitlementRow("total", member, mineral, week, _sum(taken, out), exact(whole.tonnes))
    if row.max_week_t is not None:
        yield EntitlementRow("week", member, mineral, week, _sum(taken, now), exact(row.max_week_t))


def _sum(taken: Mapping[str, Fraction], counted: list[Withdrawal]) -> Fraction:
    return sum((taken.get(j.name, ZERO) for j in counted), ZERO)
