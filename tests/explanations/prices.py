"""Break-even prices of drawn plans, held against trying every plan."""

from __future__ import annotations

import orebook
from orebook.errors import InfeasibleError
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.offer import offer
from orebook.plan import Plan
from orebook.resolve import problem_of
from orebook.schema.facts import Fact
from orebook.schema.stages import TIE_BREAKING
from tests.explanations.solved import interval
from tests.oracle.draws import batch
from tests.oracle.models import MODELS
from tests.oracle.plans import Plans, Tried

SEED = 7


def unused(plan: Plan) -> list[str]:
    """The offers without a ticket."""
    used = {t.offer for t in plan.document.tickets}
    return [o for o in plan.problem.offers if o not in used]


def prices_hold(number: int, size: int) -> int:
    """Of a batch of so many draws, the best of all plans uses the offer at the lower price, and need not at the higher one.

    All plans are those in which the other minerals' orders are the plan's. How many facts were tried.
    """
    model, tried = MODELS["weekly"], 0
    main = model.model_copy(update={"stages": tuple(s for s in model.stages if s.stage not in TIE_BREAKING)})
    for draw in batch(SEED, number, size):
        problem = problem_of(draw.document)
        try:
            plan = orebook.solve(problem, main, gap=0, audit=False)
        except InfeasibleError:
            continue
        counterfactuals = Counterfactuals(plan)
        for name in [] if plan.document.given_up else unused(plan):
            for fact in offer(counterfactuals, name):
                _tried(counterfactuals, fact)
                tried += 1
    return tried


def _tried(counterfactuals: Counterfactuals, fact: Fact) -> None:
    name = fact.about.offer or ""
    if fact.method == "arithmetic":
        assert not Plans(counterfactuals.problem.change(f"offers.{name}.commit_t=1"), counterfactuals.model).tried
    elif "break_even_usd_per_t" in fact.figures:
        low, high = interval(fact.figures["break_even_usd_per_t"])
        if high < 0.01:
            return  # tonnes for less than a cent: the judge forgives a share of the money as much
        assert _best_uses(counterfactuals, fact, low)
        assert not _best_uses(counterfactuals, fact, high)


def _best_uses(counterfactuals: Counterfactuals, fact: Fact, price: float) -> bool:
    """Whether no plan without the offer is as good as the best of all, of those that hold the other minerals."""
    name = fact.about.offer or ""
    o = counterfactuals.problem.offers[name]
    now = interval(fact.figures["price_usd_per_t"])[0]
    text = f"price_usd_per_t={price!r}" if o.price_usd_per_t is not None else f"premium_usd_per_t={price - now:+.9f}"
    plans = Plans(counterfactuals.problem.change(f"offers.{name}.{text}"), counterfactuals.model)
    kept = {(t.offer, t.week): t.tonnes for t in counterfactuals.plan.document.tickets if t.mineral != o.mineral}
    mineral = {x.name: x.mineral for x in counterfactuals.problem.offers.values()}

    def holds_others(tried: Tried) -> bool:
        others = {(x.offer, x.week): float(x.tonnes) for x in tried.decisions.orders if mineral[x.offer] != o.mineral}
        return others == kept

    there = [t for t in plans.within({}) if holds_others(t)]
    without = [t for t in there if all(x.offer != name for x in t.decisions.orders)]
    best, other = (plans.best(some)[0] for some in (there, without))
    return any(other[s] > value + (0 if s == "cost" else abs(value) / 10**6) for s, value in best.items())
