"""Use that is drawn: every member takes seven days of it every week, besides what is written down."""

from __future__ import annotations

import orebook
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rolling.committed import committed
from orebook.rolling.next_week import next_week_document
from tests.builders import make_problem

USE = [
    {"member": "cars", "mineral": "tin", "daily_use_t": 0.1},
    {"member": "engines", "mineral": "tin", "daily_use_t": 0.3},
]


def drawing(**head: object) -> Problem:
    """Tin by two members, zinc by nobody in particular, lead that is not drawn; 2 weeks."""
    return make_problem(
        {"weeks": 2, "target_days": 0, **head},
        minerals=[
            {"mineral": "tin", "price_usd_per_t": 100},
            {"mineral": "zinc", "price_usd_per_t": 10, "daily_use_t": 2},
            {"mineral": "lead", "price_usd_per_t": 10, "daily_use_t": 5, "use_draws": "no"},
        ],
        use=USE,
        stock=[{"mineral": m, "site": "store", "tonnes": 100} for m in ("tin", "zinc", "lead")],
        withdrawals=[{"withdrawal": "more", "member": "cars", "mineral": "tin", "week": 1, "tonnes": 4}],
    )


def test_seven_days_of_use_are_drawn_every_week() -> None:
    """0.7 and 2.1 t of tin, 14 t of zinc, none of lead, in each of two weeks; 4 t more of tin that are written down."""
    drawn = {(j.member, j.mineral, j.week, j.tonnes) for j in drawing(use_draws="yes").withdrawals.values()}
    assert drawn == {
        ("cars", "tin", 1, 4.0),
        *(("cars", "tin", week, 0.7) for week in (1, 2)),
        *(("engines", "tin", week, 2.1) for week in (1, 2)),
        *((None, "zinc", week, 14.0) for week in (1, 2)),
    }
    assert [j.name for j in drawing().withdrawals.values()] == ["more"]
    assert drawing().digest == drawing(use_draws="no").digest != drawing(use_draws="yes").digest


def test_a_mineral_may_be_drawn_alone() -> None:
    """Its own column says so, whatever the instance does."""
    problem = drawing().change("minerals.zinc.use_draws=yes")
    assert {j.mineral for j in problem.withdrawals.values() if j.name != "more"} == {"zinc"}


def test_the_plan_serves_it_and_the_next_week_has_its_own() -> None:
    """All is served; a week later both weeks of the plan are drawn again, and what was written for week 1 is behind."""
    problem = drawing(use_draws="yes")
    plan = orebook.solve(problem, audit=False)
    assert plan.document.stages[0].value == 0
    assert {c.kind for c in plan.document.withdrawals} == {"take"}
    week = committed(problem, plan.judgement)
    after = problem_of(next_week_document(problem, plan.judgement, week))
    assert sorted(j.week for j in after.withdrawals.values()) == [1, 1, 1, 2, 2, 2]
    assert after.stock["zinc", "store"] == 86
