"""Weeks rolled on: what is committed stays, money adds up, and the prices that come true are those of the file."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import orebook
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.rolling.history import History, read_history
from orebook.rolling.loop import Course, Standing, roll_policy
from orebook.rolling.policies import POLICIES, PlannedWeek, SolveLimits
from orebook.rolling.results import PolicyResult, Week
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop
from tests.builders import make_problem

MONDAY = date(2026, 2, 9)


def one_metal() -> Problem:
    """10 days of tin wanted in week 3, 1 t a day; one house, lots of a tonne, no lead."""
    return make_problem(
        {"weeks": 3, "start": MONDAY},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "target_days": 10}],
        houses=[{"house": "a"}],
        offers=[{"offer": "o", "house": "a", "mineral": "tin", "lot_t": 1, "max_week_t": 6}],
    )


def prices(**by_day: float) -> History:
    """A history of tin: d2026_02_09=100."""
    days = tuple(date.fromisoformat(day[1:].replace("_", "-")) for day in by_day)
    return History({"tin": (days, tuple(by_day.values()))})


def roll(course: Course, policy: str) -> tuple[PolicyResult, list[tuple[Problem, PlannedWeek]]]:
    """A policy rolled on, with each week's problem and plan."""
    seen: list[tuple[Problem, PlannedWeek]] = []

    def keep(_week: Week, standing: Standing, planned: PlannedWeek) -> None:
        seen.append((standing.problem, planned))

    return roll_policy(course, POLICIES[policy], Stop(), keep), seen


def course(weeks: int, history: History | None, model: Model | None = None) -> Course:
    """A course of `one_metal` to the last cent."""
    return Course(one_metal(), model or orebook.read_model("weekly"), weeks, history, MONDAY, SolveLimits(gap=0.0))


def test_a_rise_that_is_foreseen_is_bought_ahead_of() -> None:
    """Tin at 100, then 200: who sees it buys the 6 t that a week allows at once, and 4 t at 200; nobody can do better."""
    history = prices(d2026_02_09=100, d2026_02_16=200)
    seeing, _ = roll(course(3, history), "foresight")
    blind, _ = roll(course(3, history), "plan")
    assert seeing.weeks[0].cash_usd == 600
    assert seeing.weeks[0].short == 4  # 6 of 10 days
    assert seeing.cash_usd == pytest.approx(1400)
    assert blind.cash_usd >= seeing.cash_usd - 1e-6
    for found in (seeing, blind):
        assert found.weeks[-1].short == 0
        assert [(a.mineral, a.days) for a in found.cover] == [("tin", 10)]


def test_each_week_knows_todays_price_and_no_other() -> None:
    """Without foresight the last price is expected to hold."""
    history = prices(d2026_01_01=90, d2026_02_16=120, d2026_02_25=80)
    _, seen = roll(course(4, history), "plan")
    assert [[p.benchmark["tin", w] for w in (1, 2, 3)] for p, _ in seen] == [[90] * 3, [120] * 3, [120] * 3, [80] * 3]
    _, seen = roll(course(2, history), "foresight")
    assert [[p.benchmark["tin", w] for w in (1, 2, 3)] for p, _ in seen] == [[90, 120, 120], [120, 120, 80]]


def test_what_a_week_commits_is_there_a_week_later() -> None:
    """Stock at the start of each week is what the weeks before bought, and cash what they paid."""
    found, seen = roll(course(3, prices(d2026_02_09=100)), "thumb")
    bought = 0.0
    for (problem, planned), week in zip(seen, found.weeks, strict=True):
        assert sum(problem.stock.values()) == pytest.approx(bought)
        first = [t for t in planned.judgement.tickets if t.week == 1]
        bought += sum(t.tonnes for t in first)
        assert week.cash_usd == pytest.approx(sum(t.order_cash_usd for t in first))
    assert bought == 10


def test_the_prior_plan_is_the_last_weeks_plan() -> None:
    """With nothing changed in the world no order changes."""
    found, seen = roll(course(3, prices(d2026_02_09=100)), "plan")
    assert [w.changed or 0 for w in found.weeks] == [0, 0, 0]
    for (_, before), (after, _) in pairwise(seen):
        later = {(t.offer, t.week - 1): t.tonnes for t in before.judgement.tickets if t.week > 1}
        assert dict(after.prior) == later


def test_frozen_orders_that_leave_no_plan_are_thawed() -> None:
    """A price that doubles makes a frozen order dearer than the loan there is: the week is planned without it, and says so."""
    problem = one_metal().change(
        "funding+=source:loan,limit_usd:1050",
        "instance.frozen_weeks=1",
        "prior+=offer:o,week:1,tonnes:6",
        "offers.o.max_t=6",
    )
    history = prices(d2026_02_09=100, d2026_02_16=200)
    start = Course(problem, orebook.read_model("weekly"), 1, history, date(2026, 2, 16), SolveLimits(gap=0.0))
    found, _ = roll(start, "plan")
    assert found.weeks[0].status == "optimal, thawed"
    assert found.weeks[0].cash_usd <= 1050


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mineral,date,price_usd_per_t\ntim,2026-01-01,1\n", 'did you mean "tin"'),
        ("mineral,date,price_usd_per_t\ntin,January,1\n", "is no date"),
        ("mineral,date,price_usd_per_t\ntin,2026-01-01,-1\n", "is no price"),
        ("mineral,date,price_usd_per_t\ntin,2026-01-01,1\ntin,2026-01-01,2\n", "keep one"),
        ("mineral,day,price\ntin,2026-01-01,1\n", "write mineral, date, price_usd_per_t"),
    ],
)
def test_a_history_that_cannot_be_read_says_where(tmp_path: Path, text: str, says: str) -> None:
    """File, line and mend."""
    path = tmp_path / "h.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_history(path, one_metal())
    assert says in str(error.value.findings[0])
    assert "h.csv" in str(error.value.findings[0])
