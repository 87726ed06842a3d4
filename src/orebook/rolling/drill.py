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
from orebook.rolling.policies import POLICIES, PlannedWeek, Policy, SolveLimits
from orebook.rolling.results import PolicyResult, Week
from orebook.rolling.run_policies import WRITTEN_POLICY, PortableCourse, each_way
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop
from orebook.solver.parameters import TimeShares

WAYS = {
    "plan": POLICIES["plan"].says,
    "foresight": "solved each week, with every shock known from week 1",
    "thumb": POLICIES["thumb"].says,
    CALM: "the plan of week 1 kept to, had no shock come",
}
"""way -> what it is."""
LEAST_WEEKS, AFTER_WEEKS = 4, 2
"""A drill's weeks where nobody says how many: so many, and so many after its last shock, and no more than the plan has."""
SHARE_S, FIRST_TIMES = 22.0, 2.0
"""Seconds of each solve where nobody says how many, and how many times that the first week has."""
COVER_FIRST = TimeShares(earlier_stage=0.9, tie_breaking_reserve=0.02)
"""In an emergency cover has what time there is; what it costs, and that plans are alike, come after."""
OnWeek = Callable[[str, Week], None]
"""Hears of a way's week as it is committed."""


@dataclass(frozen=True)
class DrillRequest:
    """A drill, or its file, of so many weeks (None: four at least, and two after its last shock, as far as the plan has them).

    `gap` is relative and `time_limit_s` in seconds, of each solve, twice as many in the first week, which begins from no
    plan; the gap is the model's own where None. `workers` are processes, a way each.
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
    on_week: OnWeek = lambda _way, _week: None,
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
    limits = SolveLimits(request.gap, request.time_limit_s, COVER_FIRST, FIRST_TIMES)
    course = Course(_without_futures(problem), model, weeks, limits=limits, shocks=drill.shocks)
    portable = PortableCourse.of(course, weeks_folder)

    def here(way: str) -> tuple[DrilledWay, ...]:
        return _drilled(portable, way, stop, on_week)

    def told(ways: tuple[DrilledWay, ...]) -> None:
        for way in ways:
            on_way(way)

    solved = [way for way in WAYS if way != CALM]
    found = each_way(solved, request.workers, here, (_begin, (portable,)), stop, _lost, told)
    by_name = {way.way: way for ways in found for way in ways}
    ways = tuple(by_name[name] for name in WAYS if name in by_name)
    return DrillResult(problem, drill, weeks, ways, complete=not stop.asked and len(ways) == len(WAYS))


def _without_futures(problem: Problem) -> Problem:
    """The problem as a drill has it: what may come is what the drill says, and nobody is told."""
    nothing = {"futures": None, "future_changes": None, "hazards": None}
    return problem_of(problem.document.model_copy(update=nothing), problem.changes, problem.rules_off)


def _drilled(portable: PortableCourse, way: str, stop: Stop, on_week: OnWeek) -> tuple[DrilledWay, ...]:
    """A way; with the plan goes the calm, which is its first week's plan kept to."""
    course, first = portable.course(), list[PlannedWeek]()

    def write(week: Week, planned: PlannedWeek) -> None:
        first.append(planned)
        if way == WRITTEN_POLICY:
            portable.write(week, planned)

    found = _rolled(course, course, POLICIES[way], way, stop, on_week, write)
    if way != "plan":
        return (found,)
    same = first[0] if first and course.shocks[0].week > 1 else None  # with a shock in week 1 its first week is another
    calm = replace(course, shocks=())
    return found, _rolled(calm, course, carrying_on(CALM, WAYS[CALM], same), CALM, stop, on_week, lambda _w, _p: None)


def _rolled(
    course: Course,
    drilled: Course,
    policy: Policy,
    way: str,
    stop: Stop,
    on_week: OnWeek,
    on_plan: Callable[[Week, PlannedWeek], None],
) -> DrilledWay:
    """A course rolled by a way; `drilled` is the one with the drill's shocks."""
    record = DrillRecord(course.model, drilled.shocks[-1].week)

    def note(week: Week, standing: Standing, planned: PlannedWeek) -> None:
        record.note(week, standing, planned)
        on_plan(week, planned)
        on_week(way, week)

    result = roll_policy(course, policy, stop, note)
    return record.told(result.model_copy(update={"way": way, "says": WAYS[way]}))


def _begin(portable: PortableCourse) -> Callable[[str], tuple[DrilledWay, ...]]:
    """The work of another process, where nobody hears of weeks."""
    return lambda way: _drilled(portable, way, Stop(), lambda _way, _week: None)


def _lost(way: str, lost: Lost) -> tuple[DrilledWay, ...]:
    names = (way, CALM) if way == "plan" else (way,)
    ended = (PolicyResult(way=name, says=WAYS[name], weeks=(), cover=(), ended=lost.why) for name in names)
    return tuple(DrillRecord(read_model("weekly"), 1).told(result) for result in ended)
