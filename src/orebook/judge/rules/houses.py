"""A house sells no more than it can, a week and in all, is paid no more than it may be, and not too many are engaged.

sum of q in w <= weekly_capacity_t;  sum of q <= capacity_t;  order cash <= max_spend_usd;  engaged <= max_houses

Frozen tickets that come to more are the limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.stock_flow import total
from orebook.accounting.tolerance import beyond, beyond_cent
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import tonnes, usd
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows house_week[h,w] and house_total[h] in t, house_spend[h] in USD, houses_engaged in houses."""
    problem, orders = ledger.case.problem, ledger.orders
    houses, frozen = problem.houses, [o for o in orders if o.frozen]
    stands = total(((o.offer.house, o.week), o.tonnes) for o in frozen)
    for (name, week), ordered in total(((o.offer.house, o.week), o.tonnes) for o in orders).items():
        what, limit = f"tonnes ordered from {name} in week {week}", problem.terms(week).houses[name].weekly_capacity_t
        yield from _over(f"house_week[{name},{week}]", what, ordered, limit, stands.get((name, week), ZERO))
    stands_in_all = total((o.offer.house, o.tonnes) for o in frozen)
    for name, ordered in total((o.offer.house, o.tonnes) for o in orders).items():
        what, limit = f"tonnes ordered from {name}", houses[name].capacity_t
        yield from _over(f"house_total[{name}]", what, ordered, limit, stands_in_all.get(name, ZERO))
    spent = total((o.offer.house, o.order_cash) for o in frozen)
    for name, cash in total((o.offer.house, o.order_cash) for o in orders).items():
        yield from _overspent(name, cash, houses[name].max_spend_usd, spent.get(name, ZERO))
    if problem.max_houses is not None:
        most = max(problem.max_houses, len({o.offer.house for o in frozen}))
        by = len(ledger.engaged) - most
        if by > 0:
            says = f"{len(ledger.engaged)} houses are engaged ({', '.join(ledger.engaged)}), at most {most}"
            yield Breach("houses", "houses_engaged", Fraction(by), Fraction(most), "houses", says)


def _over(row: str, what: str, ordered: Fraction, limit: float | None, frozen: Fraction) -> Iterator[Breach]:
    """Tonnes over a limit, or over those of frozen tickets where they are more."""
    if limit is None:
        return
    most = max(exact(limit), frozen)
    if by := beyond(ordered - most, most):
        yield Breach("houses", row, by, most, "t", f"{what}: {tonnes(ordered)}, at most {tonnes(most)}")


def _overspent(name: str, cash: Fraction, limit: float | None, frozen: Fraction) -> Iterator[Breach]:
    if limit is None:
        return
    most = max(exact(limit), frozen)
    if by := beyond_cent(cash - most, most):
        says = f"{usd(cash)} are spent on tickets of {name}, at most {usd(most)}"
        yield Breach("houses", f"house_spend[{name}]", by, most, "USD", says)
