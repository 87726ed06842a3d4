"""Ways rolled over workers, a way a task; the plans of the first way are written as they come."""

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
from orebook.rolling.history import History
from orebook.rolling.loop import Course, rolled
from orebook.rolling.policies import WAYS, Limits, Planned
from orebook.rolling.results import Rolled, Week
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.solver.lp.stop import Stop

KEPT = "plan"
"""The way whose plans are written."""


@dataclass(frozen=True)
class Sent:
    """A course as another process can read it; `weeks_folder` is where the plans of `KEPT` go, a folder a week."""

    instance: str
    rules_off: frozenset[RuleName]
    model: str
    weeks: int
    history: History | None
    start: date | None
    limits: Limits
    weeks_folder: Path

    @classmethod
    def of(cls, course: Course, weeks_folder: Path) -> Sent:
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
        )

    def course(self) -> Course:
        """The course again."""
        problem = problem_of(Document.model_validate_json(self.instance), (), self.rules_off)
        model = Model.model_validate_json(self.model)
        return Course(problem, model, self.weeks, self.history, self.start, self.limits)


def all_rolled(
    sent: Sent,
    ways: Sequence[str],
    workers: int,
    stop: Stop,
    on_week: Callable[[str, Week], None],
    on_way: Callable[[Rolled], None],
) -> list[Rolled]:
    """Every way, in the order asked for; after a stop those that were begun. `on_week` is heard with one worker only."""

    def here(name: str) -> Rolled:
        return _rolled(sent, name, stop, lambda week: on_week(name, week))

    alone = workers == 1 or len(ways) == 1
    pool = Here(here) if alone else Processes(_work, min(workers, len(ways)), _open, (sent,))
    for name in ways:
        pool.submit(name)
    found: dict[str, Rolled] = {}
    for name, answer in pool.as_completed(lambda: stop.asked):
        way = WAYS[name]
        lost = isinstance(answer, Lost)
        found[name] = Rolled(way=name, says=way.says, weeks=(), cover=(), ended=answer.why) if lost else answer
        on_way(found[name])
    return [found[name] for name in ways if name in found]


def _rolled(sent: Sent, name: str, stop: Stop, on_week: Callable[[Week], None]) -> Rolled:
    def keep(week: Week, _problem: Problem, planned: Planned) -> None:
        if name == KEPT and planned.plan is not None:
            texts = {file: text.encode() for file, text in plan_texts(planned.plan).items()}
            write_folder(sent.weeks_folder / f"{week.week:03d}", texts)
        on_week(week)

    return rolled(sent.course(), WAYS[name], stop, keep)


_sent: Sent | None = None


def _open(sent: Sent) -> None:
    global _sent  # noqa: PLW0603 - a worker has one course
    _sent = sent


def _work(name: str) -> Rolled:
    assert _sent is not None
    return _rolled(_sent, name, Stop(), lambda _w: None)
