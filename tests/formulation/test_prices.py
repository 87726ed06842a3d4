"""The price of a tonne, term by term."""

from __future__ import annotations

from typing import Any

import pytest

from orebook.formulation.prices import Landed, PriceBook
from tests.builders import make_problem


def landed(offer: dict[str, Any], tier: int = 0, week: int = 1, **tables: Any) -> Landed:
    """The price of an offer of tin (100 USD/t) by traxys (4 % commission) at a tier."""
    problem = make_problem(
        houses=[{"house": "traxys", "commission_pct": 4}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", **offer}],
        **tables,
    )
    return PriceBook(problem).landed("a", week)[tier]


def test_quote_is_the_benchmark_with_premiums() -> None:
    """Without a price of its own an offer quotes the week's benchmark, premium_pct first."""
    # week 1: 100 * 1.05 - 2 = 103; week 2: 200 * 1.05 - 2 = 208
    prices = [{"mineral": "tin", "week": 2, "price_usd_per_t": 200}]
    offer = {"premium_pct": 5, "premium_usd_per_t": -2}
    assert landed(offer, prices=prices).paid == pytest.approx(103)
    assert landed(offer, week=2, prices=prices).paid == pytest.approx(208)


def test_a_named_price_is_the_quote() -> None:
    """A price takes the place of benchmark and premiums."""
    assert landed({"price_usd_per_t": 77, "premium_pct": 5}).paid == 77


def test_all_terms_add_up() -> None:
    """Landed is paid, commission, duty, freight and top-up together."""
    # tier 80 * 0.9 = 72 under a cfd floor of 75: paid 72, top-up 3; 4 % = 2.88; 25 % duty = 18; freight 1.5; 97.38
    price = landed(
        {"price_usd_per_t": 80, "freight_usd_per_t": 1.5, "origin": "chile"},
        tiers=[{"offer": "a", "from_t": 0, "discount_pct": 10}],
        duties=[{"origin": "chile", "mineral": "tin", "duty_pct": 25}],
        floors=[{"mineral": "tin", "floor_usd_per_t": 75, "mechanism": "cfd"}],
    )
    terms = (price.paid, price.commission, price.duty, price.freight, price.top_up)
    assert terms == pytest.approx((72, 2.88, 18, 1.5, 3))
    assert price.total == pytest.approx(97.38)


def test_a_negative_discount_is_a_surcharge() -> None:
    """A tier at -10 % costs 110."""
    assert landed({}, tiers=[{"offer": "a", "from_t": 0, "discount_pct": -10}]).paid == pytest.approx(110)


def test_minimum_raises_what_the_house_is_paid_and_all_that_is_charged_on_it() -> None:
    """Commission is on the floor, not on the tier below it."""
    # floor 150: commission 4 % of 150 = 6
    price = landed({}, floors=[{"mineral": "tin", "floor_usd_per_t": 150, "mechanism": "minimum"}])
    assert (price.paid, price.commission, price.top_up, price.usable) == (150, 6, 0, True)


@pytest.mark.parametrize("mechanism", ["minimum", "cfd", "levy", "reject"])
def test_a_floor_below_the_tier_changes_nothing(mechanism: str) -> None:
    """A floor of 99 leaves a tier of 100 alone."""
    price = landed({}, floors=[{"mineral": "tin", "floor_usd_per_t": 99, "mechanism": mechanism}])
    assert (price.paid, price.top_up, price.usable) == (100, 0, True)


def test_the_highest_floor_decides_with_its_mechanism() -> None:
    """A lower reject does not bar what a higher cfd tops up."""
    floors = [
        {"mineral": "tin", "floor_usd_per_t": 110, "mechanism": "reject"},
        {"mineral": "tin", "origin": "chile", "floor_usd_per_t": 120, "mechanism": "cfd"},
    ]
    price = landed({"origin": "chile"}, floors=floors)
    assert (price.usable, price.paid, price.top_up) == (True, 100, 20)


@pytest.mark.parametrize(
    ("usd", "terms", "total"),
    [
        (80, {"mechanism": "minimum"}, 114),
        (80, {"mechanism": "cfd"}, 111.2),
        (80, {"mechanism": "cfd", "payer": "other"}, 91.2),
        (80, {"mechanism": "levy"}, 111.2),
        (120, {"mechanism": "levy"}, 136.8),
        (120, {"mechanism": "cfd", "upside_pct": 50}, 126.8),
        (120, {"mechanism": "cfd", "upside_pct": 0}, 136.8),
    ],
)
def test_floors_as_they_are_agreed(usd: float, terms: dict[str, Any], total: float) -> None:
    """Under a floor of 100, at 4 % commission and 10 % duty: 80 + 3.2 + 8, or 120 + 4.8 + 12, and the floor."""
    price = landed(
        {"price_usd_per_t": usd, "origin": "chile"},
        origins=[{"origin": "chile"}],
        duties=[{"origin": "chile", "mineral": "tin", "duty_pct": 10}],
        floors=[{"mineral": "tin", "floor_usd_per_t": 100, **terms}],
    )
    assert price.total == pytest.approx(total)


@pytest.mark.parametrize(
    ("places", "top_up"),
    [((None, "chile"), 20), (("south", "chile"), 20), (("chile", "south"), 0), ((None, "south"), 20)],
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_equal_floors_the_nearer_one_decides(places: tuple[str | None, str], top_up: float, turned: bool) -> None:
    """Of two differences up to 120, the first place's paid by another: the origin's, then the group's, then any other."""
    floors = [
        {"mineral": "tin", "origin": place, "floor_usd_per_t": 120, "mechanism": "cfd", "payer": payer}
        for place, payer in zip(places, ("other", "reserve"), strict=True)
    ]
    price = landed(
        {"origin": "chile"}, origins=[{"origin": "chile", "group": "south"}], floors=floors[::-1] if turned else floors
    )
    assert price.top_up == top_up


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (("cfd", "reject"), (False, 100, 0)),
        (("minimum", "reject"), (False, 100, 0)),
        (("cfd", "minimum"), (True, 120, 0)),
        (("levy", "minimum"), (True, 120, 0)),
        (("levy", "cfd"), (True, 100, 20)),
        (("levy", "reject"), (False, 100, 0)),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_on_a_tie_reject_comes_before_minimum_before_cfd_before_levy(
    pair: tuple[str, str], expected: tuple[bool, float, float], turned: bool
) -> None:
    """Two floors of 120, in either order: the mechanism that decides is the stricter."""
    first, second = reversed(pair) if turned else pair
    floors = [
        {"mineral": "tin", "floor_usd_per_t": 120, "mechanism": first},
        {"mineral": "tin", "origin": "chile", "floor_usd_per_t": 120, "mechanism": second},
    ]
    price = landed({"origin": "chile"}, floors=floors)
    assert (price.usable, price.paid, price.top_up) == expected


def test_a_floor_of_the_group_matches_and_one_of_another_origin_does_not() -> None:
    """Chile's group has a floor of 120; Peru's own of 150 says nothing of it."""
    price = landed(
        {"origin": "chile"},
        origins=[{"origin": "chile", "group": "south"}, {"origin": "peru", "group": "south"}],
        floors=[
            {"mineral": "tin", "origin": "south", "floor_usd_per_t": 120, "mechanism": "minimum"},
            {"mineral": "tin", "origin": "peru", "floor_usd_per_t": 150, "mechanism": "minimum"},
        ],
    )
    assert price.paid == 120


@pytest.mark.parametrize(("floor", "usable"), [(95.9, True), (95.9000001, False)])
def test_reject_is_decided_exactly(floor: float, usable: bool) -> None:
    """A tier of just the floor is used, also where floats put it a hair below."""
    # 100 less 4.1 % is 95.9; in floats 100 * (1 - 4.1 / 100) is 95.89999999999999
    assert 100 * (1 - 4.1 / 100) < 95.9
    price = landed(
        {},
        tiers=[{"offer": "a", "from_t": 0, "discount_pct": 4.1}],
        floors=[{"mineral": "tin", "floor_usd_per_t": floor, "mechanism": "reject"}],
    )
    assert price.usable is usable


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ({("chile", "tin"): 1, ("chile", "*"): 2, ("south", "tin"): 3, ("south", "*"): 4}, 1),
        ({("chile", "*"): 2, ("south", "tin"): 3, ("south", "*"): 4}, 2),
        ({("south", "tin"): 3, ("south", "*"): 4}, 3),
        ({("south", "*"): 4}, 4),
        ({("peru", "tin"): 5}, 0),
    ],
)
def test_the_first_duty_listed_holds(listed: dict[tuple[str, str], float], expected: float) -> None:
    """(origin, mineral), (origin, *), (group, mineral), (group, *): the first that is there, on 100 USD."""
    price = landed(
        {"origin": "chile"},
        origins=[{"origin": "chile", "group": "south"}, {"origin": "peru"}],
        duties=[{"origin": place, "mineral": mineral, "duty_pct": pct} for (place, mineral), pct in listed.items()],
    )
    assert price.duty == pytest.approx(expected)


def test_extremes_are_of_every_offer_week_and_tier() -> None:
    """The dearest tonne of each mineral that is sold, and the cheapest of all."""
    # a: 104 and, at 50 % off, 52; b: 10 * 1.04 = 10.4
    problem = make_problem(
        minerals=[{"mineral": m, "price_usd_per_t": p} for m, p in (("tin", 100), ("zinc", 10), ("lead", 5))],
        houses=[{"house": "traxys", "commission_pct": 4}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin"},
            {"offer": "b", "house": "traxys", "mineral": "zinc"},
        ],
        tiers=[{"offer": "a", "from_t": 0, "discount_pct": 0}, {"offer": "a", "from_t": 5, "discount_pct": 50}],
    )
    dearest, cheapest = PriceBook(problem).extremes()
    assert dearest == {"tin": pytest.approx(104), "zinc": pytest.approx(10.4)}
    assert cheapest == pytest.approx(10.4)
