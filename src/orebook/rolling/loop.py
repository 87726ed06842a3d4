"""The loop: plan, commit the first week, move on a week with the price that came true, and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from orebook.errors import NoPlanError, SolveError
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rolling.as_it_stands import as_it_stands
from orebook.rolling.coming_true import Event, Moved, News, a_week_nearer, come_true
from orebook.rolling.committed import Committed, UnderWay, committed
from orebook.rolling.foreseen import foreseen
from orebook.rolling.frozen_lost import without_stranded
from orebook.rolling.history import History
from orebook.rolling.later_futures import later_futures
from orebook.rolling.next_week import next_week_document
from orebook.rolling.policies import PlannedWeek, Policy, SolveLimits
from orebook.rolling.results import FinalCover, PolicyResult, Week
from orebook.rolling.shock import Shock
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop


@dataclass(frozen=True)
class Standing:
    """Where a week begins: its problem, the goods ordered in the weeks before that are under way, and what has come true.

    `moved`: such goods that what came true since the week before made late, or lost. `lost_t`: tonnes of the lost ones.
    """

    problem: Problem
    goods: tuple[UnderWay, ...]
    lost_t: float
    says: str
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class Course:
    """What is rolled: a problem under a model, for so many weeks from a Monday, with the prices and events that come true.

    `shocks` come true by the number of their week, and need no Monday.
    """

    problem: Problem
    model: Model
    weeks: int
    history: History | None = None
    start: date | None = None
    limits: SolveLimits = field(default_factory=SolveLimits)
    events: tuple[Event, ...] = ()
    shocks: tuple[Shock, ...] = ()

    def first(self, policy: Policy) -> Standing:
        """Where the first week begins: what has come true by then is known."""
        problem = self._known(self.problem, policy, 0)
        before = [e for e in self.events if self.start and e.day <= self.start]
        return self._after_events(problem, (), [*before, *self._shocks_of(1)])

    def planned(self, policy: Policy, problem: Problem, k: int, stop: Stop) -> PlannedWeek:
        """The plan of `k` weeks after the first; with foresight the shocks of later weeks are known, and act in theirs."""
        week = k + 1
        coming = [(s.week - k, news) for s in self.shocks if s.week > week for news in s.news(week)]
        world = foreseen(problem, coming) if policy.foresight else problem
        planned = policy.plan(world, self.model, self.limits.of_week(k), stop)
        if world is problem or planned.plan is None:
            return planned
        governing = problem.governing(self.model)
        return replace(planned, judgement=as_it_stands(problem, governing, planned.plan))

    def next_standing(
        self, standing: Standing, planned: PlannedWeek, week: Committed, policy: Policy, k: int
    ) -> Standing:
        """Where `k` weeks after the first begin, after a plan of the week before."""
        problem = standing.problem
        document = next_week_document(problem, planned.judgement, week)
        known = self._known(problem_of(document, (), problem.rules_off), policy, k)
        goods = a_week_nearer((*standing.goods, *week.under_way))
        after = self._after_events(known, goods, self._events_of(k))
        later = later_futures(problem, after.problem.document)  # again: prices and events are others than were expected
        there = problem_of(later.put_into(after.problem.document), (), problem.rules_off)
        return replace(after, problem=there, says="; ".join(filter(None, (after.says, later.says))))

    def _events_of(self, k: int) -> list[News]:
        """What comes true in the week before the one `k` weeks after the first, by its Monday; and shocks of that one."""
        shocks = self._shocks_of(k + 1)
        if self.start is None:
            return shocks
        before, monday = (self.start + timedelta(weeks=w) for w in (k - 1, k))
        return [*(event for event in self.events if before < event.day <= monday), *shocks]

    def _shocks_of(self, week: int) -> list[News]:
        return [news for shock in self.shocks if shock.week == week for news in shock.news(week)]

    def _after_events(self, problem: Problem, goods: Sequence[UnderWay], events: Sequence[News]) -> Standing:
        came = without_stranded(problem, come_true(problem, goods, events), events, self.model)
        return Standing(came.problem, came.goods, came.lost_t, came.says, came.moved)

    def _known(self, problem: Problem, policy: Policy, k: int) -> Problem:
        if self.history is None or self.start is None:
            return problem
        weeks = problem.weeks if policy.foresight else 1
        document = self.history.applied(problem.document, self.start + timedelta(weeks=k), weeks)
        return problem_of(document, (), problem.rules_off)


def roll_policy(
    course: Course,
    policy: Policy,
    stop: Stop,
    on_week: Callable[[Week, Standing, PlannedWeek], None] = lambda _w, _s, _d: None,
) -> PolicyResult:
    """A policy, week after week; where a week has no plan, or it is stopped, what came before it."""
    standing, weeks, ended = course.first(policy), list[Week](), ""
    targets = _target_days(course.problem)
    cover = _cover(standing.problem, targets)
    for k in range(course.weeks):
        began, problem = time.perf_counter(), standing.problem
        try:
            planned = course.planned(policy, problem, k, stop)
        except (NoPlanError, SolveError) as error:
            ended = f"week {k + 1}: {error}"
            break
        if stop.asked:
            ended = f"week {k + 1}: stopped"
            break
        first_week = committed(problem, planned.judgement)
        following = course.next_standing(standing, planned, first_week, policy, k + 1)
        cover = _cover(following.problem, targets)
        changes = planned.judgement.measures.get("changes")
        week = Week(
            week=k + 1,
            monday=problem.start,
            status=planned.status,
            orders=len(first_week.tickets),
            changed=None if k == 0 or changes is None else int(changes),
            breaches=planned.breaches,
            futures=len(problem.futures),
            lost_t=standing.lost_t,
            says=standing.says,
            cash_usd=float(first_week.cash_usd),
            total_usd=float(first_week.total_usd),
            short=_short(problem, cover, lambda a: a.days),
            short_with_inbound=_short(problem, cover, lambda a: a.days_with_inbound),
            seconds=time.perf_counter() - began,
        )
        weeks.append(week)
        on_week(week, standing, planned)
        standing = following
    return PolicyResult(way=policy.name, says=policy.says, weeks=tuple(weeks), cover=cover, ended=ended)


def _target_days(problem: Problem) -> dict[str, float]:
    """The most days that any target of a mineral wants."""
    found: dict[str, float] = {}
    for target in problem.targets:
        found[target.mineral] = max(found.get(target.mineral, 0.0), target.days)
    return found


def _cover(problem: Problem, targets: dict[str, float]) -> tuple[FinalCover, ...]:
    """Days of cover at the start of a problem, of minerals that it has and that are used in it."""
    found = []
    for mineral, days in targets.items():
        row = problem.minerals.get(mineral)
        if row is None or not row.use_t_per_day:
            continue
        use = row.use_t_per_day
        held = sum(t for (i, _), t in problem.stock.items() if i == mineral)
        coming = sum(o.tonnes for o in problem.inbound if o.mineral == mineral)
        found.append(
            FinalCover(mineral=mineral, days=held / use, days_with_inbound=(held + coming) / use, aim_days=days)
        )
    return tuple(found)


def _short(problem: Problem, cover: tuple[FinalCover, ...], days: Callable[[FinalCover], float]) -> float:
    return sum(problem.minerals[a.mineral].criticality * max(0.0, a.aim_days - days(a)) for a in cover)
