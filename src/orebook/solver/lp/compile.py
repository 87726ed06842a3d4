"""A linear Pyomo model as arrays: variables in the order in which measures, then rows, first name their component.

Pyomo's own compiler is made for every kind of expression and takes nearly twice as long for these.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import pyomo.core as pe
import scipy.sparse as sp
from numpy.typing import NDArray
from pyomo.common.numeric_types import native_numeric_types
from pyomo.core.expr.numeric_expr import (
    LinearExpression,
    MonomialTermExpression,
    NegationExpression,
    ProductExpression,
    SumExpression,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Compiled:
    """row_lower <= A x <= row_upper, and the measures cost . x + offset, one a row of `cost`."""

    A: sp.csr_array
    row_lower: Floats
    row_upper: Floats
    cost: Floats
    offset: Floats
    measures: tuple[str, ...]
    """The name of each."""
    rows: tuple[Any, ...]
    """The Pyomo constraint of each row: every active one that has a term."""
    columns: tuple[Any, ...]
    """The Pyomo variable of each column: every one that has a coefficient somewhere."""


def compiled(model: Any) -> Compiled:
    """Compile a model of linear rows and measures. Raises ValueError where a row without terms does not hold."""
    terms = _Terms()
    measures = tuple(model.component_data_objects(pe.Objective, active=True))
    for measure in measures:
        terms.add(measure.expr)
    rows, lower, upper = list(model.component_data_objects(pe.Constraint, active=True)), [], []
    for row in rows:
        least, body, most = row.to_bounded_expression()
        constant = terms.add(body)
        lower.append(-np.inf if least is None else least - constant)
        upper.append(np.inf if most is None else most - constant)
    whole, first = terms.matrix(), len(measures)
    used = np.bincount(whole.indices, minlength=whole.shape[1]) > 0
    named = np.diff(whole.indptr)[first:] > 0
    row_lower, row_upper = np.array(lower, float), np.array(upper, float)
    fails = ~named & ((row_lower > 0) | (row_upper < 0))
    if fails.any():
        raise ValueError(f"{rows[int(fails.argmax())].name} has no term and does not hold")
    place, start = np.cumsum(used, dtype=np.int32) - 1, whole.indptr[first]
    lengths = np.append(0, np.diff(whole.indptr)[first:][named])
    return Compiled(
        A=sp.csr_array(
            (whole.data[start:], place[whole.indices[start:]], np.cumsum(lengths, dtype=np.int32)),
            shape=(int(named.sum()), int(used.sum())),
        ),
        row_lower=row_lower[named],
        row_upper=row_upper[named],
        cost=whole[:first].toarray()[:, used],
        offset=np.array(terms.constant[:first], float),
        measures=tuple(m.local_name for m in measures),
        rows=tuple(compress(rows, named)),
        columns=tuple(compress(terms.columns, used)),
    )


class _Terms:
    """Sums as the rows of a matrix, and their constants."""

    def __init__(self) -> None:
        self.columns: list[Any] = []
        self.constant: list[float] = []
        self._place: dict[int, int] = {}
        self._coefficient, self._column, self._ends = array("d"), array("i"), array("i", [0])

    def add(self, expression: Any) -> float:
        """One more row; returns its constant."""
        flat = expression.__class__ is LinearExpression
        self.constant.append(self._summed(expression.args if flat else [expression], 1.0))
        self._ends.append(len(self._column))
        return self.constant[-1]

    def _summed(self, arguments: Iterable[Any], factor: float) -> float:
        """Add terms, `factor` times each; returns that of their constants. The one loop that every entry goes through."""
        constant, place = 0.0, self._place.get
        coefficient, column = self._coefficient.append, self._column.append
        for a in arguments:
            kind = a.__class__
            if kind is MonomialTermExpression:
                times, variable = a.args
            elif kind in native_numeric_types:
                constant += factor * a
                continue
            elif a.is_variable_type():
                times, variable = 1.0, a
            else:
                constant += self._nested(a, factor)
                continue
            k = place(id(variable))
            coefficient(factor * times)
            column(self._placed(variable) if k is None else k)
        return constant

    def _nested(self, a: Any, factor: float) -> float:
        """Add the terms of a sum inside a sum, which may be negated, multiplied or named."""
        kind = a.__class__
        if kind is LinearExpression or kind is SumExpression:
            return self._summed(a.args, factor)
        if kind is NegationExpression:
            return self._summed(a.args, -factor)
        if kind is ProductExpression and a.args[0].__class__ in native_numeric_types:
            return self._summed(a.args[1:], factor * a.args[0])
        if a.is_named_expression_type():
            return self._summed([a.expr], factor)
        if not a.is_potentially_variable():
            return factor * float(pe.value(a))
        raise TypeError(f"no linear term: {a}")

    def _placed(self, variable: Any) -> int:
        """The place of a variable whose component is named for the first time."""
        for v in variable.parent_component().values():
            self._place[id(v)] = len(self.columns)
            self.columns.append(v)
        return self._place[id(variable)]

    def matrix(self) -> sp.csr_array:
        """All rows, a column named twice summed up, without zeros."""
        entries = (np.array(self._coefficient), np.array(self._column), np.array(self._ends))
        matrix = sp.csr_array(entries, shape=(len(self.constant), len(self.columns)))
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return matrix
