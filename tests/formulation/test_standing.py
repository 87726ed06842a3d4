"""What lies in store when nobody buys or takes."""

from __future__ import annotations

from orebook.formulation.stock_without_orders import standing
from tests.builders import make_problem


def test_stock_and_inbound_add_up_week_by_week() -> None:
    """5 t in store, 2 t in week 2 there, 3 t in week 2 elsewhere; what comes after the plan does not count."""
    problem = make_problem(
        {"weeks": 3},
        sites=[{"site": "s"}, {"site": "t"}, {"site": "u"}],
        stock=[{"mineral": "tin", "site": "s", "tonnes": 5}],
        inbound=[
            {"mineral": "tin", "site": "s", "week": 2, "tonnes": 2},
            {"mineral": "tin", "site": "t", "week": 2, "tonnes": 3},
            {"mineral": "tin", "site": "s", "week": 4, "tonnes": 9},
        ],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 4}],
    )
    held = standing(problem)
    assert [held["tin", "s", w] for w in (1, 2, 3)] == [5, 7, 7]
    assert [held["tin", "t", w] for w in (1, 2, 3)] == [0, 3, 3]
    assert held["tin", "u", 1] == 0
