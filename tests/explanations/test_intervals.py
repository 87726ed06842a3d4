"""Intervals of differences, by hand."""

from __future__ import annotations

from orebook.explanations.engine.intervals import Proven, tells


def test_a_difference_reaches_from_the_one_end_to_the_other() -> None:
    """8 to 10 less 3 to 4 is 4 to 7; what is known beforehand cuts it on the side that it speaks of."""
    now, base = Proven(8, 10), Proven(3, 4)
    assert now.minus(base) == (4, 7)
    assert now.minus(base, at_most=5) == (4, 5)
    assert now.minus(base, at_least=5) == (5, 7)
    assert now.minus(base, at_most=0) == (0, 0)


def test_an_interval_tells_where_it_leaves_zero_out() -> None:
    """On either side; one that ends at zero says nothing."""
    assert [tells(i) for i in ((1, 2), (-2, -1), (-1, 1), (0, 2), (-2, 0))] == [True, True, False, False, False]
