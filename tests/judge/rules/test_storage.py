"""storage: classes, room, intake, value, and a start that is over them."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

from orebook.exact import Fraction
from orebook.problem import Problem
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, by, decide

TIN = [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "m3_per_t": 2, "storage_class": "metal"}]
EIGHT = decide(orders=[("a", 1, 8)], puts=[("tin", "store", 1, 8)])


def store(*, start: int = 0, inbound: int = 0, **columns: Any) -> Problem:
    """A store with these columns, `start` tonnes in it and `inbound` tonnes coming in week 2."""
    return make_problem(
        minerals=TIN,
        sites=[{"site": "store", **columns}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": start}],
        inbound=[{"mineral": "tin", "site": "store", "week": 2, "tonnes": inbound}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 3}],
    )


def test_a_store_takes_only_its_classes() -> None:
    """8 t of metal are put where only gas is taken; what is there already, or comes inbound, is no breach."""
    problem = store(start=1, inbound=1, accepts="gas;oil")
    assert by(problem, "storage", EIGHT) == {"site_class[tin,store]": 8}
    assert by(problem, "storage") == {}
    assert by(store(accepts="gas;metal"), "storage", EIGHT) == {}


def test_a_store_has_only_so_much_room() -> None:
    """8 t of 2 m3 in 15 m3, at the end of both weeks."""
    assert by(store(capacity_m3=15), "storage", EIGHT) == {"site_room[store,1]": 1, "site_room[store,2]": 1}
    assert by(store(capacity_m3=15), "storage", EIGHT, WEEKLY.without("storage")) == {}


def test_a_store_puts_away_only_so_much_a_week() -> None:
    """8 t put away against 6 t a week; 9 t inbound do not count."""
    assert by(store(inbound_t_per_week=6, inbound=9), "storage", EIGHT) == {"site_inbound[store,1]": 2}


def test_a_store_holds_only_so_much_value() -> None:
    """8 t at 100 against 799.99 USD is a cent, which is allowed; against 799.98 USD it is two."""
    assert by(store(max_value_usd=799.99), "storage", EIGHT) == {}
    found = by(store(max_value_usd=799.98), "storage", EIGHT)
    assert found == {f"site_value[store,{week}]": Fraction("0.02") for week in (1, 2)}


def test_a_start_that_is_over_the_limit_sets_it() -> None:
    """9 t in store and 1 t inbound fill 18 and 20 m3 of 15: that is the room, and 2 m3 more are over it."""
    problem = store(start=9, inbound=1, capacity_m3=15, max_value_usd=850)
    assert by(problem, "storage") == {}
    one = decide(orders=[("a", 1, 1)], puts=[("tin", "store", 1, 1)])
    # value: 9 t and 10 t, at 100, are the limits; 10 t and 11 t are held
    assert by(problem, "storage", one) == {
        "site_room[store,1]": 2,
        "site_room[store,2]": 2,
        "site_value[store,1]": 100,
        "site_value[store,2]": 100,
    }


def test_room_made_by_a_withdrawal_may_be_filled_again() -> None:
    """9 t are over 15 m3; 1 t goes out and 1 t comes in: no worse than the start."""
    plan = decide(orders=[("a", 1, 1)], puts=[("tin", "store", 1, 1)], outs=[("j", "store", 1)])
    assert by(store(start=9, capacity_m3=15), "storage", plan) == {}
