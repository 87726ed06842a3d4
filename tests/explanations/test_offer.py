"""Why not there: every offer without a ticket, forced by hand, and its break-even price tried on both sides."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import orebook
from orebook.errors import InfeasibleError
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.offer import offer
from orebook.explanations.subproblem.breakeven_price import WIDTH
from orebook.explanations.words import worded
from orebook.problem import Problem
from orebook.schema.facts import Fact
from tests.builders import make_problem
from tests.explanations.prices import prices_hold, unused
from tests.explanations.solved import SMALL, holds, interval, vault_small

SMALLER = (
    "minerals.*.must_days=none",
    "instance.target_days=8",
    "targets.copper/*=none",
    "instance.frozen_weeks=0",
    "minerals.gallium.target_days=10",
)
"""Targets that leave vault-small a choice: seven offers have no ticket."""


@cache
def chosen() -> Counterfactuals:
    """The counterfactuals of vault-small with smaller targets."""
    return Counterfactuals(orebook.solve(orebook.read(SMALL).change(*SMALLER), gap=0, audit=False))


def counterfactuals_of(name: str) -> Counterfactuals:
    """vault-small as it is, or with smaller targets."""
    return vault_small() if name == "as it is" else chosen()


@cache
def facts(name: str) -> tuple[Fact, ...]:
    """The facts of every offer without a ticket, with their words."""
    counterfactuals = counterfactuals_of(name)
    return tuple(worded(f) for o in unused(counterfactuals.plan) for f in offer(counterfactuals, o))


both = pytest.mark.parametrize("name", ["as it is", "with smaller targets"])


@both
def test_every_offer_without_a_ticket_has_its_facts(name: str) -> None:
    """Either a bar for every week, or what it costs, what gives way, and a price; an offer with a ticket has none."""
    counterfactuals = counterfactuals_of(name)
    for o in unused(counterfactuals.plan):
        found = [f for f in facts(name) if f.about.offer == o]
        if found[0].method == "arithmetic":
            assert sum(float(interval(f.figures["weeks"])[0]) for f in found) == counterfactuals.problem.weeks
        else:
            assert found[0].about.against is None
            assert found[-1].about.against == "price"
            assert all("less_t" in f.figures for f in found[1:-1])
    assert list(offer(counterfactuals, counterfactuals.plan.document.tickets[0].offer)) == []


@both
def test_a_barred_offer_leaves_no_plan_where_it_is_forced(name: str) -> None:
    """A tonne of it committed clashes with physics and contract."""
    barred = {f.about.offer for f in facts(name) if f.method == "arithmetic"}
    assert barred
    for o in barred:
        with pytest.raises(InfeasibleError):
            orebook.solve(counterfactuals_of(name).problem.change(f"offers.{o}.commit_t=1"), audit=False)


@both
def test_a_forced_offer_solved_from_scratch_gives_the_figures(name: str) -> None:
    """The whole plan's measures move as the intervals say, with no mineral held."""
    for f in facts(name):
        if f.about.against is None and f.changes:
            holds(f, counterfactuals_of(name))


@both
def test_a_forced_offer_costs_what_is_said_alone(name: str) -> None:
    """Solved afresh with the others' tickets held: against the best without it, days and dollars are as said."""
    fresh = Counterfactuals(counterfactuals_of(name).plan)
    for f in facts(name):
        if f.about.against is None and f.changes:
            after = fresh.solve(f.changes, f.held, gap=1e-9)
            before = fresh.solve((f"offers.{f.about.offer}.max_week_t=0",), f.held, gap=1e-9)
            assert after is not None
            assert before is not None
            for stage, figure, near in (("cover", "extra_cover_days", 1e-3), ("cost", "extra_cost_usd", 100.0)):
                low, high = interval(f.figures[figure])
                apart = after.reached[stage].high - before.reached[stage].high
                assert low - near <= apart <= high + near, f


def test_each_price_flips_the_plan_on_both_sides() -> None:
    """Solved afresh with the others held: at the lower price the best plan uses the offer, at the higher it does not."""
    found = [f for f in facts("with smaller targets") if "break_even_usd_per_t" in f.figures]
    assert len(found) == 4
    for f in found:
        low, high = interval(f.figures["break_even_usd_per_t"])
        assert 0 < high - low <= WIDTH * high
        assert _uses(f, low)
        assert not _uses(f, high)


def _uses(fact: Fact, price: float) -> bool:
    """Whether the best plan of the held problem has a ticket of the offer at a price."""
    counterfactuals = Counterfactuals(chosen().plan)
    o = counterfactuals.problem.offers[fact.about.offer or ""]
    now = interval(fact.figures["price_usd_per_t"])[0]
    text = f"price_usd_per_t={price!r}" if o.price_usd_per_t is not None else f"premium_usd_per_t={price - now:+.9f}"
    answer = counterfactuals.solve((f"offers.{o.name}.{text}",), fact.held, gap=1e-9)
    assert answer is not None
    return any(t.offer == o.name for t in answer.plan.document.tickets)


def _rivals(**far: Any) -> Problem:
    """5 t of tin are wanted: `near` asks 110 USD/t, `far` what the test says; a second origin has a group for floors."""
    lot = {"house": "traxys", "mineral": "tin", "lot_t": 1}
    near = {**lot, "offer": "near", "price_usd_per_t": 110}
    return make_problem({"target_days": 5}, offers=[near, {**lot, "offer": "far", "origin": "chile", **far}])


