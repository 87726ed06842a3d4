"""What an order would cost, and which rules it would break, with everything else as the plan has it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from orebook.accounting.cash import cash_weeks
from orebook.accounting.exact_problem import ExactProblem, exact_problem_of
from orebook.accounting.ledger import Ledger, ledger_of
from orebook.accounting.priced_orders import PricedOrder, price_order
from orebook.decisions import Decisions, Order
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.judgement import Breach
from orebook.judge.rules import RULES, lots
from orebook.plan import Plan
from orebook.problem import Offer
from orebook.schema.rules import RuleName

_ONE_ORDER: tuple[RuleName, ...] = ("eligibility", "offers")
_ALL_ORDERS: tuple[RuleName, ...] = ("offers", "frozen", "houses", "shares", "market", "split", "budget")
"""Rules that orders alone decide, wherever the goods are put and whoever lends the money."""


@dataclass(frozen=True)
class OrderProbe:
    """A plan, and what one more order would do to it; every amount is exact."""

    plan: Plan

    @cached_property
    def case(self) -> ExactProblem:
        """The problem and model as the judge reads them."""
        return exact_problem_of(self.plan.problem, self.plan.model)

    @cached_property
    def ledger(self) -> Ledger:
        """All that follows from the plan."""
        priced = lru_cache(maxsize=None)(lambda order: price_order(self.case, order))
        return ledger_of(self.case, priced, Decisions.of(self.plan.document))

    @cached_property
    def orders(self) -> dict[tuple[str, int], PricedOrder]:
        """The plan's tickets by offer and week."""
        return {(o.offer.name, o.week): o for o in self.ledger.orders}

    @cached_property
    def _broken(self) -> frozenset[str]:
        return frozenset(b.row for b in self.plan.judgement.breaches)

    def priced(self, offer: str, week: int, tonnes: Fraction) -> PricedOrder:
        """An order at the cheapest tier that takes it."""
        return price_order(self.case, Order(offer, week, tonnes))

    def bars(self, offer: Offer, week: int) -> Breach | None:
        """What bars every order of an offer in a week, whatever else is ordered; None where the week is open."""
        if self.case.model.on("frozen") and self.plan.problem.frozen(week):
            says = f"week {week} is frozen"
            return Breach("frozen", f"frozen_order[{offer.name},{week}]", ZERO, None, "t", says)
        found = [self._bar(offer, week, tonnes) for tonnes in self._sizes(offer)]
        return None if None in found else found[0]

    def least(self, offer: Offer, week: int) -> Fraction:
        """Tonnes of the smallest order that an open week takes."""
        return next(tonnes for tonnes in self._sizes(offer) if self._bar(offer, week, tonnes) is None)

    def open_weeks(self, offer: Offer) -> list[int]:
        """The weeks in which something of an offer can be ordered."""
        return [week for week in self.case.weeks if self.bars(offer, week) is None]

    def breaks(self, changed: Iterable[PricedOrder], gone: Iterable[tuple[str, int]] = ()) -> list[Breach]:
        """The rows that break where these orders stand in place of the plan's of their offer and week, `gone` left out."""
        orders = dict(self.orders)
        for key in gone:
            del orders[key]
        orders |= {(o.offer.name, o.week): o for o in changed}
        listed = tuple(orders[key] for key in sorted(orders))
        cash = cash_weeks(self.case, listed, receipts=self.ledger.receipts)
        costs = {**self.ledger.costs, "cash_usd": cash[-1].cash_to_date_usd}
        ledger = replace(self.ledger, orders=listed, engaged=_houses(listed), cash=cash, costs=costs)
        return [b for b in self._rules(ledger, _ALL_ORDERS) if b.row not in self._broken]

    def _rules(self, ledger: Ledger, rules: tuple[RuleName, ...]) -> Iterator[Breach]:
        yield from lots.breaches(ledger)
        for rule in rules:
            if self.case.model.on(rule):
                yield from RULES[rule](ledger)

    def _bar(self, offer: Offer, week: int, tonnes: Fraction) -> Breach | None:
        alone = replace(self.ledger, orders=(self.priced(offer.name, week, tonnes),))
        return next(self._rules(alone, _ONE_ORDER), None)

    def _sizes(self, offer: Offer) -> list[Fraction]:
        """The smallest order of each tier, the smallest first; without lot and minimum a day of use, else a tonne."""
        lot = exact(offer.lot_t) if offer.lot_t else None
        use = exact(self.plan.problem.minerals[offer.mineral].use_t_per_day)
        least = exact(offer.min_order_t) or lot or use or Fraction(1)
        starts = [max(least, exact(tier.from_t)) for tier in offer.tiers]
        return sorted({up_to_lots(t, lot) for t in starts})


def up_to_lots(tonnes: Fraction, lot: Fraction | None) -> Fraction:
    """The least whole lots that are so many tonnes; the tonnes themselves where there are no lots."""
    return tonnes if lot is None else lot * math.ceil(tonnes / lot)


def _houses(orders: Iterable[PricedOrder]) -> tuple[str, ...]:
    return tuple(sorted({o.offer.house for o in orders}))
