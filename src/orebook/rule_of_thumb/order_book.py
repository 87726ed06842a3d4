"""A planner's orders as they are booked: each priced by the judge, and kept within what is left of everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import ceil, floor, inf

from orebook.accounting.exact_problem import ExactProblem
from orebook.accounting.priced_orders import PricedOrder, price_order
from orebook.accounting.returns import returned_t
from orebook.accounting.stock_flow import total
from orebook.decisions import Decisions, Order, Out, Put
from orebook.exact import ZERO, Fraction, exact
from orebook.judge import Judge
from orebook.problem import Offer, Withdrawal
from orebook.rule_of_thumb.entitled import entitled, in_turn
from orebook.rule_of_thumb.free_money import Purse, moved
from orebook.rule_of_thumb.free_room import GRAMS_PER_TONNE, Stores
from orebook.rule_of_thumb.needs import Needs
from orebook.rule_of_thumb.quotas import Planned, Quotas

AMOUNT_PADDING_T = 1e-9
"""Part of a limit that counting in floats may have eaten."""

CLOSE = 1e-3
"""Part of what is wanted by which the most that money leaves may be missed: looking closer is not worth its time."""


class OrderBook:
    """Books orders. `buy` keeps every limit that is known before the whole plan is; `place` books whatever is said."""

    def __init__(self, case: ExactProblem, planned: Planned) -> None:
        self.case = case
        self._entitled = entitled(case)
        self.needs = {name: Needs(case, name, self._entitled) for name in case.problem.minerals}
        self._stores, self._purse, self._quotas = Stores(case), Purse(case), Quotas(case, planned)
        self._orders: dict[tuple[str, int], PricedOrder] = {}

    def ordered(self, offer: str, week: int) -> Fraction:
        """Tonnes ordered so far."""
        order = self._orders.get((offer, week))
        return order.tonnes if order else ZERO

    def place(self, offer: Offer, week: int, tonnes: Fraction) -> None:
        """Book more tonnes of an offer in a week, whatever the rules say."""
        self._book(self.price(offer, week, self.ordered(offer.name, week) + tonnes), tonnes)

    def buy(self, offer: Offer, week: int, wanted: float) -> float:
        """Book as much as is wanted, or the most that room, quotas and money leave of it, in what sizes the offer comes in.

        The tonnes that were booked, 0 where not even the least fits. Where it is less than was wanted, nothing worth an
        order is left.
        """
        found = self._sizes(offer, week, wanted)
        if found is None:
            return 0.0
        unit, least, most = found
        count = self._largest(lambda n: self._fits(self._more(offer, week, n * unit)), least, most)
        if count:
            self._book(self._more(offer, week, count * unit), count * unit)
        return float(count * unit)

    def decisions(self) -> Decisions:
        """What was decided, withdrawals served as far as there is stock, money drawn from the cheapest source first."""
        orders = tuple(Order(o, w, order.tonnes) for (o, w), order in sorted(self._orders.items()))
        outs, back = self._outs()
        puts = total(((p.mineral, p.site, p.week), p.tonnes) for p in (*self._stores.puts, *back))
        placed = Decisions(orders, tuple(Put(*where, tonnes) for where, tonnes in sorted(puts.items())), outs)
        weeks = Judge(self.case.problem, self.case.model).cash(placed)
        draws, repays = moved(self.case, weeks)
        return replace(placed, draws=draws, repays=repays)

    def price(self, offer: Offer, week: int, tonnes: Fraction) -> PricedOrder:
        """An order as the judge prices it."""
        return price_order(self.case, Order(offer.name, week, tonnes))

    def _more(self, offer: Offer, week: int, tonnes: Fraction) -> PricedOrder:
        """The order in the place of what stands there, so much larger."""
        return self.price(offer, week, self.ordered(offer.name, week) + tonnes)

    def _sizes(self, offer: Offer, week: int, wanted: float) -> tuple[Fraction, int, int] | None:
        """The unit that an order grows by, the fewest and the most of it, on top of what is ordered; None where none fits."""
        arrives = self.case.problem.arrives(offer, week)
        room = min(
            self._quotas.tonnes(offer, week),
            self._stores.room(offer.mineral, arrives),
            self.needs[offer.mineral].room(arrives),
        )
        unit = exact(offer.lot_t) if offer.lot_t is not None else Fraction(1, GRAMS_PER_TONNE)
        first = self.case.model.on("offers") and not self.ordered(offer.name, week)
        least = max(1, ceil(exact(offer.min_order_t) / unit)) if first else 1
        asked = max(least, ceil(wanted / float(unit) - AMOUNT_PADDING_T))
        most = asked if room == inf else min(asked, floor(room * (1 + AMOUNT_PADDING_T) / float(unit)))
        return (unit, least, most) if least <= most else None

    def _largest(self, fits: Callable[[int], bool], least: int, most: int) -> int:
        """About the largest count that fits, between two; 0 where the least does not."""
        if fits(most):
            return most
        if not fits(least):
            return 0
        enough = max(1, int(CLOSE * most))
        while most - least > enough:
            middle = (least + most) // 2
            least, most = (middle, most) if fits(middle) else (least, middle)
        return least

    def _fits(self, order: PricedOrder) -> bool:
        if order.outside_t or any(price.rejected for price, _ in order.parts):
            return False
        usd, payments = self._adds(order)
        return usd <= self._quotas.usd(order.offer) and self._purse.affords(payments)

    def _book(self, order: PricedOrder, tonnes: Fraction) -> None:
        """The order in the place of what stood there; `tonnes` is what is new of it."""
        usd, payments = self._adds(order)
        offer = order.offer
        self._purse.pay(payments)
        self._quotas.book(offer, order.week, float(tonnes), usd)
        self._orders[offer.name, order.week] = order
        if order.arrives <= self.case.problem.weeks:
            self.needs[offer.mineral].arrive(order.arrives, float(tonnes))
            self._stores.put(offer.mineral, order.arrives, tonnes)

    def _adds(self, order: PricedOrder) -> tuple[float, dict[int, float]]:
        """What an order adds to order cash, and to each week's cash, over what it takes the place of."""
        old = self._orders.get((order.offer.name, order.week))
        amounts = [float(x) for x in (order.order_cash, order.on_order, order.on_arrival)]
        if old is not None:
            before = (old.order_cash, old.on_order, old.on_arrival)
            amounts = [x - float(b) for x, b in zip(amounts, before, strict=True)]
        payments = {order.week: amounts[1]}
        for week, usd in ((order.rest_paid, amounts[2]), (1, self._quotas.fee(order.offer))):
            payments[week] = payments.get(week, 0.0) + usd
        return amounts[0], payments

    def _outs(self) -> tuple[tuple[Out, ...], tuple[Put, ...]]:
        """Withdrawals in turn, each from the stores that have the mineral by then; and loans, put where they came from."""
        problem, outs, back = self.case.problem, list[Out](), list[Put]()
        moved: dict[tuple[str, str], list[tuple[int, Fraction]]] = {}
        for p in self._stores.puts:
            moved.setdefault((p.mineral, p.site), []).append((p.week, p.tonnes))
        gone: dict[str, list[tuple[int, Fraction]]] = {mineral: [] for mineral in problem.minerals}
        for j in in_turn(problem):
            wanted, taken = min(self._entitled[j.name], self._fresh(j, moved, gone[j.mineral])), list[Out]()
            for site in problem.sites:
                moves = moved.setdefault((j.mineral, site), [])
                there = self.case.opening[j.mineral, site, j.week] + sum((t for w, t in moves if w <= j.week), ZERO)
                part = min(wanted, there)
                if part > 0:
                    taken.append(Out(j.name, site, part))
                    moves.append((j.week, -part))
                    wanted -= part
            outs += taken
            gone[j.mineral].append((j.week, sum((out.tonnes for out in taken), ZERO)))
            if taken and j.repay_week is not None and j.repay_week <= problem.weeks:
                for put in _brought_back(j, j.repay_week, taken):
                    back.append(put)
                    moved[j.mineral, put.site].append((put.week, put.tonnes))
        return tuple(outs), tuple(back)

    def _fresh(
        self,
        j: Withdrawal,
        moved: Mapping[tuple[str, str], list[tuple[int, Fraction]]],
        gone: list[tuple[int, Fraction]],
    ) -> Fraction:
        """Tonnes in store in a withdrawal's week, less what had lapsed before it: `gone` has left up to then."""
        mineral, due = j.mineral, self.case.due
        held = sum((self.case.opening[mineral, site, j.week] for site in self.case.problem.sites), ZERO)
        for (moving, _), moves in moved.items():
            held += sum((t for w, t in moves if w <= j.week and moving == mineral), ZERO)
        lapsed = (due.get((mineral, v), ZERO) - sum((t for w, t in gone if w <= v), ZERO) for v in range(1, j.week))
        return held - max(ZERO, *lapsed, ZERO)


def _brought_back(loan: Withdrawal, week: int, taken: list[Out]) -> list[Put]:
    """What a loan brings back: to each store what it lent, the premium to the first."""
    rest = returned_t(loan, sum((out.tonnes for out in taken), ZERO)) - sum((out.tonnes for out in taken[1:]), ZERO)
    parts = [(taken[0].site, rest), *((out.site, out.tonnes) for out in taken[1:])]
    return [Put(loan.mineral, site, week, tonnes) for site, tonnes in parts if tonnes > 0]
