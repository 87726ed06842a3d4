"""Decisions about things that the problem does not have: each is a breach, and left out of what is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orebook.decisions import Decisions, Order, StandIn
from orebook.exact import ZERO, Fraction
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach
from orebook.problem import Problem

ONE = Fraction(1)


def sift(problem: Problem, decisions: Decisions) -> tuple[Decisions, tuple[Breach, ...]]:
    """The decisions that can be judged, and a breach for each other one; orders of an offer in a week become one."""
    unknown = _UnknownNames(problem)
    orders: dict[tuple[str, int], Order] = {}
    for order in decisions.orders:
        if order.tonnes and unknown.knows({"offer": order.offer}, order.tonnes, week=order.week):
            orders[order.offer, order.week] = unknown.merged(orders.get((order.offer, order.week)), order)
    kept = Decisions(
        orders=tuple(orders[key] for key in sorted(orders)),
        puts=tuple(
            p for p in decisions.puts if unknown.knows({"mineral": p.mineral, "site": p.site}, p.tonnes, week=p.week)
        ),
        outs=tuple(o for o in decisions.outs if unknown.knows({"withdrawal": o.withdrawal, "site": o.site}, o.tonnes)),
        sales=tuple(x for x in decisions.sales if unknown.knows({"bid": x.bid, "site": x.site}, x.tonnes, week=x.week)),
        conversions=tuple(
            x
            for x in decisions.conversions
            if unknown.knows({"conversion": x.conversion, "site": x.site}, x.tonnes, week=x.week)
        ),
        stand_ins=tuple(x for x in decisions.stand_ins if unknown.knows_stand_in(x)),
        draws=tuple(d for d in decisions.draws if unknown.knows({"source": d.source}, d.usd, week=d.week, unit="USD")),
        repays=tuple(
            r for r in decisions.repays if unknown.knows({"source": r.source}, r.usd, week=r.week, unit="USD")
        ),
        engaged=tuple(h for h in decisions.engaged if unknown.knows({"house": h}, ONE, unit="houses")),
    )
    return kept, tuple(unknown.breaches)


class _UnknownNames:
    """Collects a breach for every decision that names what is not there."""

    def __init__(self, problem: Problem) -> None:
        self.breaches: list[Breach] = []
        self._weeks, self._terms = problem.weeks, problem.terms
        self._names: Mapping[str, Mapping[str, object]] = {
            "offer": problem.offers,
            "house": problem.houses,
            "mineral": problem.minerals,
            "site": problem.sites,
            "withdrawal": problem.withdrawals,
            "source": problem.sources,
            "bid": problem.bids,
            "conversion": problem.conversions,
        }
        self._substitutes = {
            (i, k, t.week) for t in problem.targets for i, k in problem.at(t.week).substitutes if i == t.mineral
        }

    def knows(self, names: Mapping[str, str], amount: Fraction, week: int = 1, unit: str = "t") -> bool:
        """Whether all names (kind -> name) and the week exist, and an offer is there in that week."""
        before = len(self.breaches)
        for kind, name in names.items():
            if name not in self._names[kind]:
                self._add(f"unknown_{kind}[{name}]", amount, unit, f"the instance has no {kind} {name}")
        if not 1 <= week <= self._weeks:
            row = f"unknown_week[{','.join(names.values())},{week}]"
            self._add(row, amount, unit, f"week {week} is not one of the plan's weeks 1 to {self._weeks}")
        elif (offer := names.get("offer")) in self._names["offer"] and offer not in self._terms(week).offers:
            row = f"unknown_offer[{offer},{week}]"
            self._add(row, amount, unit, f"there is no offer {offer} in week {week}")
        return len(self.breaches) == before

    def knows_stand_in(self, stand_in: StandIn) -> bool:
        """Whether the mineral may stand for the other in a target of that week."""
        if (stand_in.mineral, stand_in.by, stand_in.week) in self._substitutes:
            return True
        keys = f"{stand_in.mineral},{stand_in.by},{stand_in.week}"
        says = f"{stand_in.by} stands for {stand_in.mineral} in no target of week {stand_in.week}"
        self._add(f"unknown_substitute[{keys}]", stand_in.tonnes, "t", says)
        return False

    def merged(self, first: Order | None, order: Order) -> Order:
        """The order, or both as one where the same offer stands in the same week already."""
        if first is None:
            return order
        says = f"{order.offer} is ordered twice in week {order.week}: {tonnes(first.tonnes)}, {tonnes(order.tonnes)}"
        self._add(f"order_twice[{order.offer},{order.week}]", order.tonnes, "t", says)
        return replace(first, tonnes=first.tonnes + order.tonnes)

    def _add(self, row: str, amount: Fraction, unit: str, says: str) -> None:
        self.breaches.append(Breach("flow", row, amount, ZERO, unit, says))
