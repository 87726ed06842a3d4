"""The clash that is found is irreducible, whatever of the rows clashes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from orebook.solver.infeasibility.conflict import ConflictItem, quick_xplain

ITEMS = [ConflictItem("budget", f"row{k}") for k in range(6)]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_no_row_of_a_clash_can_be_left_out(size: int) -> None:
    """Of six rows any one, two or three clash: those are found, and no other."""
    for core in combinations(ITEMS, size):

        def feasible(kept: Sequence[ConflictItem], core: tuple[ConflictItem, ...] = core) -> bool:
            return not set(core) <= set(kept)

        assert quick_xplain(feasible, ITEMS) == list(core)


def test_one_clash_of_two_is_found_whole() -> None:
    """Rows 0 and 1 clash, and so do 1, 2 and 5: one of the two, and nothing of the other."""
    clashes = [{ITEMS[0], ITEMS[1]}, {ITEMS[1], ITEMS[2], ITEMS[5]}]
    found = set(quick_xplain(lambda kept: not any(c <= set(kept) for c in clashes), ITEMS))
    assert found in clashes


def test_what_always_holds_may_clash_alone() -> None:
    """Then no row is named."""
    assert quick_xplain(lambda _kept: False, ITEMS) == []
