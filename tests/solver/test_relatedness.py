"""Who is freed with a mineral: mostly those that take of the same full rows, at times any other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from orebook.solver.heuristics.relatedness import Relatedness
from tests.solver.matrices import INF, program

STORES = np.array([[1.0, 1.0, 0, 0, 0, 0], [0, 0, 1.0, 1.0, 0, 0], [1.0] * 6])
"""Six minerals of a column each: a store for the first two, one for the next two, and money for all."""

LIMITS = np.array([10.0, 10.0, 20.0])


def company() -> Relatedness:
    """At a plan of 5 of each but the last two, the stores are full and all money is spent."""
    free = program(np.zeros(6), STORES, (np.full(3, -INF), LIMITS), (np.zeros(6), np.full(6, 10.0)), np.zeros(6))
    return Relatedness(replace(free, block=np.arange(6, dtype=np.int32), blocks=tuple("abcdef")))


def test_those_in_the_same_full_store_are_related() -> None:
    """Each has half of the store; money, which all have to do with, relates none, nor does a store with room."""
    full = np.array([5.0, 5.0, 5.0, 5.0, 0, 0])
    np.testing.assert_allclose(company().related(0, full), [0.5, 0.5, 0, 0, 0, 0])
    roomy = np.array([5.0, 4.0, 5.0, 5.0, 1.0, 0])
    np.testing.assert_allclose(company().related(0, roomy), np.zeros(6))


def test_relations_come_more_often_and_others_too() -> None:
    """500 draws of one for the first: the second in most, every other in some, itself in none; in a roomy store all alike."""
    full, rng = np.array([5.0, 5.0, 5.0, 5.0, 0, 0]), np.random.default_rng(0)
    drawn = Counter(int(company().of(0, full, 1, rng)[0]) for _ in range(500))
    assert drawn[0] == 0
    assert drawn[1] > 350
    assert all(drawn[k] > 5 for k in range(2, 6))
    even = Counter(int(company().of(0, np.ones(6), 1, rng)[0]) for _ in range(500))
    assert all(60 < even[k] < 140 for k in range(1, 6))


def test_never_more_than_there_are() -> None:
    """Asked for nine of five, it has the five; a mineral that is alone has nobody."""
    assert sorted(company().of(0, np.ones(6), 9, np.random.default_rng(0))) == [1, 2, 3, 4, 5]
    alone = replace(company().matrix, block=np.zeros(6, np.int32), blocks=("a",))
    assert Relatedness(alone).of(0, np.ones(6), 1, np.random.default_rng(0)).size == 0
