"""The rule of thumb ends, in no more steps than a planner would take, whatever it is that ends its buying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import orebook
from orebook.accounting.exact_problem import exact_problem_of
from orebook.judge import Judge, Judgement
from orebook.problem import Offer, Problem
from orebook.rule_of_thumb.greedy import MAX_ROUNDS, rule_of_thumb
from orebook.rule_of_thumb.needs import MAX_NEED_STEPS
from orebook.rule_of_thumb.order_book import OrderBook
from tests.builders import make_problem

WEEKLY = orebook.read_model("weekly")
LOOSE: dict[str, Any] = {"offer": "a", "house": "traxys", "mineral": "tin"}
"""An offer of tin without lots, at 100 USD/t."""


class Steps:
    """How often a desk is asked to buy."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int, then: Callable[[], None] = lambda: None) -> None:
        self.count, buy = 0, OrderBook.buy

        def counted(desk: OrderBook, offer: Offer, week: int, wanted: float) -> float:
            self.count += 1
            assert self.count <= most, "the rule of thumb goes on and on"
            then()
            return buy(desk, offer, week, wanted)

        monkeypatch.setattr(OrderBook, "buy", counted)


def judged(problem: Problem) -> Judgement:
    """The rule of thumb's plan of a problem."""
    return Judge(problem, WEEKLY).judge(rule_of_thumb(exact_problem_of(problem, WEEKLY)))


ENDS: dict[str, tuple[dict[str, Any], dict[str, Any], float]] = {
    "money": ({"budget_usd": 455}, {}, 4.55),
    "money released": ({}, {"releases": [{"week": 1, "usd": 455}]}, 4.55),
    "money of a mineral": (
        {},
        {"minerals": [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "budget_usd": 455}]},
        4.55,
    ),
    "money of a house": ({}, {"houses": [{"house": "traxys", "max_spend_usd": 455}]}, 4.55),
    "money of a source": ({}, {"funding": [{"source": "bank", "limit_usd": 455}]}, 4.55),
    "tonnes of a house": ({}, {"houses": [{"house": "traxys", "capacity_t": 4.55}]}, 4.55),
    "tonnes of an offer": ({}, {"offers": [{**LOOSE, "max_t": 4.55}]}, 4.55),
    "room": (
        {},
        {
            "minerals": [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "m3_per_t": 2}],
            "sites": [{"site": "s", "capacity_m3": 9.1}],
        },
        4.55,
    ),
    "worth in a store": ({}, {"sites": [{"site": "s", "max_value_usd": 455}]}, 4.55),
    "a fee": ({"budget_usd": 455}, {"offers": [{**LOOSE, "order_fee_usd": 5}]}, 4.5),
    "a least order": ({"budget_usd": 455}, {"offers": [{**LOOSE, "min_order_t": 4.6}]}, 0.0),
    "small lots": ({"budget_usd": 455}, {"offers": [{**LOOSE, "lot_t": 0.0001}]}, 4.55),
    "lots": ({"budget_usd": 455}, {"offers": [{**LOOSE, "lot_t": 0.4}]}, 4.4),
}


