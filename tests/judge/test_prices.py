"""What a tonne costs: quote, tier, floor, commission, duty, freight and top-up, each by hand."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

import pytest

from orebook.accounting.exact_prices import tier_prices
from orebook.exact import Fraction
from tests.builders import make_problem
from tests.judge.cases import price

AUSTRALIA = [{"origin": "australia", "group": "club"}]


def offer(**columns: Any) -> list[dict[str, Any]]:
    """Offer `a` of tin with these columns."""
    return [{"offer": "a", "house": "traxys", "mineral": "tin", **columns}]


def floor(usd: float, mechanism: str, origin: str | None = None, **terms: Any) -> dict[str, Any]:
    """A floor on tin."""
    return {"mineral": "tin", "origin": origin, "floor_usd_per_t": usd, "mechanism": mechanism, **terms}


def test_a_named_price_is_the_quote() -> None:
    """An offer's own price stands, whatever its premiums and the benchmark."""
    assert price(make_problem(offers=offer(price_usd_per_t=70, premium_pct=50))).quote == 70


def test_premiums_are_on_the_benchmark_of_the_week_of_order() -> None:
    """The percentage comes first, then the USD; the benchmark is that of the week."""
    problem = make_problem(
        offers=offer(premium_pct=10, premium_usd_per_t=-3, lead_weeks=1),
        prices=[{"mineral": "tin", "week": 2, "price_usd_per_t": 200}],
    )
    # week 1: 100 * 1.10 - 3 = 107; week 2: 200 * 1.10 - 3 = 217
    assert (price(problem, week=1).quote, price(problem, week=2).quote) == (107, 217)


def test_a_negative_discount_is_a_surcharge() -> None:
    """Tiers take their percentage off the quote, or add it."""
    tiers = [{"offer": "a", "from_t": 0, "discount_pct": -5}, {"offer": "a", "from_t": 10, "discount_pct": 2.5}]
    problem = make_problem(offers=offer(), tiers=tiers)
    # 100 * 1.05 = 105; 100 * 0.975 = 97.5
    paid = [p.paid for p in tier_prices(problem, problem.offers["a"], 1)]
    assert paid == [105, Fraction("97.5")]


@pytest.mark.parametrize(
    ("mechanism", "paid", "top_up", "rejected"),
    [("minimum", 130, 0, False), ("cfd", 100, 30, False), ("levy", 100, 0, False), ("reject", 100, 0, True)],
)
def test_each_mechanism_closes_the_gap_its_own_way(mechanism: str, paid: int, top_up: int, rejected: bool) -> None:
    """A quote of 100 under a floor of 130: the house gets it, the producer gets it, or nothing is bought."""
    found = price(make_problem(offers=offer(), floors=[floor(130, mechanism)]))
    assert (found.paid, found.top_up, found.rejected) == (paid, top_up, rejected)


@pytest.mark.parametrize("mechanism", ["minimum", "cfd", "levy", "reject"])
def test_a_floor_that_is_just_reached_does_nothing(mechanism: str) -> None:
    """A tier at exactly the floor is paid as it is and may be used: 100 * (1 - 10/100) = 90."""
    tiers = [{"offer": "a", "from_t": 0, "discount_pct": 10}]
    found = price(make_problem(offers=offer(), tiers=tiers, floors=[floor(90, mechanism)]))
    assert (found.paid, found.top_up, found.levy, found.rejected) == (90, 0, 0, False)


def test_the_highest_floor_decides_with_its_mechanism() -> None:
    """Of 120 as a minimum and 130 as a cfd the second decides: 100 is paid and 30 topped up."""
    found = price(
        make_problem(
            offers=offer(origin="australia"),
            origins=AUSTRALIA,
            floors=[floor(120, "minimum", "australia"), floor(130, "cfd", "club")],
        )
    )
    assert (found.paid, found.top_up) == (100, 30)


@pytest.mark.parametrize(
    ("one", "other", "paid", "rejected"),
    [
        ("reject", "minimum", 100, True),
        ("minimum", "cfd", 130, False),
        ("cfd", "reject", 100, True),
        ("levy", "minimum", 130, False),
        ("levy", "reject", 100, True),
    ],
)
def test_equal_floors_are_decided_by_mechanism(one: str, other: str, paid: int, rejected: bool) -> None:
    """On a tie `reject` comes before `minimum`, and `minimum` before `cfd` and `levy`."""
    found = price(
        make_problem(
            offers=offer(origin="australia"),
            origins=AUSTRALIA,
            floors=[floor(130, one, "australia"), floor(130, other)],
        )
    )
    assert (found.paid, found.rejected) == (paid, rejected)


