"""Cash by week, and what a plan costs beyond cash."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orebook.exact import Fraction
from tests.builders import make_problem
from tests.judge.cases import Amount, decide, judged

PARTS = (
    "goods_usd", "commission_usd", "duty_usd", "freight_usd", "top_up_usd", "levy_usd", "order_fees_usd", "engage_fees_usd",
    "due_usd",
)  # fmt: skip


def test_a_week_pays_orders_engagements_and_what_inbound_goods_owe() -> None:
    """A first engagement costs 30 in week 1, though its ticket is of week 2; a house engaged before costs nothing."""
    problem = make_problem(
        houses=[{"house": "traxys", "engage_fee_usd": 30}, {"house": "old", "engage_fee_usd": 99, "engaged": True}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin"},
            {"offer": "b", "house": "old", "mineral": "tin", "price_usd_per_t": 10},
        ],
        inbound=[{"mineral": "tin", "site": "store", "week": 2, "tonnes": 1, "due_usd": 4}],
        releases=[{"week": 1, "usd": 50}, {"week": 2, "usd": 500}],
    )
    judgement = judged(problem, decide(orders=[("a", 2, 2), ("b", 1, 3)]))
    # week 1: 3 * 10 + 30; week 2: 2 * 100 + 4
    assert [(w.orders_usd, w.engage_usd, w.due_usd, w.cash_usd) for w in judgement.cash] == [
        (30, 30, 0, 60),
        (200, 0, 4, 204),
    ]
    assert [w.cash_to_date_usd for w in judgement.cash] == [60, 264]
    assert [w.released_to_date_usd for w in judgement.cash] == [50, 550]
    assert judgement.engaged == ("old", "traxys")


def test_handling_is_on_puts_and_rent_on_room_at_the_end_of_a_week() -> None:
    """4 t of 2 m3 each are put away in week 1 at 3 USD/t; 1 t inbound is not handled but fills room from week 2."""
    problem = make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "m3_per_t": 2}],
        sites=[{"site": "store", "handling_usd_per_t": 3, "rent_usd_per_m3_week": "0.5"}],
        inbound=[{"mineral": "tin", "site": "store", "week": 2, "tonnes": 1}],
    )
    costs = judged(problem, decide(orders=[("a", 1, 4)], puts=[("tin", "store", 1, 4)])).costs
    # handling 4 * 3; rent 0.5 * (8 + 10)
    assert (costs.handling_usd, costs.rent_usd, costs.cash_usd, costs.total_usd) == (12.0, 9.0, 400.0, 421.0)


def test_interest_is_on_all_that_is_drawn_up_to_and_with_the_week() -> None:
    """5.2 % a year is 0.1 % a week: on 1000 drawn before and 500 drawn in week 2."""
    problem = make_problem(funding=[{"source": "loan", "rate_pct": 5.2, "drawn_usd": 1000}, {"source": "cash"}])
    costs = judged(problem, decide(draws=[("loan", 2, 500), ("cash", 1, 700)])).exact_costs
    # week 1: 1000 * 0.001 = 1; week 2: 1500 * 0.001 = 1.5
    assert costs["interest_usd"] == Fraction("2.5")


def test_a_store_is_told_week_by_week() -> None:
    """Tonnes, room, intake and value of a store, with the limits that hold."""
    problem = make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "m3_per_t": 2}],
        sites=[{"site": "store", "capacity_m3": 50, "inbound_t_per_week": 6, "max_value_usd": 900}],
        prices=[{"mineral": "tin", "week": 2, "price_usd_per_t": 110}],
    )
    first, second = judged(problem, decide(orders=[("a", 1, 4)], puts=[("tin", "store", 1, 4)])).stores
    assert (first.tonnes, first.volume_m3, first.put_t, first.value_usd) == (4, 8, 4, 400)
    assert (second.put_t, second.value_usd) == (0, 440)
    assert (second.capacity_m3, second.inbound_t_per_week, second.max_value_usd) == (50, 6, 900)


ORDERS = st.dictionaries(st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 3)), st.integers(1, 30), max_size=6).map(
    lambda found: [(offer, week, tonnes) for (offer, week), tonnes in found.items()]
)


@given(orders=ORDERS)
def test_the_parts_add_up_to_the_cash(orders: list[tuple[str, int, Amount]]) -> None:
    """Whatever is ordered, the parts less what is due after the plan are the cash of its weeks, exactly."""
    problem = make_problem(
        {"weeks": 3},
        houses=[{"house": "traxys", "commission_pct": 1.7, "engage_fee_usd": 3.1}, {"house": "old", "engaged": True}],
        offers=[
            {
                "offer": "a", "house": "traxys", "mineral": "tin", "origin": "peru", "lead_weeks": 1,
                "pay_on_order_pct": 33.3, "order_fee_usd": 0.7, "discount": "incremental",
            },
            {"offer": "b", "house": "old", "mineral": "tin", "lead_weeks": 2, "freight_usd_per_t": 1.3},
        ],
        tiers=[{"offer": "a", "from_t": t, "discount_pct": t / 3} for t in (0, 7, 11)],
        origins=[{"origin": "peru"}],
        duties=[{"origin": "peru", "mineral": "*", "duty_pct": 2.3}],
        floors=[
            {"mineral": "tin", "floor_usd_per_t": 98.7, "mechanism": "cfd", "upside_pct": 12.5},
            {"mineral": "tin", "origin": "peru", "floor_usd_per_t": 99.1, "mechanism": "levy"},
        ],
        inbound=[{"mineral": "tin", "site": "store", "week": 1, "tonnes": 1, "due_usd": 4.4}],
    )  # fmt: skip
    judgement = judged(problem, decide(orders=orders))
    costs = judgement.exact_costs
    assert sum(costs[part] for part in PARTS) - costs["later_usd"] == costs["cash_usd"]
    assert costs["cash_usd"] == sum(week.cash_usd for week in judgement.cash)
