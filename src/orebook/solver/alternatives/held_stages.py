"""Other plans beside a known one: its program with every main stage held at a measure, ready for another objective."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from orebook.errors import DisagreementError
from orebook.formulation.build import Formulation, build
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.stages import StageName
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.finalise.finalise import Finaliser, JudgedPoint
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.matrix import Floats, Matrix, matrix_of
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop

START_LIMIT_S = 8.0


@dataclass
class HeldStages:
    """A problem under a model; `most` is what each held stage may come to, `warm_start` has the tickets to begin from.

    `excused` are policy rows that gave way, by (rule, row).
    """

    problem: Problem
    model: Model
    warm_start: WarmStart
    most: Mapping[StageName, float]
    excused: Collection[tuple[str, str]] = ()
    stop: Stop = field(default_factory=Stop)

    @cached_property
    def formulation(self) -> Formulation:
        """The model, without the orders that the known plan's held minerals do not have."""
        return build(self.problem, self.model, closed=self.warm_start.closed)

    @cached_property
    def matrix(self) -> Matrix:
        """The program with the stages held and the held minerals' tickets fixed."""
        matrix = self.warm_start.with_fixed(self.formulation, matrix_of(self.formulation))
        for stage, most in self.most.items():
            matrix = matrix.holding(stage, most)
        return matrix

    @cached_property
    def solver(self) -> Solver:
        """The program, scaled."""
        return Solver(tightened(self.matrix), self.stop)

    @property
    def last(self) -> StageName:
        """The last stage that is held, which a plan is judged by."""
        return list(self.most)[-1]

    def start(self) -> Floats | None:
        """The known plan as a point of the program; None where it is none."""
        return self.warm_start.as_point(self.formulation, self.solver, self.last, START_LIMIT_S)

    def judged(self, points: Iterable[Floats]) -> Iterator[JudgedPoint]:
        """The judged plans of points; one that rounding takes over a limit is left out."""
        finaliser = Finaliser(self.problem, self.model, self.formulation, self.matrix, frozenset(self.excused))
        for x in points:
            try:
                yield finaliser.finalise(self.solver, self.last, x)
            except DisagreementError:
                continue
