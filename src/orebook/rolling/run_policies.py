"""Policies rolled over workers, a policy a task; the plans of the first policy are written as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orebook.files.atomic import write_folder
from orebook.files.plan_folder import plan_texts
from orebook.parallel.workers import Here, Lost, Processes
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rolling.coming_true import Event
from orebook.rolling.history import History
from orebook.rolling.loop import Course, roll_policy
from orebook.rolling.policies import POLICIES, PlannedWeek, SolveLimits
from orebook.rolling.results import PolicyResult, Week
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.solver.lp.stop import Stop

WRITTEN_POLICY = "plan"
"""The policy whose plans are written."""


@dataclass(frozen=True)
class PortableCourse:
    """A course as another process can read it; `weeks_folder` is where the plans of `WRITTEN_POLICY` go, a folder a week."""

    instance: str
    rules_off: frozenset[RuleName]
    model: str
    weeks: int
    history: History | None
    start: date | None
    limits: SolveLimits
    weeks_folder: Path | None
    events: tuple[Event, ...] = ()

    @classmethod
    def of(cls, course: Course, weeks_folder: Path | None) -> PortableCourse:
        """A course to send."""
        return cls(
            course.problem.document.model_dump_json(exclude_none=True),
            course.problem.rules_off,
            course.model.model_dump_json(exclude_none=True),
            course.weeks,
            course.history,
            course.start,
            course.limits,
            weeks_folder,
            course.events,
        )

    def course(self) -> Course:
        """The course again."""
        problem = problem_of(Document.model_validate_json(self.instance), (), self.rules_off)
        model = Model.model_validate_json(self.model)
        return Course(problem, model, self.weeks, self.history, self.start, self.limits, self.events)


def roll_policies(
    portable: PortableCourse,
    policies: Sequence[str],
    workers: int,
    stop: Stop,
    on_week: Callable[[str, Week], None],
    on_policy: Callable[[PolicyResult], None],
) -> list[PolicyResult]:
    """Every policy, in the order given; after a stop those that were begun. `on_week` is called with one worker only."""

    def here(name: str) -> PolicyResult:
        return _roll(portable, name, stop, lambda week: on_week(name, week))

    alone = workers == 1 or len(policies) == 1
    pool = Here(here) if alone else Processes(_begin, min(workers, len(policies)), (portable,))
    for name in policies:
        pool.submit(name)
    found: dict[str, PolicyResult] = {}
    for name, answer in pool.as_completed(lambda: stop.asked):
        found[name] = _lost(name, answer) if isinstance(answer, Lost) else answer
        on_policy(found[name])
    return [found[name] for name in policies if name in found]


def _lost(name: str, lost: Lost) -> PolicyResult:
    return PolicyResult(way=name, says=POLICIES[name].says, weeks=(), cover=(), ended=lost.why)


def _roll(portable: PortableCourse, name: str, stop: Stop, on_week: Callable[[Week], None]) -> PolicyResult:
    def write(week: Week, _problem: Problem, planned: PlannedWeek) -> None:
        if name == WRITTEN_POLICY and portable.weeks_folder is not None and planned.plan is not None:
            texts = {file: text.encode() for file, text in plan_texts(planned.plan).items()}
            write_folder(portable.weeks_folder / f"{week.week:03d}", texts)
        on_week(week)

    return roll_policy(portable.course(), POLICIES[name], stop, write)


def _begin(portable: PortableCourse) -> Callable[[str], PolicyResult]:
    """The work of another process, where nobody hears of weeks."""
    return lambda name: _roll(portable, name, Stop(), lambda _week: None)
