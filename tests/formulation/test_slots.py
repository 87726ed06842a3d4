"""Which orders some plan could place, how large they can be, and what a frozen ticket costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from orebook.formulation.lots import lots
from orebook.formulation.slots import OrderSlot, TierPiece
from orebook.problem import Problem
from orebook.schema.rules import RuleName
from tests.builders import make_problem
from tests.formulation.models import left_out, slots

Tiers = Sequence[tuple[float, float | None, float]]
"""from_t, to_t, discount_pct."""


def of(offer: dict[str, Any], tiers: Tiers = (), head: dict[str, Any] | None = None, **tables: Any) -> Problem:
    """A problem with one offer at 100 USD/t, 20 t a week unless said otherwise."""
    return make_problem(
        head,
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 20, **offer}],
        tiers=[{"offer": "a", "from_t": f, "to_t": t, "discount_pct": d} for f, t, d in tiers],
        **tables,
    )


def slot(offer: dict[str, Any], tiers: Tiers = (), *rules: RuleName) -> OrderSlot:
    """The slot of week 1, with `offers` on unless other rules are named."""
    return slots(of(offer, tiers), *(rules or ("offers",)))["a", 1]


def sizes(pieces: tuple[TierPiece, ...]) -> list[tuple[float, float]]:
    """The least and most tonnes of each tier."""
    return [(p.low, p.high) for p in pieces]


def reasons(offer: dict[str, Any], tiers: Tiers = (), **tables: Any) -> dict[str, int]:
    """Why the orders of an instance of two weeks were left out, `offers` and `eligibility` on."""
    return left_out(of(offer, tiers, **tables), "offers", "eligibility")


def test_an_order_outside_the_window_is_left_out() -> None:
    """Of two weeks the offer is open in the second."""
    assert reasons({"from_week": 2}) == {"window": 1}
    assert reasons({"to_week": 1}) == {"window": 1}


def test_an_order_that_arrives_after_the_plan_is_left_out() -> None:
    """With a week under way and one for the licence, an order of week 1 arrives in week 3 of 2."""
    slow: dict[str, Any] = {"origins": [{"origin": "chile", "extra_lead_weeks": 1}]}
    assert reasons({"lead_weeks": 1}) == {"arrival": 1}
    assert reasons({"lead_weeks": 1, "origin": "chile"}, **slow) == {"arrival": 2}


@pytest.mark.parametrize(
    ("origin", "count"), [({"barred": "yes"}, 2), ({"barred_from_week": 2}, 1), ({"barred_from_week": 1}, 2)]
)
def test_an_order_from_a_barred_origin_is_left_out(origin: dict[str, Any], count: int) -> None:
    """Barred at all, or when it would arrive."""
    assert reasons({"origin": "chile"}, origins=[{"origin": "chile", **origin}]) == {"origin": count}


def test_with_a_rule_off_nothing_is_left_out_for_it() -> None:
    """Neither window nor bar holds where neither rule is on."""
    problem = of({"from_week": 2, "origin": "chile"}, origins=[{"origin": "chile", "barred": "yes"}])
    assert set(slots(problem)) == {("a", 1), ("a", 2)}


def test_an_offer_below_the_floor_that_rejects_it_is_left_out() -> None:
    """Two weeks at 100 under a floor of 101; lots and sizes have no part in it."""
    floors = [{"mineral": "tin", "floor_usd_per_t": 101, "mechanism": "reject"}]
    assert reasons({}, floors=floors) == {"floor": 2}
    assert reasons({"discount": "incremental"}, [(0, None, 0), (5, None, -10)], floors=floors) == {"floor": 2}


@pytest.mark.parametrize(
    ("offer", "tiers"),
    [
        ({"min_order_t": 21}, []),
        ({"lot_t": 21}, []),
        ({"lot_t": 7, "min_order_t": 15, "max_week_t": 20}, []),
        ({"lot_t": 4}, [(5, 7, 0)]),
        ({"min_order_t": 8}, [(0, 7, 0)]),
        ({"max_week_t": 0}, []),
        ({"discount": "incremental", "min_order_t": 12}, [(0, 5, 0), (5, 10, 5)]),
        ({"discount": "incremental", "lot_t": 11}, [(0, 5, 0), (5, 10, 5)]),
    ],
)
def test_an_offer_of_no_possible_size_is_left_out(offer: dict[str, Any], tiers: Tiers) -> None:
    """No lot, minimum or tier leaves a quantity up to 20 t: both weeks are left out for their quantity."""
    assert reasons(offer, tiers) == {"quantity": 2}


@pytest.mark.parametrize(
    ("low", "high", "lot", "expected"),
    [
        (0, 1.1, 0.1, (1, 11)),
        (0.3, 1.1, 0.1, (3, 11)),
        (0.7, 0.7, 0.1, (7, 7)),
        (0.2, 0.29, 0.1, (2, 2)),
        (2.2, 6.6, 1.1, (2, 6)),
        (1, 2, 0.3, (4, 6)),
        (5, 4.9, 1, (5, 4)),
    ],
)
def test_lots_are_counted_exactly(low: float, high: float, lot: float, expected: tuple[int, int]) -> None:
    """Tenths are tenths: 1.1 / 0.1 is 11 lots, though floats make it 11.000000000000002 or 10.999999999999998."""
    assert lots(low, high, lot) == expected


def test_lots_that_end_on_the_border_of_tiers_are_in_both() -> None:
    """Three lots of 0.1 t are the end of the tier up to 0.3 t and the start of the one from it."""
    pieces = slot({"lot_t": 0.1, "max_week_t": 1.1}, [(0, 0.3, 0), (0.3, None, 5)]).pieces
    assert [(p.low_lots, p.high_lots) for p in pieces] == [(1, 3), (3, 11)]
    assert sizes(pieces) == [(0.1, 0.3), (0.3, 1.1)]


def test_tiers_may_leave_gaps() -> None:
    """2 to 5 t, then 8 to 20 t; a tier beyond the maximum is no piece."""
    pieces = slot({}, [(2, 5, 0), (8, 25, 5), (25, None, 10)]).pieces
    assert sizes(pieces) == [(2, 5), (8, 20)]
    assert [p.from_t for p in pieces] == [2, 8]


def test_the_minimum_shuts_the_tiers_below_it() -> None:
    """With 6 t at least, the first tier is shut and the second starts at 6."""
    pieces = slot({"min_order_t": 6}, [(0, 5, 0), (5, None, 5)]).pieces
    assert [p.tier for p in pieces] == [1]
    assert sizes(pieces) == [(6, 20)]


def test_without_the_rule_offers_there_is_no_minimum() -> None:
    """Lots and tiers say what an order is and hold; the minimum of 6 t does not."""
    problem = of({"min_order_t": 6, "lot_t": 2}, [(3, None, 0)])
    assert slots(problem)["a", 1].pieces[0].low == 4
    assert slots(problem, "offers")["a", 1].pieces[0].low == 6


def test_incremental_tiers_are_filled_one_after_the_other() -> None:
    """5 t, 7 t, and 8 t up to the maximum of 20; the minimum is of the whole order."""
    order = slot({"discount": "incremental", "min_order_t": 6}, [(0, None, 0), (5, None, 5), (12, None, 10)])
    assert order.incremental
    assert sizes(order.pieces) == [(0, 5), (0, 7), (0, 8)]
    assert (order.low, order.high) == (6, 20)


def test_incremental_lots_end_where_no_further_lot_fits() -> None:
    """Seven lots of 0.3 t are 2.1 t of the 2.2; beyond 0.3 t lies 1.8 t. Two lots are the least of 0.4 t."""
    order = slot(
        {"discount": "incremental", "lot_t": 0.3, "min_order_t": 0.4, "max_week_t": 2.2}, [(0, None, 0), (0.3, 9, 5)]
    )
    assert order.lot_range() == (2, 7)
    assert [p.high for p in order.pieces] == pytest.approx([0.3, 1.8])
    assert order.high == 2.1


def test_an_incremental_order_ends_at_the_end_of_its_last_tier() -> None:
    """Nothing has a price beyond 9 t."""
    assert slot({"discount": "incremental"}, [(0, None, 0), (4, 9, 5)]).high == 9


def test_an_incremental_offer_that_reaches_one_tier_only_is_priced_whole() -> None:
    """At most 4 t, and the second tier starts there."""
    order = slot({"discount": "incremental", "max_week_t": 4, "min_order_t": 2}, [(0, None, 0), (4, None, 5)])
    assert not order.incremental
    assert sizes(order.pieces) == [(2, 4)]


def test_a_rejected_tier_bars_those_above_it_only_where_they_are_filled_in_turn() -> None:
    """Tiers at 100, 90 and 110 under a floor of 95: under `all_units` the last may be used, under `incremental` not."""
    floors = [{"mineral": "tin", "floor_usd_per_t": 95, "mechanism": "reject"}]
    tiers: Tiers = [(0, None, 0), (5, None, 10), (10, None, -10)]

    def used(discount: str) -> list[tuple[int, float]]:
        problem = of({"discount": discount}, tiers, floors=floors)
        return [(p.tier, p.high) for p in slots(problem, "offers")["a", 1].pieces]

    assert used("all_units") == [(0, 5), (2, 20)]
    assert used("incremental") == [(0, 5)]


def frozen_price(tonnes: float, offer: dict[str, Any], tiers: Tiers, **tables: Any) -> float:
    """USD/t of a frozen ticket of so many tonnes."""
    prior = [{"offer": "a", "week": 1, "tonnes": tonnes}]
    ticket = slots(of(offer, tiers, {"frozen_weeks": 1}, prior=prior, **tables), "offers", "frozen")["a", 1]
    assert (ticket.low, ticket.high, ticket.frozen_t) == (tonnes, tonnes, tonnes)
    return ticket.pieces[0].landed


@pytest.mark.parametrize(
    ("tonnes", "expected"),
    [
        (1, 100),  # below the first tier: at the first
        (3, 100),
        (4, 90),  # where two tiers meet: at the cheaper
        (6, 90),
        (7, 90),  # in the gap between 6 and 8: at the tier below
        (8, 95),
        (99, 95),  # over its maximum of 20 t
    ],
)
def test_a_frozen_ticket_is_priced_at_its_tier_or_the_one_below(tonnes: float, expected: float) -> None:
    """Tiers 2 to 4 t at 100, 4 to 6 at 90, from 8 at 95; neither lots nor sizes hold for the ticket."""
    price = frozen_price(tonnes, {"lot_t": 5, "min_order_t": 5}, [(2, None, 0), (4, 6, 10), (8, None, 5)])
    assert price == pytest.approx(expected)


def test_a_frozen_ticket_between_two_tiers_takes_the_one_that_is_not_rejected() -> None:
    """At 4 t meet 100 and 90, and 90 is below the floor of 95; at 5 t there is only that."""
    floors = [{"mineral": "tin", "floor_usd_per_t": 95, "mechanism": "reject"}]
    tiers: Tiers = [(0, None, 0), (4, None, 10)]
    assert frozen_price(4, {}, tiers, floors=floors) == pytest.approx(100)
    assert frozen_price(5, {}, tiers, floors=floors) == pytest.approx(90)


@pytest.mark.parametrize(("tonnes", "expected"), [(3, 100), (5, 98), (10, 94)])
def test_a_frozen_incremental_ticket_costs_what_its_parts_average(tonnes: float, expected: float) -> None:
    """4 t at 100 and the rest at 90, also beyond the end at 8 t: (400 + 90) / 5 = 98, (400 + 540) / 10 = 94."""
    tiers: Tiers = [(0, None, 0), (4, 8, 10)]
    assert frozen_price(tonnes, {"discount": "incremental"}, tiers) == pytest.approx(expected)


def test_only_prior_tickets_are_in_the_frozen_weeks() -> None:
    """Of two frozen weeks and one that is free, the prior plan has a ticket in the second."""
    prior = [{"offer": "a", "week": 2, "tonnes": 3}, {"offer": "a", "week": 3, "tonnes": 3}]
    problem = of({}, [], {"weeks": 3, "frozen_weeks": 2}, prior=prior)
    assert {key: s.frozen_t for key, s in slots(problem, "offers", "frozen").items()} == {("a", 2): 3, ("a", 3): None}
    assert left_out(problem, "offers", "frozen") == {"frozen": 1}
    assert all(s.frozen_t is None for s in slots(problem, "offers").values())


def test_without_a_prior_plan_nothing_is_frozen() -> None:
    """frozen_weeks alone freezes nothing."""
    assert set(slots(of({}, [], {"frozen_weeks": 2}), "offers", "frozen")) == {("a", 1), ("a", 2)}
