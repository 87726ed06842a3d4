"""Other plans beside a known one: its program with every main stage held at a measure, ready for another objective."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from orebook.errors import DisagreementError
from orebook.formulation.build import Formulation, build
from orebook.problem import Problem
from orebook.schema.model import Model, StageName
from orebook.solver.alternatives.warm_start import Known
from orebook.solver.finalise.finalise import Settled, Settler
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.matrix import Floats, Matrix, matrix_of
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop

START_SECONDS = 8.0


@dataclass
class Beside:
    """A problem under a model; `most` is what each held stage may come to, `known` has the tickets to begin from.

    `excused` are policy rows that gave way, by (rule, row).
    """

    problem: Problem
    model: Model
    known: Known
    most: Mapping[StageName, float]
    excused: Collection[tuple[str, str]] = ()
    stop: Stop = field(default_factory=Stop)

    @cached_property
    def formulation(self) -> Formulation:
        """The model, without the orders that the known plan's held minerals do not have."""
        return build(self.problem, self.model, closed=self.known.closed)

    @cached_property
    def matrix(self) -> Matrix:
        """The program with the stages held and the held minerals' tickets fixed."""
        matrix = self.known.holding(self.formulation, matrix_of(self.formulation))
        for stage, most in self.most.items():
            matrix = matrix.holding(stage, most)
        return matrix

    @cached_property
    def solver(self) -> Solver:
        """The program, scaled."""
        return Solver(tightened(self.matrix), self.stop)

    @property
    def last(self) -> StageName:
        """The last stage that is held, which a plan is settled by."""
        return list(self.most)[-1]

    def start(self) -> Floats | None:
        """The known plan as a point of the program; None where it is none."""
        return self.known.start(self.formulation, self.solver, self.last, START_SECONDS)

    def settled(self, points: Iterable[Floats]) -> Iterator[Settled]:
        """The judged plans of points; one that rounding takes over a limit is left out."""
        settler = Settler(self.problem, self.model, self.formulation, self.matrix, frozenset(self.excused))
        for x in points:
            try:
                yield settler.settle(self.solver, self.last, x)
            except DisagreementError:
                continue
