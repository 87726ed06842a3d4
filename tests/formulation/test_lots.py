"""How many whole lots fit: as many as are meant, where the nearest float is a hair less than them."""

from __future__ import annotations

import pytest

import orebook
from orebook.formulation.lots import lots
from tests.builders import make_problem


@pytest.mark.parametrize("count", [1, 3, 9, 10, 99, 1234])
@pytest.mark.parametrize("lot", [0.1, 1 / 3, 0.0033319154061559604, 1265999.9998818163, 2.1142857142857143])
def test_the_nearest_float_to_so_many_lots_is_so_many(count: int, lot: float) -> None:
    """Neither one lot fewer nor one more, as least and as most."""
    assert lots(count * lot, count * lot, lot) == (count, count)


def test_a_part_of_a_lot_is_none() -> None:
    """A millionth under three lots are two; one over them, as a least, is four."""
    assert lots(3.000003, 2.999997, 1.0) == (4, 2)


def test_an_order_filled_tier_by_tier_has_all_its_lots() -> None:
    """Money for 9.8 lots at 47 USD a tonne, 2.5 % less from half of the target on: nine are bought, 6 days stay short."""
    problem = make_problem(
        {"weeks": 1, "budget_usd": 590_035_874.3498726},
        minerals=[{"mineral": "tin", "daily_use_t": 211_000, "price_usd_per_t": 46.6, "target_days": 60}],
        houses=[{"house": "traxys", "commission_pct": 1.5}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1265999.9998818163, "max_week_t": 24_500_000}
        ],
        tiers=[
            {"offer": "a", "from_t": 0, "discount_pct": 0},
            {"offer": "a", "from_t": 6329999.999862675, "discount_pct": 2.5},
        ],
    ).change("offers.a.discount=incremental", "offers.a.premium_pct=1.5")
    plan = orebook.solve(problem, gap=0)
    assert [t.lots for t in plan.document.tickets] == [9]
    assert plan.document.stages[0].value == pytest.approx(6, abs=1e-6)
    assert plan.document.audited is True
