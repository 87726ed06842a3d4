"""A house sells no more than it can, a week and in all, is paid no more than it may be, and not too many are engaged.

sum of q in w <= weekly_capacity_t;  sum of q <= capacity_t;  order cash <= max_spend_usd;  engaged <= max_houses
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.exact import Fraction, exact
from orebook.judge.flow import total
from orebook.judge.judgement import Breach
from orebook.judge.ledger import Ledger
from orebook.judge.tolerance import beyond, beyond_cent
from orebook.judge.wording import tonnes, usd


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows house_week[h,w] and house_total[h] in t, house_spend[h] in USD, houses_engaged in houses."""
    houses = ledger.case.problem.houses
    for (name, week), ordered in total(((o.offer.house, o.week), o.tonnes) for o in ledger.orders).items():
        what = f"tonnes ordered from {name} in week {week}"
        yield from _over(f"house_week[{name},{week}]", what, ordered, houses[name].weekly_capacity_t)
    for name, ordered in total((o.offer.house, o.tonnes) for o in ledger.orders).items():
        yield from _over(f"house_total[{name}]", f"tonnes ordered from {name}", ordered, houses[name].capacity_t)
    for name, cash in total((o.offer.house, o.order_cash) for o in ledger.orders).items():
        yield from _overspent(name, cash, houses[name].max_spend_usd)
    most = ledger.case.problem.max_houses
    if most is not None and len(ledger.engaged) > most:
        by = Fraction(len(ledger.engaged) - most)
        says = f"{len(ledger.engaged)} houses are engaged ({', '.join(ledger.engaged)}), at most {most}"
        yield Breach("houses", "houses_engaged", by, Fraction(most), "houses", says)


def _over(row: str, what: str, ordered: Fraction, limit: float | None) -> Iterator[Breach]:
    if limit is not None and (by := beyond(ordered - exact(limit), exact(limit))):
        says = f"{what}: {tonnes(ordered)}, at most {tonnes(exact(limit))}"
        yield Breach("houses", row, by, exact(limit), "t", says)


def _overspent(name: str, cash: Fraction, limit: float | None) -> Iterator[Breach]:
    if limit is not None and (by := beyond_cent(cash - exact(limit), exact(limit))):
        says = f"{usd(cash)} are spent on tickets of {name}, at most {usd(exact(limit))}"
        yield Breach("houses", f"house_spend[{name}]", by, exact(limit), "USD", says)
