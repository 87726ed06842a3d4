"""The loop: plan, commit the first week, move on a week with the price that came true, and again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from orebook.errors import NoPlanError, SolveError
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rolling.committed import Committed, committed
from orebook.rolling.history import History
from orebook.rolling.next_week import moved_on
from orebook.rolling.policies import Limits, Planned, Way
from orebook.rolling.results import Aim, Rolled, Week
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop


@dataclass(frozen=True)
class Course:
    """What is rolled: a problem under a model, for so many weeks from a Monday, with the prices that come true."""

    problem: Problem
    model: Model
    weeks: int
    history: History | None = None
    start: date | None = None
    limits: Limits = field(default_factory=Limits)

    def first(self, way: Way) -> Problem:
        """The problem of the first week."""
        return self._known(self.problem, way, 0)

    def following(self, problem: Problem, planned: Planned, week: Committed, way: Way, k: int) -> Problem:
        """The problem `k` weeks after the first, after a plan of the week before."""
        document = moved_on(problem, planned.judgement, week)
        return self._known(problem_of(document, (), problem.rules_off), way, k)

    def _known(self, problem: Problem, way: Way, k: int) -> Problem:
        if self.history is None or self.start is None:
            return problem
        weeks = problem.weeks if way.foresight else 1
        document = self.history.applied(problem.document, self.start + timedelta(weeks=k), weeks)
        return problem_of(document, (), problem.rules_off)


def rolled(
    course: Course, way: Way, stop: Stop, on_week: Callable[[Week, Problem, Planned], None] = lambda _w, _p, _d: None
) -> Rolled:
    """A way of planning, week after week; where a week has no plan, or it is stopped, what came before it."""
    problem, weeks, ended = course.first(way), list[Week](), ""
    aims = _aims(course.problem)
    cover = _cover(problem, aims)
    for k in range(course.weeks):
        began = time.perf_counter()
        try:
            planned = way.plan(problem, course.model, course.limits, stop)
        except (NoPlanError, SolveError) as error:
            ended = f"week {k + 1}: {error}"
            break
        if stop.asked:
            ended = f"week {k + 1}: stopped"
            break
        done = committed(problem, planned.judgement)
        after = course.following(problem, planned, done, way, k + 1)
        cover = _cover(after, aims)
        changes = planned.judgement.measures.get("changes")
        week = Week(
            week=k + 1,
            monday=problem.start,
            status=planned.status,
            orders=len(done.tickets),
            changed=None if k == 0 or changes is None else int(changes),
            breaches=planned.breaches,
            cash_usd=float(done.cash_usd),
            total_usd=float(done.total_usd),
            short=_short(problem, cover, lambda a: a.days),
            short_with_inbound=_short(problem, cover, lambda a: a.days_with_inbound),
            seconds=time.perf_counter() - began,
        )
        weeks.append(week)
        on_week(week, problem, planned)
        problem = after
    return Rolled(way=way.name, says=way.says, weeks=tuple(weeks), cover=cover, ended=ended)


def _aims(problem: Problem) -> dict[str, float]:
    """The most days that any target of a mineral wants."""
    found: dict[str, float] = {}
    for target in problem.targets:
        found[target.mineral] = max(found.get(target.mineral, 0.0), target.days)
    return found


def _cover(problem: Problem, aims: dict[str, float]) -> tuple[Aim, ...]:
    """Days of cover at the start of a problem."""
    found = []
    for mineral, days in aims.items():
        use = problem.minerals[mineral].use_t_per_day
        held = sum(t for (i, _), t in problem.stock.items() if i == mineral)
        coming = sum(o.tonnes for o in problem.inbound if o.mineral == mineral)
        found.append(Aim(mineral=mineral, days=held / use, days_with_inbound=(held + coming) / use, aim_days=days))
    return tuple(found)


def _short(problem: Problem, cover: tuple[Aim, ...], days: Callable[[Aim], float]) -> float:
    return sum(problem.minerals[a.mineral].criticality * max(0.0, a.aim_days - days(a)) for a in cover)
