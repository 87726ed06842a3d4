"""Policies rolled over workers, a policy a task; the plans of the first policy are written as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from orebook.files.atomic import write_folder
from orebook.files.plan_folder import plan_texts
from orebook.parallel.worker import Begin
from orebook.parallel.workers import Here, Lost, Processes
from orebook.resolve import problem_of
from orebook.rolling.coming_true import Event
from orebook.rolling.history import History
from orebook.rolling.loop import Course, Standing, roll_policy
from orebook.rolling.policies import POLICIES, PlannedWeek, SolveLimits
from orebook.rolling.results import PolicyResult, Week
from orebook.rolling.shock import Shock
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.solver.lp.stop import Stop

Way = TypeVar("Way")
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
    shocks: tuple[Shock, ...] = ()

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
            course.shocks,
        )

    def write(self, week: Week, planned: PlannedWeek) -> None:
        """A week's plan into its folder, where there is a place for it."""
        if self.weeks_folder is not None and planned.plan is not None:
            texts = {file: text.encode() for file, text in plan_texts(planned.plan).items()}
            write_folder(self.weeks_folder / f"{week.week:03d}", texts)

    def course(self) -> Course:
        """The course again."""
        problem = problem_of(Document.model_validate_json(self.instance), (), self.rules_off)
        model = Model.model_validate_json(self.model)
        return Course(problem, model, self.weeks, self.history, self.start, self.limits, self.events, self.shocks)


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

    return each_way(policies, workers, here, (_begin, (portable,)), stop, _lost, on_policy)


def each_way(
    names: Sequence[str],
    workers: int,
    here: Callable[[str], Way],
    there: tuple[Begin, tuple[Any, ...]],
    stop: Stop,
    lost: Callable[[str, Lost], Way],
    on_way: Callable[[Way], None],
) -> list[Way]:
    """What comes of each way of planning, in the order given: done `here`, or with several workers by what `there` begins.

    After a stop those that were begun; `lost` is what stands for one whose processes kept dying.
    """
    begin, state = there
    alone = workers == 1 or len(names) == 1
    pool = Here(here) if alone else Processes(begin, min(workers, len(names)), state)
    for name in names:
        pool.submit(name)
    found: dict[str, Way] = {}
    for name, answer in pool.as_completed(lambda: stop.asked):
        found[name] = lost(name, answer) if isinstance(answer, Lost) else answer
        on_way(found[name])
    return [found[name] for name in names if name in found]


def _lost(name: str, lost: Lost) -> PolicyResult:
    return PolicyResult(way=name, says=POLICIES[name].says, weeks=(), cover=(), ended=lost.why)


def _roll(portable: PortableCourse, name: str, stop: Stop, on_week: Callable[[Week], None]) -> PolicyResult:
    def write(week: Week, _standing: Standing, planned: PlannedWeek) -> None:
        if name == WRITTEN_POLICY:
            portable.write(week, planned)
        on_week(week)

    return roll_policy(portable.course(), POLICIES[name], stop, write)


def _begin(portable: PortableCourse) -> Callable[[str], PolicyResult]:
    """The work of another process, where nobody hears of weeks."""
    return lambda name: _roll(portable, name, Stop(), lambda _week: None)
