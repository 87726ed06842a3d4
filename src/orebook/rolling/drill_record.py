"""A way of planning as it is drilled: each week is noted as it is committed, and told once all are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.explanations.engine.reach import Open, full_weeks, open_after, spent_weeks
from orebook.explanations.engine.whole_again import Reach, whole_from
from orebook.judge import Judgement
from orebook.problem import Problem
from orebook.rolling.drill_results import Asked, CoverByWeek, DrilledWay, Order, Struck, TargetWhole
from orebook.rolling.loop import Standing
from orebook.rolling.policies import PlannedWeek
from orebook.rolling.results import PolicyResult, Week
from orebook.schema.model import Model
from orebook.schema.plan import Ticket


class DrillRecord:
    """What is noted of a way; `last_shock` is the week from which on it is asked what keeps targets from being whole."""

    def __init__(self, model: Model, last_shock: int) -> None:
        self._model, self._last_shock = model, last_shock
        self._weeks: list[tuple[Problem, Judgement]] = []
        self._struck: list[Struck] = []
        self._served: list[Asked] = []
        self._orders: list[Order] = []
        self._wanted: dict[tuple[str, int], float] = {}
        self._open: Open | None = None

    def note(self, week: Week, standing: Standing, planned: PlannedWeek) -> None:
        """A week, as it is committed."""
        problem, judgement, k = standing.problem, planned.judgement, week.week - 1
        self._struck += _struck(standing, k)
        self._served += _served(problem, judgement, week.week)
        self._orders += [_order(ticket, k) for ticket in judgement.tickets if ticket.week == 1]
        self._weeks.append((problem, judgement))
        last = self._weeks[0][0].weeks  # a target of a later week is a past one that is wanted again
        self._wanted |= {(t.mineral, t.week + k): t.days for t in problem.targets if t.week + k <= last}
        if week.week == self._last_shock:
            self._open = open_after(problem, self._model, judgement)

    def told(self, result: PolicyResult) -> DrilledWay:
        """The way, once its last week is noted."""
        cover = tuple(self._cover()) if self._weeks else ()
        return DrilledWay(
            way=result.way,
            says=result.says,
            weeks=result.weeks,
            seen_to=len(self._weeks) - 1 + self._weeks[-1][0].weeks if self._weeks else 0,
            struck=tuple(self._struck),
            withdrawals=tuple(self._served),
            orders=tuple(self._orders),
            cover=cover,
            targets=tuple(self._targets({row.mineral: row for row in cover})),
            ended=result.ended,
        )

    def _cover(self) -> Iterator[CoverByWeek]:
        first, (last, plan) = self._weeks[0][0], self._weeks[-1]
        for mineral, row in first.minerals.items():
            if not row.use_t_per_day:
                continue
            held = sum(tonnes for (i, _), tonnes in first.stock.items() if i == mineral)
            yield CoverByWeek(
                mineral=mineral,
                users=_users(first, mineral),
                start_days=held / row.use_t_per_day,
                days=tuple(self._days(problem, judgement, mineral, 1) for problem, judgement in self._weeks),
                planned_days=tuple(self._days(last, plan, mineral, w) for w in range(2, last.weeks + 1)),
            )

    def _targets(self, cover: dict[str, CoverByWeek]) -> Iterator[TargetWhole]:
        reach = self._reach()
        for (mineral, week), wanted in sorted(self._wanted.items()):
            if mineral not in cover:
                continue  # used only since a shock
            whole = whole_from(cover[mineral].all_days, wanted)
            kept_by, says = reach.keeps(mineral, wanted, week, whole) if reach else ((), "")
            expected = (
                self._days(problem, judgement, mineral, week - k)
                for k, (problem, judgement) in enumerate(self._weeks)
                if week - k >= 1
            )
            yield TargetWhole(
                mineral=mineral,
                week=week,
                days=wanted,
                criticality=self._weeks[-1][0].minerals[mineral].criticality,
                expected_days=tuple(expected),
                whole_from=whole,
                kept_by=kept_by,
                says=says,
            )

    def _days(self, problem: Problem, judgement: Judgement, mineral: str, week: int) -> float:
        """Days of cover in store at the end of a week of the plan; days of its first use, where nobody uses it."""
        first = self._weeks[0][0].minerals[mineral].use_t_per_day
        row = problem.minerals.get(mineral)
        return _held(problem, judgement, mineral, week) / ((row.use_t_per_day if row else 0.0) or first)

    def _reach(self) -> Reach | None:
        """None where the way ended before the last shock came."""
        if self._open is None:
            return None
        spent, full = (defaultdict[str, set[int]](set) for _ in range(2))
        for k, (problem, judgement) in enumerate(self._weeks):
            last = k == len(self._weeks) - 1  # of which later weeks count too: they are what is meant now
            for found, weeks in (
                (spent, spent_weeks(problem, judgement, self._open.least_usd)),
                (full, full_weeks(problem, judgement)),
            ):
                for mineral, which in weeks.items():
                    found[mineral] |= {w + k for w in which if w == 1 or last}
        return Reach(self._last_shock, self._open.days, spent, full)


def _held(problem: Problem, judgement: Judgement, mineral: str, week: int) -> float:
    """Tonnes in store at the end of a week of the plan."""
    return sum(float(judgement.stock.get((mineral, site, week), 0)) for site in problem.sites)


def _users(problem: Problem, mineral: str) -> tuple[str, ...]:
    rows = [row for row in problem.document.rows("use") if row.mineral == mineral and row.daily_use_t]
    return tuple(row.member for row in sorted(rows, key=lambda row: (-row.daily_use_t, row.member)))


def _struck(standing: Standing, k: int) -> Iterator[Struck]:
    for moved in standing.moved:
        goods = moved.goods
        yield Struck(
            week=k + 1,
            mineral=goods.mineral,
            origin=goods.origin,
            tonnes=float(goods.tonnes),
            was_to_arrive=goods.week + k,
            arrives=None if moved.arrives is None else moved.arrives + k,
            paid_usd=float(goods.paid_usd),
        )


def _served(problem: Problem, judgement: Judgement, week: int) -> Iterator[Asked]:
    told = {row.withdrawal: row for row in judgement.withdrawals}
    use = {(row.member, row.mineral): row.daily_use_t for row in problem.document.rows("use")}
    for asked in problem.withdrawals.values():
        if asked.week != 1:
            continue
        served = told[asked.name]
        unmet = served.asked_t - served.served_t
        own = use.get((asked.member or "", asked.mineral))
        yield Asked(
            week=week,
            withdrawal=asked.name,
            member=asked.member,
            mineral=asked.mineral,
            kind=served.kind,
            asked_t=served.asked_t,
            served_t=served.served_t,
            days=unmet / own if own else None,
            kept_by=served.kept_by,
        )


def _order(ticket: Ticket, k: int) -> Order:
    return Order(
        week=k + 1,
        offer=ticket.offer,
        house=ticket.house,
        mineral=ticket.mineral,
        origin=ticket.origin,
        tonnes=ticket.tonnes,
        arrives=None if ticket.arrives is None else ticket.arrives + k,
        order_cash_usd=ticket.order_cash_usd,
    )
