"""By how much a policy row gives way, in parts of its limit, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from orebook.solver.infeasibility.policy_rows import PolicyRow

ROW = sp.csr_array(np.array([[1.0, 0.0]]))


def test_tonnes_give_way_by_a_part_of_the_limit() -> None:
    """10 t where 4 may be: 6 of 4."""
    row = PolicyRow(0, ROW, 4.0, 4.0, None)
    assert row.by(np.array([10.0, 3.0])) == 1.5
    assert row.by(np.array([3.0, 3.0])) == 0


def test_a_share_gives_way_by_a_part_of_what_is_bought() -> None:
    """8 t of 10 where 0.4 may be: (0.8 - 0.4) / 0.4; the same of a purchase ten times as large."""
    row = PolicyRow(0, sp.csr_array(np.array([[0.6, -0.4]])), 0.0, 0.4, np.ones(2))
    assert row.by(np.array([8.0, 2.0])) == pytest.approx(1.0)
    assert row.by(np.array([80.0, 20.0])) == pytest.approx(1.0)
    assert row.by(np.zeros(2)) == 0


def test_a_share_of_cash_below_nothing_is_of_its_size() -> None:
    """6 USD where 4 may be, of -10: 2 of 0.5 * 10."""
    assert PolicyRow(0, ROW, 4.0, 0.5, -np.ones(2)).by(np.array([6.0, 4.0])) == pytest.approx(0.4)
