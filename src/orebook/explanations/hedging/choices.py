"""The choices that are now: each ticket of the hedged plan, and each offer that it leaves for later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from orebook.decisions import Decisions
from orebook.exact import ZERO, Fraction
from orebook.explanations.hedging.joint_questions import JointAnswer, JointQuestions
from orebook.problem import Problem
from orebook.schema.facts import About
from orebook.solver.hedge.conditional_solve import Condition, Place

SAME_T = Fraction(1, 10**6)
"""Tonnes that make no difference."""
PART = Fraction(1, 10)
"""A ticket is there where so much of its tonnes is ordered at least."""


@dataclass(frozen=True)
class Choice:
    """Tonnes that are ordered now, or could be: of one offer in one week, or of a mineral in any way (`places`)."""

    mineral: str
    places: frozenset[Place]
    tonnes: Fraction
    ordered: bool

    @property
    def place(self) -> Place | None:
        """Offer and week; None of a mineral."""
        return next(iter(self.places)) if len(self.places) == 1 else None

    @property
    def with_it(self) -> Condition:
        """That all of it is ordered now."""
        return Condition(least=((self.places, float(self.tonnes)),))

    @property
    def with_some(self) -> Condition:
        """That so much of it is ordered now that it is there."""
        return Condition(least=((self.places, float(PART * self.tonnes)),))

    def forbidding(self, problem: Problem) -> tuple[str, ...]:
        """The change of the instance that leaves its week out; nothing where no one change says so."""
        if self.place is None:
            return ()
        offer, week = problem.offers[self.place[0]], self.place[1]
        if offer.from_week == offer.to_week:
            return (f"offers.{offer.name}.max_week_t=0",)
        if week == offer.from_week:
            return (f"offers.{offer.name}.from_week={week + 1}",)
        return (f"offers.{offer.name}.to_week={week - 1}",) if week == offer.to_week else ()

    def frozen(self, asked: JointQuestions) -> bool:
        """Whether it is a ticket that stands whatever is best."""
        if self.place is None:
            return False
        return asked.model.on("frozen") and asked.hedged.problem.frozen(self.place[1])

    @property
    def without_it(self) -> Condition:
        """That nothing of it is ordered now."""
        return Condition(barred=self.places)

    def about(self, asked: JointQuestions, against: str | None = None, future: str | None = None) -> About:
        """What facts of it speak of."""
        offer, week = self.place or (None, None)
        known = asked.hedged.problem.offers[offer] if offer else None
        return About(
            mineral=self.mineral,
            offer=offer,
            week=week,
            house=known.house if known else None,
            origin=known.origin if known else None,
            future=future,
            against=against,
        )


@dataclass(frozen=True)
class Choices:
    """All of them, the most tonnes' money first; and what each future by itself would order now."""

    asked: JointQuestions

    @cached_property
    def alone(self) -> Mapping[str, JointAnswer]:
        """Future -> its own best plan; without those that a limit left unknown."""
        found = {f.future.name: self.asked.solve(Condition(), alone=f.future.name) for f in self.asked.futures}
        return {name: answer for name, answer in found.items() if not isinstance(answer, str)}

    def have(self, choice: Choice) -> dict[str, Fraction]:
        """Future -> what its own best plan orders now of a choice."""
        return {
            name: sum((answer.tonnes(place) for place in choice.places), ZERO) for name, answer in self.alone.items()
        }

    @cached_property
    def tickets(self) -> tuple[Choice, ...]:
        """Those of the plan, most order cash first."""
        now = sorted(self.asked.hedged.now, key=lambda t: (-t.order_cash_usd, t.week, t.offer))
        return tuple(
            Choice(t.mineral, frozenset({(t.offer, t.week)}), self.asked.orders[t.offer, t.week].tonnes, True)
            for t in now
        )

    @cached_property
    def left(self) -> tuple[Choice, ...]:
        """Offers that some future's own plan orders now and the hedged plan does not; then minerals of which every future's
        part of the hedged plan orders later what could be ordered now."""
        offers = tuple(self._left_offers())
        return (*offers, *self._left_minerals({c.mineral for c in offers}))

    def _left_offers(self) -> Iterator[Choice]:
        """Of each the week and tonnes of the likeliest future whose own plan orders it."""
        taken = {offer for offer, _ in self.asked.orders}
        probability = {f.future.name: f.probability for f in self.asked.futures}
        for name in sorted(self.alone, key=lambda n: (-probability[n], n)):
            for order in sorted(self.alone[name].orders, key=lambda o: (o.week, o.offer)):
                if order.offer not in taken:
                    taken.add(order.offer)
                    mineral = self.asked.hedged.problem.offers[order.offer].mineral
                    yield Choice(mineral, frozenset({(order.offer, order.week)}), order.tonnes, False)

    def _left_minerals(self, but: set[str]) -> Iterator[Choice]:
        offers, now = self.asked.hedged.problem.offers, self.asked.hedged.document.now_weeks
        ordered = but | {offers[offer].mineral for offer, _ in self.asked.orders}
        places: dict[str, set[Place]] = defaultdict(set)
        for place in self.asked.open:
            places[offers[place[0]].mineral].add(place)
        for mineral in sorted(places.keys() - ordered):
            later = [self._later(name, mineral, now) for name in self.asked.hedged.plans]
            if min(later) > SAME_T:
                yield Choice(mineral, frozenset(places[mineral]), min(later), False)

    def _later(self, future: str, mineral: str, now: int) -> Fraction:
        """Tonnes of a mineral that the hedged plan orders in a future, once it is known."""
        plan = self.asked.hedged.plans[future]
        orders = Decisions.of(plan.document).orders
        of = {t.offer: t.mineral for t in plan.document.tickets}
        return sum((o.tonnes for o in orders if o.week > now and of[o.offer] == mineral), ZERO)
