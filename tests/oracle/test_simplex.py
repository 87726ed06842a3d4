"""The least of linear sums by hand, and beside the draws that are found without a tableau."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.decisions import Decisions
from orebook.exact import Fraction
from orebook.judge import Judge
from tests.builders import make_problem
from tests.judge.cases import WEEKLY
from tests.oracle.lending import cheapest
from tests.oracle.money import MoneyWays
from tests.oracle.simplex import Name, Rows, least

X: Name = ("x", "", 1)
Y: Name = ("y", "", 1)


def figure(n: int) -> Fraction:
    """A whole number as a fraction."""
    return Fraction(n)


def test_a_corner_by_hand() -> None:
    """-x - 2 y under x + y <= 4, x + 3 y <= 6: at (3, 1). With x + y = 3 besides: at (1.5, 1.5)."""
    rows = Rows(most=[({X: figure(1), Y: figure(1)}, figure(4)), ({X: figure(1), Y: figure(3)}, figure(6))])
    cost = {X: figure(-1), Y: figure(-2)}
    assert least(cost, rows) == {X: 3, Y: 1}
    rows.equal.append(({X: figure(1), Y: figure(1)}, figure(3)))
    assert least(cost, rows) == {X: Fraction(3, 2), Y: Fraction(3, 2)}


def test_rows_that_no_point_keeps() -> None:
    """x <= 2 and -x <= -3; x = 2 twice is no clash."""
    assert least({X: figure(1)}, Rows(most=[({X: figure(1)}, figure(2)), ({X: figure(-1)}, figure(-3))])) is None
    assert least({X: figure(1)}, Rows(equal=[({X: figure(1)}, figure(2)), ({X: figure(1)}, figure(2))])) == {X: 2}


USD = st.sampled_from([0, 100, 250])
SOURCE = st.fixed_dictionaries(
    {},
    optional={
        "limit_usd": st.sampled_from([150, 400]),
        "rate_pct": st.sampled_from([0, 5.2, 10.4]),
        "from_week": st.sampled_from([2, 3]),
        "max_share": st.sampled_from([0.5, 0.75]),
        "drawn_usd": st.sampled_from([50, 100]),
    },
)


@settings(max_examples=300)
@given(st.lists(SOURCE, min_size=2, max_size=2), st.lists(USD, min_size=3, max_size=3))
def test_two_ways_to_the_cheapest_draws_agree(sources: list[dict[str, float]], orders: list[int]) -> None:
    """Where no money comes in, the least or largest draws of one source are as cheap as the least of the tableau."""
    cash = tuple(map(Fraction, orders))
    inbound = [
        {"mineral": "tin", "site": "store", "week": w, "tonnes": 1, "due_usd": usd} for w, usd in enumerate(orders, 1)
    ]
    problem = make_problem(
        {"weeks": 3},
        funding=[{"source": name, **terms} for name, terms in zip("ab", sources, strict=True)],
        inbound=inbound,
    )
    judge = Judge(problem, WEEKLY)
    by_hand = MoneyWays(problem, judge, funded=True).best(Decisions(), cash, (Fraction(0),) * 3)
    way = cheapest(problem, cash, (Fraction(0),) * 3)
    assert (by_hand is None) == (way is None)
    if by_hand is not None and way is not None:
        found = judge.judge(Decisions(draws=way[0], repays=way[1]))
        assert [b for b in found.breaches if b.rule == "funding"] == []
        assert way[1] == ()
        assert found.exact_costs["interest_usd"] == by_hand.cost
