"""Plans bettered a few minerals at a time: never worse, and what is found for several is put together."""

from __future__ import annotations

import numpy as np
import pytest

from orebook.solver.heuristics.large_neighbourhoods import better
from orebook.solver.lp.matrix import Floats
from orebook.solver.parameters import SEARCH
from tests.solver.searches import HAIR, apart, crowded, least, nothing, search_of


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_plan_is_never_worse(seed: int) -> None:
    """From buying nothing: it keeps every row and is whole, no dearer than before and no cheaper than the best there is."""
    search = search_of(crowded(seed))
    matrix, start = search.solver.matrix, nothing(search.solver.matrix)
    x = better(search, start)
    assert search.solver.keeps_rows(x)
    assert (x[matrix.integer] == np.round(x[matrix.integer])).all()
    assert least(matrix) * (1 - HAIR) <= search.value(x) < search.value(start)


def test_what_is_found_side_by_side_is_put_together() -> None:
    """Minerals that share nothing: the first round alone leaves the best of each of those it took."""
    heard: list[Floats] = []
    search = search_of(apart(SEARCH.neighbourhoods_at_once), report=heard.append)
    x = better(search, nothing(search.solver.matrix))
    assert len(heard) == 1
    np.testing.assert_array_equal(heard[0], x)
    assert search.value(x) == pytest.approx(least(search.solver.matrix), abs=1e-6)


@pytest.mark.slow
def test_two_threads_find_what_one_does() -> None:
    """A round has as many neighbourhoods whoever solves them."""
    one, two = (better(s, nothing(s.solver.matrix)) for s in (search_of(crowded(2), threads=n) for n in (1, 2)))
    np.testing.assert_array_equal(one, two)
