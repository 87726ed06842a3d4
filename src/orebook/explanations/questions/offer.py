"""Why not there: what an offer without a ticket would cost in the plan, what would give way, and at which price it enters.

The offer is forced by a commitment to its smallest order, and held against the best plan without it; the tickets of all
other minerals stay as they are in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from orebook.decisions import Order
from orebook.exact import exact
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.subproblem.blocked_offers import blocked, closed
from orebook.explanations.subproblem.breakeven_price import BreakEven
from orebook.explanations.subproblem.mineral_subproblem import Found, MineralSubproblem
from orebook.explanations.subproblem.order_probe import OrderProbe
from orebook.explanations.subproblem.quote import Quote, quote_of, usd_per_quoted_usd
from orebook.explanations.subproblem.without_comparison import extra, worse
from orebook.formats import plain
from orebook.plan import Plan
from orebook.problem import Offer
from orebook.schema.facts import About, Fact, Figures

GRAM_T = 1e-6
MIN_TOLD_SHARE = 1 / 10000
"""Part of what the smallest order costs that solves are to tell: a tenth of the part that prices are found to."""


def offer(counterfactuals: Counterfactuals, name: str) -> Iterator[Fact]:
    """The facts of an offer; none where it has a ticket, or where the model has no rule by which it could be forced.

    Either which rule keeps it out of every plan, or what the cheapest plan that uses it costs (`against` none), each
    ticket that gives way in it (`against` its offer), and its break-even price (`against` "price").
    """
    probe = OrderProbe(counterfactuals.plan)
    chosen = counterfactuals.problem.offers[name]
    if any(o == name for o, _ in probe.orders):
        return
    weeks = probe.open_weeks(chosen)
    if not weeks:
        yield from closed(probe, chosen)
        return
    if not (counterfactuals.model.on("commit") and counterfactuals.model.on("offers")):
        return
    case = _Case(counterfactuals, probe, chosen, weeks)
    forced = case.forced()
    if forced is None:
        yield blocked(counterfactuals, case.fact(case.figures()))
    else:
        plan = case.subproblem.judged(forced)
        more = {**extra(forced, case.without), **worse(counterfactuals, plan)}
        used = sum(t.tonnes for t in plan.document.tickets if t.offer == name)
        yield case.fact({**case.figures(), "tonnes": used, **more})
        yield from _gives_way(case, plan)
    yield from _price(case)


@dataclass(frozen=True)
class _Case:
    """An offer that is open in some weeks and has no ticket."""

    counterfactuals: Counterfactuals
    probe: OrderProbe
    offer: Offer
    weeks: list[int]

    @cached_property
    def least_t(self) -> float:
        return float(min(self.probe.least(self.offer, week) for week in self.weeks))

    @cached_property
    def quote(self) -> Quote:
        return quote_of(self.probe, self.offer, self.weeks)

    @cached_property
    def subproblem(self) -> MineralSubproblem:
        return MineralSubproblem(
            self.counterfactuals, self.offer.mineral, self.quote.now * self.least_t * MIN_TOLD_SHARE
        )

    @property
    def force(self) -> str:
        return f"offers.{self.offer.name}.commit_t={plain(self.least_t, 9)}"

    @property
    def without(self) -> Found:
        return self.subproblem.best(f"offers.{self.offer.name}.max_week_t=0")

    def forced(self, price: float | None = None) -> Found | None:
        moved = () if price in (None, self.quote.now) else (self.quote.change(price or 0.0),)
        return self.subproblem.solve(self.force, *moved)

    def slope(self, price: float, found: Found) -> float:
        """USD that a plan gets cheaper for each USD/t, the interest on them taken as the plan's average."""
        orders = [Order(o, w, exact(round(t, 6))) for (o, w), t in found.tonnes.items() if o == self.offer.name]
        rate = usd_per_quoted_usd(self.counterfactuals.problem, self.counterfactuals.model, self.quote, price, orders)
        costs = self.counterfactuals.plan.costs
        return rate * (1 + costs.interest_usd / costs.cash_usd if costs.cash_usd else 1.0)

    def figures(self) -> Figures:
        return {"least_t": self.least_t, "price_usd_per_t": self.quote.now, "price_week": self.quote.week}

    def fact(self, figures: Figures, against: str | None = None, week: int | None = None) -> Fact:
        """A fact of what the solve with the offer forced gave."""
        o = self.offer
        return Fact(
            kind="offer",
            about=About(mineral=o.mineral, offer=o.name, house=o.house, week=week, against=against),
            figures=figures,
            method="solve",
            held=self.subproblem.held,
            changes=(self.force,),
        )


def _gives_way(case: _Case, plan: Plan) -> Iterator[Fact]:
    """Every ticket that is dropped or smaller in that plan, those that lose most first."""
    now = {(t.offer, t.week): t.tonnes for t in case.counterfactuals.plan.document.tickets}
    then = {(t.offer, t.week): t.tonnes for t in plan.document.tickets}
    less = {key: tonnes - then.get(key, 0.0) for key, tonnes in now.items()}
    for (name, week), by in sorted(less.items(), key=lambda item: (-item[1], item[0])):
        if by > GRAM_T:
            yield case.fact({"less_t": by, "left_t": then.get((name, week), 0.0)}, name, week)


def _price(case: _Case) -> Iterator[Fact]:
    """The price at which the offer enters; or that none does, with the least that was tried, if there is a plan with it."""
    quote = case.quote
    search = BreakEven(quote, case.without, case.forced, case.slope)
    ending = search.find()
    figures = case.figures()
    price = min(quote.least, quote.now)
    if search.low is not None and search.high is not None:
        price = search.low.price
        figures["break_even_usd_per_t"] = (price, search.high.price)
    elif ending == "untold":
        price = quote.now
        figures |= {"untold_usd_per_t": search.untold} if search.untold else {}
        figures |= {"enters_usd_per_t": search.low.price} if search.low else {}
        figures |= {"stays_out_usd_per_t": search.high.price} if search.high else {}
    else:
        figures |= {"floor_usd_per_t": quote.least} if quote.floored else {"tried_usd_per_t": price}
    found = case.forced(price)
    if found is None:
        return
    figures |= extra(found, case.without)
    moved = (quote.change(price),) if price != quote.now else ()
    fact = case.fact(figures, "price")
    yield fact.model_copy(update={"changes": moved if ending == "found" else (case.force, *moved)})
