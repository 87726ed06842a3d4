"""The main stages of a problem by another solver, told nothing of their structure, and judged as plans of `orebook` are.

Time, its sharing, the gap asked for, and the measures held between the stages are those of an `orebook` run; a later stage
begins from the plan of the one before. A plan that the judge refuses is none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from orebook.errors import DisagreementError
from orebook.formulation.build import Formulation, build
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.stages import StageName
from orebook.solver.clock import Clock
from orebook.solver.finalise.finalise import Finaliser, JudgedPoint
from orebook.solver.lp.gaps import most_kept
from orebook.solver.lp.matrix import Floats, Matrix, matrix_of
from orebook.solver.lp.solver import Solver
from tests.bench.course import Course
from tests.bench.kept import Measured, StageCourse
from tests.bench.measured import figures
from tests.bench.untightened import untightened
from tests.second.door import Asked, Point, UnreadError
from tests.second.peers import DOORS


@dataclass(frozen=True)
class Peer:
    """A solver and what it is given: how many workers, which model, rows as they are or scaled."""

    door: str
    workers: int = 1
    formulation: Callable[[Problem, Model], Formulation] = build
    scaled: bool = True


PEERS = {
    "highs": Peer("highs"),
    "scip": Peer("scip"),
    "cpsat": Peer("cpsat"),
    "cpsat2": Peer("cpsat", workers=2),
    "untightened": Peer("highs", formulation=untightened, scaled=False),
}


@dataclass
class PeerRun:
    """One run of a peer; `zero` is when it began on the clock."""

    peer: Peer
    problem: Problem
    model: Model
    gap: float
    zero: float

    def solve(self, seconds: float) -> Measured:
        """Every main stage, as far as there are plans."""
        clock = Clock(seconds)
        formulation = self.peer.formulation(self.problem, self.model)
        matrix = matrix_of(formulation)
        finaliser = Finaliser(self.problem, self.model, formulation, matrix, frozenset())
        stages: list[StageCourse] = []
        settled: JudgedPoint | None = None
        for k, stage in enumerate(formulation.stages):
            share = clock.share(len(formulation.stages) - k, 0)
            course, found = self._stage(finaliser, matrix, stage, share, settled)
            stages.append(course)
            settled = found or settled
            if settled is None:
                break
            slack = next(s.slack for s in self.model.stages if s.stage == stage)
            matrix = matrix.holding(stage, most_kept(float(settled.judgement.measures[stage]), slack))
        return Measured(stages=tuple(stages), plan=figures(settled.judgement) if settled else None)

    def _stage(
        self, finaliser: Finaliser, matrix: Matrix, stage: StageName, seconds: float, before: JudgedPoint | None
    ) -> tuple[StageCourse, JudgedPoint | None]:
        """How a stage went, and its plan where the judge has one that is no worse than the one before."""
        began = time.perf_counter()
        course = Course(self.zero)
        start = before.x if before else None
        asked = Asked(self.gap, seconds, self.peer.workers, start, self.peer.scaled, course.tell)
        try:
            point = DOORS[self.peer.door](matrix, stage, asked)
        except UnreadError as error:
            point = Point(f"cannot be read: {error}", None)
        spent = time.perf_counter() - began
        settled, ended = None, point.status
        if point.x is not None:
            course.tell(point.value, point.bound)
            settled, ended = _settled(finaliser, Solver(matrix), stage, point.x)
        return StageCourse(
            stage=stage,
            ended=ended,
            value=float(settled.judgement.measures[stage]) if settled else None,
            claimed=point.value if np.isfinite(point.value) else None,
            bound=point.bound if np.isfinite(point.bound) else None,
            began=began - self.zero,
            seconds=spent,
            signs=tuple(course.signs),
        ), settled


def _settled(finaliser: Finaliser, solver: Solver, stage: StageName, x: Floats) -> tuple[JudgedPoint | None, str]:
    """The judged plan of a point and how the stage ended."""
    try:
        return finaliser.finalise(solver, stage, x), "plan"
    except DisagreementError as error:
        return None, f"refused: {error}"[:300]
