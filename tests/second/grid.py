"""A program in whole numbers, for a solver that knows no others: continuous columns on a grid, rows in whole coefficients.

What is rounded:
- a continuous column counts steps, each the power of ten that makes up to 10^COLUMN_DIGITS of its widest bound: data are
  decimal, so that most plans are on the grid;
- a row is divided by the power of ten that leaves the most that its entries can add up to under 10^ROW_DIGITS, and its
  coefficients go to the nearest whole number; so does the measure;
- limits of columns and rows go outwards to whole numbers; an equality, and a row of continuous and whole columns, may miss by
  half the coarsest step in it, as no point of the grid need keep it.
So bounds are of a program that is the one asked about to some hundred-thousandths, and a plan has to be made exact after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orebook.solver.lp.matrix import Floats
from tests.second.door import Program, UnreadError

COLUMN_DIGITS = 5
ROW_DIGITS = 11
"""Finer grids say no more of a plan that is made exact after it, and keep CP-SAT from finding any."""

HAIR = 1e-6
"""What floating point may add to a whole number."""

FAR = 10.0 ** (ROW_DIGITS + 1)

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Grid:
    """The program in whole numbers: x' = step * n, row k = unit[k] * its whole row; `cost` likewise, in `cost_unit`."""

    step: Floats
    lower: Whole
    upper: Whole
    data: Whole
    row_lower: Whole
    row_upper: Whole
    cost: Whole
    cost_unit: float

    @classmethod
    def of(cls, program: Program) -> Grid:
        """Raises UnreadError for a column without bounds."""
        if not (np.isfinite(program.lower).all() and np.isfinite(program.upper).all()):
            raise UnreadError("a column has no finite bound")
        a, rows = program.A, program.A.shape[0]
        step = np.where(program.integer, 1.0, _ten_over(_widest(program.lower, program.upper)) * 10.0**-COLUMN_DIGITS)
        lower, upper = _down(program.lower / step), _up(program.upper / step)
        most, row = _widest(lower, upper), np.repeat(np.arange(rows), np.diff(a.indptr))
        data, cost = a.data * step[a.indices], program.cost * step
        unit = _ten_over(np.bincount(row, np.abs(data) * most[a.indices], rows)) * 10.0**-ROW_DIGITS
        cost_unit = float(_ten_over(np.abs(cost) @ most) * 10.0**-ROW_DIGITS)
        miss = _missed(data, row, program)
        return cls(
            step,
            _whole(lower),
            _whole(upper),
            _whole(data / unit[row]),
            _whole(_down((program.row_lower - miss) / unit)),
            _whole(_up((program.row_upper + miss) / unit)),
            _whole(cost / cost_unit),
            cost_unit,
        )


def _missed(data: Floats, row: NDArray[np.intp], program: Program) -> Floats:
    """By how much each row may miss, for `data` in steps."""
    whole, miss = program.integer[program.A.indices], np.zeros(len(program.row_lower))
    np.maximum.at(miss, row, np.where(whole, 0.0, np.abs(data)) / 2)
    mixed = np.bincount(row, whole, len(miss)) > 0
    return np.where(mixed | (program.row_lower == program.row_upper), miss, 0.0)


def _widest(lower: Floats, upper: Floats) -> Floats:
    return np.maximum(np.abs(lower), np.abs(upper))


def _ten_over(x: Any) -> Any:
    """The least power of ten that is no less than each number; 1 for 0."""
    return 10.0 ** np.ceil(np.log10(np.where(x > 0, x, 1.0)) - HAIR)


def _down(x: Floats) -> Floats:
    return np.floor(x + HAIR)


def _up(x: Floats) -> Floats:
    return np.ceil(x - HAIR)


def _whole(x: Floats) -> Whole:
    """Whole numbers; a limit that no row can come near is taken for none."""
    return np.clip(np.round(x), -FAR, FAR).astype(np.int64)
