"""What is paid so many weeks after arrival: cash of that week, and none of the plan where that is after its end."""

from __future__ import annotations

import orebook
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rolling.committed import committed
from orebook.rolling.next_week import next_week_document
from tests.builders import make_problem
from tests.judge.cases import decide, judged


def selling(after: int, lead: int = 1, **tables: object) -> Problem:
    """Tin at 100 USD/t, a week on the way, 30 % with the order and the rest so many weeks after arrival; 4 weeks."""
    offer = {"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 20, "order_fee_usd": 5}
    return make_problem(
        {"weeks": 4, "budget_usd": 1100},
        offers=[{**offer, "lead_weeks": lead, "pay_on_order_pct": 30, "pay_after_weeks": after}],
        **tables,  # type: ignore[arg-type]
    )


def test_the_rest_is_cash_of_its_week() -> None:
    """10 t in week 1: 305 USD then, the goods in week 2, and 700 USD in week 2, 3, 4 or after the plan."""
    for after, cash, later in (
        (0, [305, 700, 0, 0], 0),
        (1, [305, 0, 700, 0], 0),
        (2, [305, 0, 0, 700], 0),
        (3, [305, 0, 0, 0], 700),
    ):
        found = judged(selling(after), decide([("a", 1, 10)], [("tin", "store", 2, 10)]))
        assert [w.cash_usd for w in found.cash] == cash
        assert (found.costs.later_usd, found.costs.cash_usd) == (later, 1005 - later)
        assert found.costs.goods_usd == 1000


def test_a_plan_buys_what_is_paid_after_it() -> None:
    """With 400 USD 3 t can be paid for, and 10 t where 700 USD of them fall due after the plan."""
    for after, bought in ((0, 3), (3, 10)):
        plan = orebook.solve(selling(after).change("instance.budget_usd=400"), gap=0)
        assert sum(t.tonnes for t in plan.document.tickets) == bought
        assert plan.document.audited is True
        assert orebook.verify(plan.problem, plan).ok


def test_what_is_still_to_be_paid_falls_due_later() -> None:
    """A week later: 10 t in store, that arrived in week 1, and 700 USD due in the new week 2, of goods that are there."""
    problem = selling(2, lead=0)
    judgement = judged(problem, decide([("a", 1, 10)], [("tin", "store", 1, 10)], draws=[("cash", 1, 305)]))
    after = problem_of(next_week_document(problem, judgement, committed(problem, judgement)))
    assert after.stock["tin", "store"] == 10
    assert [(o.week, o.tonnes, o.due_usd) for o in after.inbound] == [(2, 0, 700)]
    problem = selling(2)
    judgement = judged(problem, decide([("a", 1, 10)], [("tin", "store", 2, 10)], draws=[("cash", 1, 305)]))
    after = problem_of(next_week_document(problem, judgement, committed(problem, judgement)))
    assert sorted((o.week, o.tonnes, o.due_usd) for o in after.inbound) == [(1, 10, 0), (3, 0, 700)]


def test_blank_is_on_arrival() -> None:
    """The digest is that of an instance that does not know the column."""
    assert (
        selling(0).digest
        == make_problem(
            {"weeks": 4, "budget_usd": 1100},
            offers=[
                {
                    "offer": "a",
                    "house": "traxys",
                    "mineral": "tin",
                    "lot_t": 1,
                    "max_week_t": 20,
                    "order_fee_usd": 5,
                    "lead_weeks": 1,
                }
                | {"pay_on_order_pct": 30}
            ],
        ).digest
    )
    assert selling(1).digest != selling(0).digest