@pytest.mark.parametrize("name", ENDS)
def test_it_buys_what_is_left_and_ends(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten days of 1 t are wanted at 100 USD; what ends buying leaves 4.55 t, less what lots, fees and a least order take.

    The last of it is bought to a thousandth of a day in one step, and not a gram at a time.
    """
    head, tables, tonnes = ENDS[name]
    Steps(monkeypatch, 40)
    judgement = judged(make_problem({"weeks": 1, **head}, **{"offers": [LOOSE], **tables}))
    assert not judgement.breaches
    assert tonnes - 0.002 <= sum(t.tonnes for t in judgement.tickets) <= tonnes + 1e-9


def test_what_a_mineral_lacks_is_bought_in_so_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million tonnes to be withdrawn of what is not used, and of what is used by the gram."""
    steps = Steps(monkeypatch, 2 * 2 * (MAX_NEED_STEPS + 2) * MAX_ROUNDS)
    minerals = [
        {"mineral": "tin", "price_usd_per_t": 100},
        {"mineral": "zinc", "daily_use_t": 1e-6, "price_usd_per_t": 100},
    ]
    offers = [LOOSE, {**LOOSE, "offer": "z", "mineral": "zinc"}]
    drawn = [{"withdrawal": m, "mineral": m, "week": 2, "tonnes": 1e6} for m in ("tin", "zinc")]
    judgement = judged(make_problem(minerals=minerals, offers=offers, withdrawals=drawn))
    assert steps.count
    assert judgement.measures["unmet"] == 0


def test_a_share_of_cash_ends_buying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Peru may have half of all order cash, and Chile gives 3 t: some 300 USD of each, nearer with each round."""
    Steps(monkeypatch, 400)
    offers = [
        {**LOOSE, "origin": "peru"},
        {**LOOSE, "offer": "b", "origin": "chile", "price_usd_per_t": 101, "max_t": 3},
    ]
    share = {"mineral": "*", "by": "origin", "name": "peru", "max_share": 0.5}
    problem = make_problem(
        {"budget_usd": 900}, offers=offers, shares=[share], origins=[{"origin": "peru"}, {"origin": "chile"}]
    )
    judgement = judged(problem)
    bought = {t.offer: t.tonnes for t in judgement.tickets}
    assert bought["b"] == 3
    assert bought["a"] == pytest.approx(3.03, rel=0.1)


def test_the_first_tier_is_taken_where_money_ends_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Priced tier by tier, 100 USD for the first 2 t and 90 beyond: 470 USD buy 2 t and 3 t."""
    Steps(monkeypatch, 40)
    tiers = [{"offer": "a", "from_t": 0, "discount_pct": 0}, {"offer": "a", "from_t": 2, "discount_pct": 10}]
    problem = make_problem({"budget_usd": 470, "weeks": 1}, offers=[{**LOOSE, "discount": "incremental"}], tiers=tiers)
    assert sum(t.tonnes for t in judged(problem).tickets) == pytest.approx(5, abs=2e-3)


def test_it_stops_when_it_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """After three steps of ten: what was bought by then stands, stored and paid."""
    problem = make_problem({"weeks": 1}, offers=[LOOSE])
    steps = Steps(monkeypatch, 3)
    decisions = rule_of_thumb(exact_problem_of(problem, WEEKLY), lambda: steps.count == 3)
    judgement = Judge(problem, WEEKLY).judge(decisions)
    assert [t.tonnes for t in judgement.tickets] == [3]
    assert not judgement.breaches


def test_what_comes_in_pays_first_and_then_goes_back_to_the_dearest() -> None:
    """300 in week 1 are drawn, 200 of them at 1 % a week; 400 come in in week 2: 100 pay for week 2, 100 go back to `dear`.

    `dear` charges 2 % and had 100 drawn before; the 200 that are left go back to `cheap`.
    """
    offer = {**LOOSE, "lot_t": 1}
    problem = make_problem(
        {"weeks": 3, "target_days": 0},
        offers=[
            {**offer, "offer": "a", "to_week": 1, "commit_t": 3, "max_t": 3},
            {**offer, "offer": "b", "from_week": 2, "to_week": 2, "commit_t": 1, "max_t": 1},
        ],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": 100}],
        funding=[
            {"source": "cheap", "rate_pct": 52, "limit_usd": 200, "to_week": 2},
            {"source": "dear", "rate_pct": 104, "drawn_usd": 100},
        ],
    )
    judgement = judged(problem)
    assert judgement.breaches == ()
    assert [(d.source, d.week, d.usd) for d in judgement.draws] == [("cheap", 1, 200), ("dear", 1, 100)]
    assert [(r.source, r.week, r.usd) for r in judgement.repays] == [("cheap", 2, 100), ("dear", 2, 200)]
    assert judgement.idle == ()


def test_what_comes_in_lies_idle_where_shares_need_the_draws() -> None:
    """`first` lends in week 1 alone, and `later` no more than half of all: both have to be drawn for 100 a week."""
    offer = {**LOOSE, "lot_t": 1}
    problem = make_problem(
        {"weeks": 3, "target_days": 0},
        offers=[{**offer, "offer": f"o{w}", "from_week": w, "to_week": w, "commit_t": 1, "max_t": 1} for w in (1, 3)],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 1}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 1, "pays_usd_per_t": 50}],
        funding=[{"source": "first", "to_week": 1}, {"source": "later", "max_share": 0.5, "from_week": 2}],
    )
    judgement = judged(problem)
    assert judgement.breaches == ()
    assert [(d.source, d.week, d.usd) for d in judgement.draws] == [("first", 1, 100), ("later", 3, 100)]
    assert [(i.week, i.usd) for i in judgement.idle] == [(1, 50), (2, 50), (3, 50)]
