"""The main stages of a problem by `orebook`, with the signs it gives on its way."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

import orebook
from orebook.errors import SolveError, StoppedError
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.stages import StageName
from orebook.solver.lp.limits import Progress
from orebook.solver.run.listener import Listener
from tests.bench.course import Course
from tests.bench.inside import timed
from tests.bench.kept import Figures, Measured, StageCourse
from tests.bench.measured import figures


@dataclass
class Ear:
    """Hears of a run that began at `zero` of the clock: a course a stage, and when each stage began."""

    zero: float
    courses: dict[StageName, Course] = field(default_factory=dict)
    began: dict[StageName, float] = field(default_factory=dict)

    def hear(self, stage: StageName, progress: Progress) -> None:
        """A sign of life."""
        self.began.setdefault(stage, time.perf_counter() - self.zero - progress.seconds)
        self.courses.setdefault(stage, Course(self.zero)).tell(
            np.inf if progress.incumbent is None else progress.incumbent,
            -np.inf if progress.bound is None else progress.bound,
        )


def run(problem: Problem, model: Model, seconds: float, gap: float, zero: float) -> Measured:
    """Solve without the audit; a run that ends without a plan has its signs alone."""
    inside, ear = timed(), Ear(zero)
    listener = Listener(on_progress=ear.hear)
    plan_figures: Figures | None = None
    found, ended = {}, "plan"
    try:
        plan = orebook.solve(problem, model, gap=gap, time_limit_s=seconds, audit=False, listener=listener)
        plan_figures = figures(plan.judgement)
        found = {s.stage: s for s in plan.document.stages}
    except (StoppedError, SolveError) as error:
        ended = str(error)[:300]
    stages = []
    for name, course in ear.courses.items():
        result, began = found.get(name), ear.began[name]
        stages.append(
            StageCourse(
                stage=name,
                ended=ended,
                value=result.value if result else None,
                claimed=result.value if result else None,
                bound=result.bound if result else None,
                began=began,
                seconds=result.seconds if result else time.perf_counter() - zero - began,
                signs=tuple(course.signs),
            )
        )
    return Measured(stages=tuple(stages), inside=inside.seconds, plan=plan_figures)
