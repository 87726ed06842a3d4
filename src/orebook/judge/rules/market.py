"""Orders stay a small part of what the market trades in a week.

sum of q[o,w] over offers of i <= max_market_share * market_t_per_week[i], or the tonnes of frozen tickets where they are more
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.stock_flow import total
from orebook.accounting.tolerance import beyond
from orebook.exact import ZERO, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows market_week[i,w], in t."""
    problem = ledger.case.problem
    frozen = total(((o.offer.mineral, o.week), o.tonnes) for o in ledger.orders if o.frozen)
    for (mineral, week), ordered in total(((o.offer.mineral, o.week), o.tonnes) for o in ledger.orders).items():
        then = problem.at(week)
        market, share = then.minerals[mineral].market_t_per_week, then.max_market_share
        if market is None or share is None:
            continue
        most = max(exact(share) * exact(market), frozen.get((mineral, week), ZERO))
        if by := beyond(ordered - most, most):
            says = f"{tonnes(ordered)} of {mineral} are ordered in week {week}, at most {tonnes(most)} of the market"
            yield Breach("market", f"market_week[{mineral},{week}]", by, most, "t", says)
