"""A problem's model as it was built: the formulation, its matrix, and where every name stands in it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from orebook.formulation.bounds import Bounds
from orebook.formulation.build import Formulation, build
from orebook.formulation.prices import PriceBook
from orebook.formulation.slots import Closed
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.solver.lp.matrix import Matrix, matrix_of

Key = tuple[str, Hashable]
"""Component and index of a Pyomo variable or constraint."""


@dataclass(frozen=True)
class BuiltModel:
    """The model of a problem, never altered: `patched` makes another of it."""

    problem: Problem
    model: Model
    formulation: Formulation
    matrix: Matrix

    @classmethod
    def of(cls, problem: Problem, model: Model, closed: Closed | None = None) -> BuiltModel:
        """Built from nothing."""
        formulation = build(problem, model, closed=closed)
        return cls(problem, model, formulation, matrix_of(formulation))

    @cached_property
    def bounds(self) -> Bounds:
        """The bounds of orders, with the prices they come from."""
        return Bounds(self.problem, self.model, PriceBook(self.problem))

    @cached_property
    def rows(self) -> dict[Key, int]:
        """The place of each row."""
        return {_key(row): k for k, row in enumerate(self.matrix.rows)}

    @cached_property
    def columns(self) -> dict[Key, int]:
        """The place of each column."""
        return {_key(column): k for k, column in enumerate(self.matrix.columns)}

    @cached_property
    def minerals(self) -> tuple[str, ...]:
        """The mineral of each column; empty for money and engagements, which several share."""
        return tuple(self.formulation.minerals_of(self.matrix.columns))


def _key(data: Any) -> Key:
    return data.parent_component().local_name, data.index()
