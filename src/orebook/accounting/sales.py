"""Sales to bids and conversions, in exact money: what is paid for goods that leave, and what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orebook.decisions import Converted, Decisions, Sale
from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Bid, Conversion, Problem


@dataclass(frozen=True, slots=True)
class BidSale:
    """A sale: a bid in a week, out of all stores. `fee` is paid once."""

    bid: Bid
    week: int
    tonnes: Fraction
    price: Fraction
    fee: Fraction
    parts: tuple[Sale, ...]

    @property
    def receipt(self) -> Fraction:
        """USD that come in for it."""
        return self.price * self.tonnes


def bid_price(problem: Problem, bid: str, week: int) -> Fraction:
    """USD/t that a bid pays in a week: its own price, else the benchmark with its premiums."""
    row = bid_in(problem, bid, week)
    if row.price_usd_per_t is not None:
        return exact(row.price_usd_per_t)
    benchmark = exact(problem.benchmark[row.mineral, week])
    return benchmark * (1 + exact(row.premium_pct) / 100) + exact(row.premium_usd_per_t)


def bid_in(problem: Problem, bid: str, week: int) -> Bid:
    """A bid as it stands in a week; one that is not there then as it stands else."""
    return problem.at(week).bids.get(bid) or problem.bids[bid]


def conversion_in(problem: Problem, conversion: str, week: int) -> Conversion:
    """A conversion as it stands in a week; one that is not there then as it stands else."""
    return problem.at(week).conversions.get(conversion) or problem.conversions[conversion]


def sales_of(problem: Problem, sales: Iterable[Sale]) -> tuple[BidSale, ...]:
    """Every sale, by week and bid."""
    parts: dict[tuple[int, str], list[Sale]] = defaultdict(list)
    for part in sales:
        parts[part.week, part.bid].append(part)
    found = []
    for (week, name), listed in sorted(parts.items()):
        bid = bid_in(problem, name, week)
        tonnes = sum((part.tonnes for part in listed), ZERO)
        found.append(BidSale(bid, week, tonnes, bid_price(problem, name, week), exact(bid.fee_usd), tuple(listed)))
    return tuple(found)


def conversion_fee(problem: Problem, part: Converted) -> Fraction:
    """USD paid for what is taken out of a store to be converted."""
    row = conversion_in(problem, part.conversion, part.week)
    return exact(row.fee_usd_per_t) * part.tonnes


def fees_by_week(problem: Problem, decisions: Decisions) -> Iterator[tuple[int, Fraction, Fraction]]:
    """Each week's fees of sales, and of conversions; those of nothing left out."""
    for sale in sales_of(problem, decisions.sales):
        yield sale.week, sale.fee, ZERO
    for part in decisions.conversions:
        yield part.week, ZERO, conversion_fee(problem, part)
