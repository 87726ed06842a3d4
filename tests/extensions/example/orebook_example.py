"""An example of a package that brings a check, an event, a question, two rules and a stage of its own.

`week_limit`: no more than three orders in a week, all offers together; with everything that a rule may have.
`one_house_a_week`: orders of a week go to one house; with no more than it needs to be kept and judged.
`weeks_used`: the weeks in which anything is ordered, as few as can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyomo.environ as pe

from orebook.accounting.ledger import Ledger
from orebook.checks.context import CheckContext
from orebook.exact import Fraction
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.slacks import Slack
from orebook.findings import Finding
from orebook.formulation.orders import Orders
from orebook.judge.judgement import Breach
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.document import Document
from orebook.schema.facts import About, Fact
from orebook.schema.model import Model
from orebook.schema.rules import RowKind, RuleKind
from orebook.schema.stages import StageKind

MOST = 3
"""Orders of a week."""


def unlucky(context: CheckContext) -> Iterator[Finding]:
    """A warning for a plan of thirteen weeks."""
    if context.problem.weeks == 13:
        yield Finding("warning", "unlucky", "instance.toml", None, "weeks", "13", "is a number that this house avoids")


def strike(document: Document, house: str, weeks: int = 2) -> Iterator[str]:
    """A house delivers so many weeks later."""
    for offer in document.offers:
        if offer.house == house:
            yield f"offers.{offer.offer}.lead_weeks=+{weeks}"


def orders_a_week(counterfactuals: Counterfactuals) -> Iterator[Fact]:
    """How many orders the busiest week has."""
    most = max(Counter(t.week for t in counterfactuals.plan.document.tickets).values(), default=0)
    says = f"The busiest week has {most} orders."
    yield Fact(
        kind="extension", about=About(against="orders"), figures={"orders": most}, method="arithmetic", says=says
    )


class WeekLimit:
    """week_limit[w]: the orders of week w are at most three."""

    kind = RuleKind("week_limit", "at most three orders in a week", gives_way=True, limits_alone=False)
    rows = (RowKind("week_limit", "week_limit", ("week",), "orders", "the orders of the week are placed"),)

    def add(self, m: Any, problem: Problem, orders: Orders) -> None:
        """A row for every week with more slots than that."""
        weeks = {w: [s for s in orders.slots if s.week == w] for w in range(1, problem.weeks + 1)}
        m.week_limit = pe.Constraint(
            sorted(w for w, slots in weeks.items() if len(slots) > MOST),
            rule=lambda _m, w: pe.quicksum(y for s in weeks[w] for y in orders.placed(s)) <= MOST,
        )

    def breaches(self, ledger: Ledger) -> Iterator[Breach]:
        """Weeks with more orders."""
        for week, count in Counter(o.week for o in ledger.orders).items():
            if count > MOST:
                by, limit = Fraction(count - MOST), Fraction(MOST)
                yield Breach("week_limit", f"week_limit[{week}]", by, limit, "orders", f"{count} orders in week {week}")

    def slacks(self, plan: Plan) -> Iterator[Slack]:
        """What is left of each week's three."""
        counts = Counter(t.week for t in plan.document.tickets)
        for week in range(1, plan.problem.weeks + 1):
            yield Slack(f"week_limit[{week}]", Fraction(MOST - counts[week]), Fraction(MOST))


class OneHouseAWeek:
    """one_house[w]: houses with an order in week w, at most one. It says no more of itself than it must."""

    kind = RuleKind("one_house_a_week", "one house a week", gives_way=False, limits_alone=False)
    rows = (RowKind("one_house", "one_house_a_week", ("week",), "houses", "another house has the week"),)

    def add(self, m: Any, problem: Problem, orders: Orders) -> None:
        """A binary a house and week that an order needs, and one of them a week."""
        pairs = sorted({(s.offer.house, s.week) for s in orders.slots})
        m.has_week = pe.Var(pairs, within=pe.Binary)
        placed = [(s.key, s.offer.house, s.week, y) for s in orders.slots for y in orders.placed(s)]
        m.has_week_order = pe.Constraint(
            range(len(placed)), rule=lambda _m, k: placed[k][3] <= m.has_week[placed[k][1], placed[k][2]]
        )
        m.one_house = pe.Constraint(
            sorted({w for _, w in pairs}),
            rule=lambda _m, w: pe.quicksum(m.has_week[h, v] for h, v in pairs if v == w) <= 1,
        )

    def breaches(self, ledger: Ledger) -> Iterator[Breach]:
        """Weeks with orders of several houses."""
        for week in sorted({o.week for o in ledger.orders}):
            houses = {o.offer.house for o in ledger.orders if o.week == week}
            if len(houses) > 1:
                by, says = Fraction(len(houses) - 1), f"{len(houses)} houses have orders in week {week}"
                yield Breach("one_house_a_week", f"one_house[{week}]", by, Fraction(1), "houses", says)


class WeeksUsed:
    """The weeks in which anything is ordered."""

    kind = StageKind(
        name="weeks_used",
        label="weeks with orders",
        unit="weeks",
        figure_unit="orders",
        smallest=1.0,
        least_told=0.5,
        counts="weeks with orders",
        figure="weeks_orders",
    )

    def measure(self, m: Any, problem: Problem, model: Model, orders: Orders) -> Any:
        """A binary a week that every order of it needs."""
        placed = [(s.week, y) for s in orders.slots for y in orders.placed(s)]
        m.week_used = pe.Var(sorted({w for w, _ in placed}), within=pe.Binary)
        m.week_used_order = pe.Constraint(
            range(len(placed)), rule=lambda _m, k: placed[k][1] <= m.week_used[placed[k][0]]
        )
        return pe.quicksum(m.week_used.values()) + m.nothing

    def judged(self, ledger: Ledger) -> Fraction:
        """The same, of a plan."""
        return Fraction(len({o.week for o in ledger.orders}))


WEEK_LIMIT, ONE_HOUSE, WEEKS_USED = WeekLimit(), OneHouseAWeek(), WeeksUsed()
