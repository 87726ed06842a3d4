"""An offer's quote as a price that a change can move, and how low a quote can still make the offer cheaper."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from orebook.accounting.exact_prices import floor_of
from orebook.accounting.exact_problem import exact_problem_of
from orebook.accounting.priced_orders import price_order
from orebook.changes import changed
from orebook.decisions import Order
from orebook.exact import ZERO, exact
from orebook.explanations.subproblem.order_probe import OrderProbe
from orebook.formats import plain
from orebook.problem import Offer, Problem
from orebook.schema.model import Model

DIGITS = 7
"""Digits of a price, at least to the cent."""
STEP = 1e-3
"""Part of a price by which it is lowered to see what that is worth."""


@dataclass(frozen=True)
class Quote:
    """What an offer asks, in USD/t: `now` in `week`, its first open one; other weeks move with it.

    `least` is the quote under which a lower one helps no more: nothing is paid, or the floor whatever is quoted.
    """

    offer: Offer
    week: int
    now: float
    least: float
    floored: bool

    def change(self, price: float) -> str:
        """The change that makes the quote of `week` this price."""
        if self.offer.price_usd_per_t is not None:
            return f"offers.{self.offer.name}.price_usd_per_t={_text(price)}"
        by = exact(float(_text(price))) - exact(self.now)
        return f"offers.{self.offer.name}.premium_usd_per_t={'+' if by >= 0 else '-'}{plain(abs(by), 9)}"


def rounded(price: float) -> float:
    """The price as a change writes it."""
    return float(_text(price))


def rounded_up(price: float) -> float:
    """The next price, from this one up, as a change writes it."""
    down = rounded(price)
    return down if down >= price else rounded(price + 10.0 ** -_places(price))


def quote_of(probe: OrderProbe, offer: Offer, weeks: list[int]) -> Quote:
    """The quote of an offer that is open in these weeks, at least one."""
    quotes = {w: probe.case.prices(offer.name, w)[0].quote for w in weeks}
    now = quotes[weeks[0]]
    least, floored = now - min(quotes.values()), False
    floor = floor_of(probe.plan.problem, offer)
    if floor is not None and floor.mechanism in ("minimum", "reject"):
        dearest = 1 - min(exact(t.discount_pct) for t in offer.tiers) / 100
        at_floor = exact(floor.floor_usd_per_t) / dearest - (max(quotes.values()) - now) if dearest > 0 else ZERO
        least, floored = max(least, at_floor), at_floor > least
    return Quote(offer, weeks[0], float(now), rounded_up(float(least)), floored)


def usd_per_quoted_usd(problem: Problem, model: Model, quote: Quote, price: float, orders: Iterable[Order]) -> float:
    """USD by which orders of the offer get cheaper for each USD/t that its quote falls below a price, floors and all."""
    lower = rounded(price * (1 - STEP))
    cases = [exact_problem_of(changed(problem, [quote.change(p)]), model) for p in (price, lower)]
    dear, cheap = (sum((price_order(case, o).order_cash for o in orders), ZERO) for case in cases)
    return float(dear - cheap) / (price - lower) if lower < price else 0.0


def _text(price: float) -> str:
    return plain(price, _places(price))


def _places(price: float) -> int:
    size = math.floor(math.log10(price)) + 1 if price > 0 else 1
    return max(2, DIGITS - size)