def _price_fact(problem: Problem) -> Fact:
    counterfactuals = Counterfactuals(orebook.solve(problem, gap=0, audit=False))
    return worded(list(offer(counterfactuals, "far"))[-1])


@pytest.mark.parametrize(
    ("problem", "price"),
    [
        (_rivals(price_usd_per_t=130), 110),
        (_rivals(premium_pct=30), 110),
        (_rivals(price_usd_per_t=130, order_fee_usd=50), 100),
        (_rivals(price_usd_per_t=130).change("duties+=origin:chile,mineral:*,duty_pct:10"), 100),
        (_rivals(price_usd_per_t=130).change("tiers+=offer:far,from_t:0,discount_pct:-10"), 100),
        (_rivals(price_usd_per_t=130, min_order_t=11), 50),
        (_rivals(price_usd_per_t=130, freight_usd_per_t=10), 100),
    ],
)
def test_prices_by_hand(problem: Problem, price: float) -> None:
    """5 t at 110 are 550 USD: 5 * 110, 5 * 100 + 50, 5 * 1.1 * 100, 5 * (100 + 10) and 11 * 50 are as much."""
    fact = _price_fact(problem)
    low, high = interval(fact.figures["break_even_usd_per_t"])
    assert low <= price <= high <= low * (1 + 1.01 * WIDTH)
    assert fact.changes[0].startswith("offers.far.")


def test_the_budget_decides_by_days_before_money() -> None:
    """560 USD buy 5 t; `far` must be taken 8 t at a time and fits up to 70 USD/t, though 8 t at 68.75 are 550 USD.

    So the offer enters by money at 68.75 USD/t; with 500 USD, of which 4 t of `near` come to 440 and a day is short,
    it enters by days where 8 t fit: at 62.50 USD/t.
    """
    problem = _rivals(price_usd_per_t=130, min_order_t=8)
    for budget, price in ((560, 68.75), (500, 62.5)):
        low, high = interval(
            _price_fact(problem.change(f"instance.budget_usd={budget}")).figures["break_even_usd_per_t"]
        )
        assert low <= price <= high <= low * (1 + 1.01 * WIDTH)


@pytest.mark.parametrize(
    ("floor", "mechanism", "figures", "says"),
    [
        (120, "minimum", {"floor_usd_per_t": 120.0}, "from USD 120.00/t down the price floor sets what is paid"),
        (120, "reject", {"floor_usd_per_t": 120.0}, "No lower quote brings far in"),
        (120, "cfd", {"tried_usd_per_t": 0.0}, "No quote brings far in: at USD 0.00/t"),
    ],
)
def test_a_floor_and_not_the_quote_keeps_it_out(
    floor: float, mechanism: str, figures: dict[str, float], says: str
) -> None:
    """`far` comes to the floor of 120 USD/t in all, whatever it asks below that, and `near` costs 110."""
    text = f"floors+=mineral:tin,origin:chile,floor_usd_per_t:{floor},mechanism:{mechanism}"
    fact = _price_fact(_rivals(price_usd_per_t=130).change(text))
    assert {name: fact.figures[name] for name in figures} == figures
    assert says in fact.says


def test_an_offer_as_good_as_another_is_a_free_choice() -> None:
    """`far` at 110 USD/t costs nothing more; a hair dearer it stays out, a hair cheaper it enters."""
    counterfactuals = Counterfactuals(orebook.solve(_rivals(price_usd_per_t=110), gap=0, audit=False))
    name = next(iter(unused(counterfactuals.plan)))
    forced, *_, price = (worded(f) for f in offer(counterfactuals, name))
    assert forced.says.endswith("as good, so it is a free choice.")
    low, high = interval(price.figures["break_even_usd_per_t"])
    assert low < 110 < high <= low * (1 + 1.01 * WIDTH)


def test_rules_that_clash_are_named() -> None:
    """Six tonnes of `far` at 130 USD are over the budget of 600: the two rules are named; at 550 / 6 USD it enters."""
    problem = _rivals(price_usd_per_t=130, min_order_t=6).change("instance.budget_usd=600")
    counterfactuals = Counterfactuals(orebook.solve(problem, gap=0, audit=False))
    fact, price = offer(counterfactuals, "far")
    assert fact.figures["plans"] == 0
    assert fact.about.row == "budget_total, commitment[far]"
    low, high = interval(price.figures["break_even_usd_per_t"])
    assert low <= 550 / 6 <= high
    assert worded(fact).says == (
        "With at least 6 t of far, there is no plan: these rules clash: budget_total, commitment[far]."
    )


@pytest.mark.slow
@pytest.mark.parametrize("number", range(2))
def test_prices_agree_with_trying_every_plan(number: int) -> None:
    """On drawn problems the price flips the best of all plans; `python -m tests.prove prices` draws more."""
    assert prices_hold(number, 8)


def test_words_say_the_figures() -> None:
    """A sentence for what it costs, for what gives way, for the price, and for what bars it."""
    says = [f.says for f in facts("with smaller targets") if f.about.offer == "traxys-gallium-japan"]
    assert says[0].startswith(
        "With at least 0.05 t of traxys-gallium-japan, quoted at USD 592,000.00/t in week 1, the cheapest plan takes 0.05 t"
    )
    assert says[1].startswith("Where traxys-gallium-japan is used, mercuria-gallium-china in week")
    assert "enters where its quote falls under USD 490," in says[-1]
    (barred,) = (f.says for f in facts("with smaller targets") if f.about.offer == "hartree-ndpr-china")
    assert barred.startswith("Nothing of hartree-ndpr-china can be ordered in 4 of 4 weeks: its restricted content")
