"""Plans built from the relaxation: whole, within every row, the same on one thread and on two."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from orebook.solver.heuristics.decomposition import Search
from orebook.solver.heuristics.relax_and_fix import relax_and_fix
from orebook.solver.lp.matrix import Floats
from orebook.solver.parameters import SEARCH
from tests.solver.searches import HAIR, crowded, least, search_of


@pytest.mark.parametrize("seed", range(5))
def test_a_built_plan_is_a_plan(seed: int) -> None:
    """It keeps every row, its lots are whole, and it is not better than the best there is."""
    search = search_of(crowded(seed))
    matrix, x = search.solver.matrix, relax_and_fix(search)
    assert x is not None
    assert search.solver.keeps_rows(x)
    assert (x[matrix.integer] == np.round(x[matrix.integer])).all()
    assert search.value(x) >= least(matrix) * (1 - HAIR)


def test_a_first_plan_may_come_late() -> None:
    """Past the deadline nothing is built, but where it may take longer it is."""
    search = search_of(crowded(0))
    late = replace(search, deadline=time.perf_counter())
    assert relax_and_fix(late) is None
    x = relax_and_fix(late, search.deadline)
    assert x is not None
    assert search.solver.keeps_rows(x)


def test_two_threads_build_what_one_does() -> None:
    """How many minerals are made whole around one relaxation does not hang on who is there to do it."""
    one, two = (relax_and_fix(search_of(crowded(3), threads=n)) for n in (1, 2))
    assert one is not None
    assert two is not None
    np.testing.assert_array_equal(one, two)


def test_minerals_without_room_give_no_plan() -> None:
    """Money for less than everyone must have, in whole lots: the relaxation finds room, no plan does."""
    matrix = crowded(0, must=True)
    assert search_of(matrix).relaxed.has_plan
    assert relax_and_fix(search_of(matrix)) is None


def test_a_mineral_that_is_hard_to_place_is_tried_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no step finds anything in its first nodes there is a plan all the same, in ten times as many."""
    step, tried = Search.solve_subproblem, list[int]()

    def hard(search: Search, *asked: Any, nodes: int, **more: Any) -> Floats | None:
        tried.append(nodes)
        return step(search, *asked, nodes=nodes, **more) if nodes > SEARCH.subproblem_nodes else None

    monkeypatch.setattr(Search, "solve_subproblem", hard)
    search = search_of(crowded(0))
    x = relax_and_fix(search)
    assert x is not None
    assert search.solver.keeps_rows(x)
    assert set(tried) == {times * SEARCH.subproblem_nodes for times in SEARCH.retry_nodes_times[:2]}
