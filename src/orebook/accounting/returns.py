"""What loans bring back: as much as was lent and the premium on it, in whole grams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orebook.exact import Fraction, exact
from orebook.grams import gram_below
from orebook.problem import Problem, Withdrawal


@dataclass(frozen=True, slots=True)
class LoanReturn:
    """Tonnes that come back in a week, which may be after the plan; `premium_t` of them were not lent."""

    withdrawal: str | None
    member: str | None
    mineral: str
    week: int
    tonnes: Fraction
    premium_t: Fraction


def returned_t(withdrawal: Withdrawal, served: Fraction) -> Fraction:
    """Tonnes that a loan of so many brings back: (1 + premium_pct/100) * served, rounded down to grams; 0 of no loan."""
    if withdrawal.kind != "loan":
        return Fraction(0)
    return gram_below((1 + exact(withdrawal.premium_pct) / 100) * served)


def returns_of(problem: Problem, served: Mapping[str, Fraction]) -> tuple[LoanReturn, ...]:
    """What the plan's loans bring back, by week and withdrawal; those of nothing left out."""
    found = []
    for j in problem.withdrawals.values():
        back = returned_t(j, served[j.name])
        if back > 0 and j.repay_week is not None:
            premium = max(Fraction(0), back - served[j.name])
            found.append(LoanReturn(j.name, j.member, j.mineral, j.repay_week, back, premium))
    return tuple(sorted(found, key=lambda r: (r.week, r.withdrawal or "")))
