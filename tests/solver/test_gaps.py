"""Gaps and what of a stage is kept, by hand; of money that is earned the signs are the other way round."""

from __future__ import annotations

import pytest

from orebook.solver.lp.gaps import enough, gap_of, kept_padding, most_kept, within
from tests.solver.matrices import INF, matrix


def test_a_gap_is_a_part_of_the_value() -> None:
    """11 of 110, 10 of -100; of less than one of its unit, a part of one."""
    assert gap_of("cost", 110, 99) == pytest.approx(0.1)
    assert gap_of("cost", -100, -110) == pytest.approx(0.1)
    assert gap_of("cost", 0.5, 0.25) == 0.25
    assert gap_of("cost", 99, 110) == 0
    assert within(0.005, 0.005)
    assert not within(0.0051, 0.005)


def test_a_slack_lets_go_whatever_the_sign() -> None:
    """A tenth of 100 is let go of 100 and of -100, and a millionth of it, at least of one, besides."""
    assert most_kept(100, 0.1) == pytest.approx(110.0001, abs=1e-9)
    assert most_kept(-100, 0.1) == pytest.approx(-89.9999, abs=1e-9)
    assert kept_padding(0.25) == 1e-6


@pytest.mark.parametrize("bound", [100.0, -100.0, 0.0, 0.5])
def test_what_is_enough_is_within_the_gap(bound: float) -> None:
    """9 over a bound of 100 or -100, a tenth of one over none: no more than a gap of a tenth of the value."""
    value = enough("cost", bound, 0.1)
    assert value == pytest.approx(bound + (9 if abs(bound) == 100 else 0.1))
    assert gap_of("cost", value, bound) <= 0.1


def test_a_part_of_a_hair_is_kept() -> None:
    """10 kept, 2 of it hair: with a quarter of that 8.5, with all 10, with none 8."""
    kept = matrix([(1.0, 0.0, 20.0, False)], [(-INF, (1,), 20)]).keeping("cost", 10.0, 2.0)
    assert [kept.with_hair(part).row_upper[-1] for part in (0.25, 1.0, 0.0)] == [8.5, 10, 8]
