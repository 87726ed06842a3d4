"""A drill run: the weeks planned one after the other, nobody but foresight knowing a later shock, beside other ways.

plan        solved each week, as the desk would
foresight   the same, with every shock known from week 1
thumb       a rule of thumb, which knows no later shock either
calm        the plan of week 1 as it would have gone on, had no shock come
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from orebook.files.models import read_model
from orebook.parallel.workers import Lost
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rolling.carry_on import carrying_on
from orebook.rolling.drill_file import Drill, check_drill, read_drill
from orebook.rolling.drill_record import DrillRecord
from orebook.rolling.drill_results import DrilledWay
from orebook.rolling.drilled import CALM, DrillResult
from orebook.rolling.loop import Course, Standing, roll_policy
from orebook.rolling.policies import POLICIES, PlannedWeek, SolveLimits
from orebook.rolling.results import PolicyResult, Week
from orebook.rolling.run_policies import WRITTEN_POLICY, PortableCourse, each_way
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop

WAYS = {
    "plan": POLICIES["plan"].says,
    "foresight": "solved each week, with every shock known from week 1",
    "thumb": POLICIES["thumb"].says,
    CALM: "the plan of week 1 kept to, had no shock come",
}
"""way -> what it is."""
LEAST_WEEKS, AFTER_WEEKS = 4, 2
"""A drill's weeks where nobody says how many: so many, and so many after its last shock, and no more than the plan has."""
SHARE_S = 25.0
"""Seconds of each solve where nobody says how many."""


@dataclass(frozen=True)
class DrillRequest:
    """A drill, or its file, of so many weeks (None: four at least, and two after its last shock, as far as the plan has them).

    `gap` is relative and `time_limit_s` in seconds, of each solve; the gap is the model's own where None. `workers` are
    processes, a way each.
    """

    drill: Drill | Path
    weeks: int | None = None
    model: str | Path | Model = "weekly"
    gap: float | None = None
    time_limit_s: float = SHARE_S
    workers: int = 1


def run_drill(
    problem: Problem,
    request: DrillRequest,
    *,
    weeks_folder: Path | None = None,
    on_week: Callable[[str, Week], None] = lambda _way, _week: None,
    on_way: Callable[[DrilledWay], None] = lambda _way: None,
    stop: Stop | None = None,
) -> DrillResult:
    """Plan, commit the week, move on to what its shocks have left, and again; beside the other ways.

    In `weeks_folder` each week's plan of the way `plan` is written. `on_week` is called with one worker only. Raises
    InputError for a drill that cannot be read or made.
    """
    stop = stop or Stop()
    drill = read_drill(request.drill) if isinstance(request.drill, Path) else request.drill
    file = request.drill.name if isinstance(request.drill, Path) else "drill"
    weeks = request.weeks or min(problem.weeks, max(LEAST_WEEKS, drill.shocks[-1].week + AFTER_WEEKS))
    check_drill(drill, problem, weeks, file)
    model = request.model if isinstance(request.model, Model) else read_model(request.model)
    limits = SolveLimits(request.gap, request.time_limit_s)
    course = Course(_without_futures(problem), model, weeks, limits=limits, shocks=drill.shocks)
    portable = PortableCourse.of(course, weeks_folder)

    def here(way: str) -> DrilledWay:
        return _drilled(portable, way, stop, lambda week: on_week(way, week))

    found = each_way([*WAYS], request.workers, here, (_begin, (portable,)), stop, _lost, on_way)
    return DrillResult(problem, drill, weeks, tuple(found), complete=not stop.asked and len(found) == len(WAYS))


def _without_futures(problem: Problem) -> Problem:
    """The problem as a drill has it: what may come is what the drill says, and nobody is told."""
    nothing = {"futures": None, "future_changes": None, "hazards": None}
    return problem_of(problem.document.model_copy(update=nothing), problem.changes, problem.rules_off)


def _drilled(portable: PortableCourse, way: str, stop: Stop, on_week: Callable[[Week], None]) -> DrilledWay:
    course = portable.course()
    record = DrillRecord(course.model, max(shock.week for shock in course.shocks))

    def note(week: Week, standing: Standing, planned: PlannedWeek) -> None:
        record.note(week, standing, planned)
        if way == WRITTEN_POLICY:
            portable.write(week, planned)
        on_week(week)

    if way == CALM:
        result = roll_policy(replace(course, shocks=()), carrying_on(way, WAYS[way]), stop, note)
    else:
        result = roll_policy(course, POLICIES[way], stop, note)
    return record.told(result.model_copy(update={"says": WAYS[way]}))


def _begin(portable: PortableCourse) -> Callable[[str], DrilledWay]:
    """The work of another process, where nobody hears of weeks."""
    return lambda way: _drilled(portable, way, Stop(), lambda _week: None)


def _lost(way: str, lost: Lost) -> DrilledWay:
    ended = PolicyResult(way=way, says=WAYS[way], weeks=(), cover=(), ended=lost.why)
    return DrillRecord(read_model("weekly"), 1).told(ended)