AGREED = (
    (80, floor(100, "minimum"), {"paid": 100, "landed": 112}),
    (80, floor(100, "cfd"), {"top_up": 20, "landed": "109.6"}),
    (80, floor(100, "cfd", upside_pct=50), {"top_up": 20, "landed": "109.6"}),
    (80, floor(100, "cfd", payer="other"), {"top_up": 0, "top_up_other": 20, "landed": "89.6"}),
    (80, floor(100, "levy"), {"paid": 80, "levy": 20, "top_up": 0, "landed": "109.6"}),
    (120, floor(100, "cfd"), {"top_up": 0, "landed": "134.4"}),
    (120, floor(100, "cfd", upside_pct=50), {"top_up": -10, "landed": "124.4"}),
    (120, floor(100, "cfd", payer="other"), {"top_up": 0, "top_up_other": 0, "landed": "134.4"}),
    (120, floor(100, "levy"), {"paid": 120, "levy": 0, "landed": "134.4"}),
)
"""Price, floor, and terms of a tonne, with 2 % commission and 10 % duty: 80 + 1.6 + 8, or 120 + 2.4 + 12, and the floor."""


@pytest.mark.parametrize(("usd", "agreed", "terms"), AGREED)
def test_floors_as_they_are_agreed(usd: float, agreed: dict[str, Any], terms: dict[str, Any]) -> None:
    """Who pays what lies under a floor, and who has a part of what lies above it."""
    found = price(
        make_problem(
            houses=[{"house": "traxys", "commission_pct": 2}],
            offers=offer(price_usd_per_t=usd, origin="australia"),
            origins=AUSTRALIA,
            duties=[{"origin": "club", "mineral": "*", "duty_pct": 10}],
            floors=[agreed],
        )
    )
    assert {term: getattr(found, term) for term in terms} == {term: Fraction(usd) for term, usd in terms.items()}


@pytest.mark.parametrize("turned", [False, True])
def test_of_equal_floors_the_nearer_one_decides(turned: bool) -> None:
    """The origin's before the group's, and the group's before that of every origin; cfd before levy, wherever they are."""
    near = [floor(130, "cfd", "australia"), floor(130, "cfd", "club", payer="other"), floor(130, "levy")]
    for floors, paid in ((near, (30, 0, 0)), (near[1:], (0, 30, 0)), (near[2:], (0, 0, 30))):
        listed = floors[::-1] if turned else floors
        found = price(make_problem(offers=offer(origin="australia"), origins=AUSTRALIA, floors=listed))
        assert (found.top_up, found.top_up_other, found.levy) == paid
    levies = [floor(130, "levy", "australia"), floor(130, "cfd", payer="other")]
    listed = levies[::-1] if turned else levies
    assert price(make_problem(offers=offer(origin="australia"), origins=AUSTRALIA, floors=listed)).top_up_other == 30
    group = [floor(130, "cfd", "club"), floor(130, "cfd", payer="other")]
    listed = group[::-1] if turned else group
    assert price(make_problem(offers=offer(origin="australia"), origins=AUSTRALIA, floors=listed)).top_up == 30


def test_a_floor_elsewhere_does_not_match() -> None:
    """A floor on another origin, another mineral, or any origin for an offer without one that is named, is not ours."""
    floors = [floor(500, "minimum", "chile"), {**floor(400, "minimum"), "mineral": "lead"}]
    minerals = [{"mineral": m, "price_usd_per_t": 100} for m in ("tin", "lead")]
    origins = [*AUSTRALIA, {"origin": "chile"}]
    assert (
        price(make_problem(minerals=minerals, offers=offer(origin="australia"), origins=origins, floors=floors)).paid
        == 100
    )


@pytest.mark.parametrize(
    ("listed", "pct"),
    [
        ({("australia", "tin"): 1, ("australia", "*"): 2, ("club", "tin"): 3, ("club", "*"): 4}, 1),
        ({("australia", "*"): 2, ("club", "tin"): 3, ("club", "*"): 4}, 2),
        ({("club", "tin"): 3, ("club", "*"): 4}, 3),
        ({("club", "*"): 4, ("australia", "lead"): 9}, 4),
        ({("chile", "tin"): 9}, 0),
    ],
)
def test_the_first_duty_listed_counts(listed: dict[tuple[str, str], float], pct: int) -> None:
    """Origin before group, and the mineral before *."""
    duties = [{"origin": o, "mineral": m, "duty_pct": p} for (o, m), p in listed.items()]
    assert price(make_problem(offers=offer(origin="australia"), origins=AUSTRALIA, duties=duties)).duty == pct


def test_a_landed_tonne_adds_up() -> None:
    """Commission and duty are on what the house is paid after the floor; freight and top-up bear neither."""
    found = price(
        make_problem(
            houses=[{"house": "traxys", "commission_pct": 2}],
            offers=offer(origin="australia", freight_usd_per_t=7),
            origins=AUSTRALIA,
            duties=[{"origin": "club", "mineral": "*", "duty_pct": 10}],
            floors=[floor(150, "minimum")],
        )
    )
    # paid 150, commission 3, duty 15, freight 7
    assert (found.paid, found.commission, found.duty, found.freight, found.landed) == (150, 3, 15, 7, 175)


def test_a_topped_up_tonne_adds_up() -> None:
    """Under cfd the commission and duty are on the tier price, and the top-up is landed with it."""
    found = price(
        make_problem(
            houses=[{"house": "traxys", "commission_pct": 2}],
            offers=offer(origin="australia"),
            origins=AUSTRALIA,
            duties=[{"origin": "club", "mineral": "*", "duty_pct": 10}],
            floors=[floor(150, "cfd")],
        )
    )
    # 100 + 2 + 10 + 50
    assert found.landed == 162
