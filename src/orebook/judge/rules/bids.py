"""A bid takes nothing, or between its least and its most, in whole lots; no more than would lapse unless it buys surplus.

sell[b,w] in {0} or [min_t, max_week_t], a multiple of lot_t;   sum over w of sell[b,w] <= max_t
sum over bids of i that buy no surplus, and w, of sell[b,w] <= what would lapse of i by the plan's end
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.accounting.ageing import lapsing_of
from orebook.accounting.ledger import Ledger
from orebook.accounting.sales import BidSale
from orebook.accounting.tolerance import beyond_gram
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows bid_window[b,w], bid_lots[b,w], bid_least[b,w], bid_most[b,w], bid_total[b] and bid_surplus[i]."""
    sold: dict[str, Fraction] = defaultdict(lambda: ZERO)
    surplus: dict[str, Fraction] = defaultdict(lambda: ZERO)
    for sale in ledger.sales:
        yield from _of_one(ledger, sale)
        sold[sale.bid.name] += sale.tonnes
        if not sale.bid.surplus:
            surplus[sale.bid.mineral] += sale.tonnes
    for name, amount in sorted(sold.items()):
        most = ledger.case.problem.bids[name].max_t
        if most is not None and (by := beyond_gram(amount - exact(most), exact(most))):
            says = f"{tonnes(amount)} are sold to {name}, which takes {tonnes(exact(most))} in all"
            yield Breach("bids", f"bid_total[{name}]", by, exact(most), "t", says)
    lapses = lapsing_of(ledger.case.due, ledger.case.problem.weeks)
    for mineral, amount in sorted(surplus.items()):
        would = lapses.get(mineral, ZERO)
        if by := beyond_gram(amount - would, would):
            says = (
                f"{tonnes(amount)} of {mineral} are sold to bids that buy no surplus, and {tonnes(would)} would lapse"
            )
            yield Breach("bids", f"bid_surplus[{mineral}]", by, would, "t", says)


def _of_one(ledger: Ledger, sale: BidSale) -> Iterator[Breach]:
    bid, key = sale.bid, f"[{sale.bid.name},{sale.week}]"
    if not ledger.case.problem.bid_open(bid.name, sale.week):
        weeks = f"weeks {bid.from_week} to {bid.to_week}"
        says = f"{tonnes(sale.tonnes)} are sold to {bid.name} in week {sale.week}, which buys in {weeks}"
        yield Breach("bids", f"bid_window{key}", sale.tonnes, ZERO, "t", says)
    least = exact(bid.min_t)
    if by := beyond_gram(least - sale.tonnes, least):
        says = f"{tonnes(sale.tonnes)} are sold to {bid.name} in week {sale.week}, which takes {tonnes(least)} at least"
        yield Breach("bids", f"bid_least{key}", by, least, "t", says)
    if bid.max_week_t is not None and (by := beyond_gram(sale.tonnes - exact(bid.max_week_t), exact(bid.max_week_t))):
        most = exact(bid.max_week_t)
        says = f"{tonnes(sale.tonnes)} are sold to {bid.name} in week {sale.week}, which takes {tonnes(most)} at most"
        yield Breach("bids", f"bid_most{key}", by, most, "t", says)
    if bid.lot_t is not None:
        lot = exact(bid.lot_t)
        off = abs(sale.tonnes - round(sale.tonnes / lot) * lot)
        if by := beyond_gram(off, sale.tonnes):
            says = f"{tonnes(sale.tonnes)} sold to {bid.name} in week {sale.week} are no whole lots of {tonnes(lot)}"
            yield Breach("bids", f"bid_lots{key}", by, sale.tonnes, "t", says)
