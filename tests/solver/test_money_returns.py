"""Plans with money that comes in, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

import orebook
from orebook.errors import NoPlanError
from orebook.formulation.build import build
from orebook.plan import Plan
from orebook.problem import Problem
from tests.builders import make_problem
from tests.formulation.models import model

RULES = ("offers", "storage", "budget", "funding", "commit")


def case(weeks: int, commits: dict[int, int], *funding: dict[str, Any], pays: float = 50, **head: Any) -> Problem:
    """Tin at 100 USD/t, so many tonnes of which have to be bought in these weeks; 4 t in store are asked for in week 2,
    and pay so much a tonne."""
    terms = {"house": "traxys", "mineral": "tin", "lot_t": 1, "price_usd_per_t": 100}
    return make_problem(
        {"weeks": weeks, "target_days": 0, **head},
        offers=[
            {**terms, "offer": f"o{w}", "from_week": w, "to_week": w, "commit_t": t, "max_t": t}
            for w, t in commits.items()
        ],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": pays}],
        funding=list(funding) or [{"source": "loan"}],
    )


def solved(problem: Problem) -> Plan:
    """The best plan, which the judge confirms as a file too."""
    plan = orebook.solve(problem, model(*RULES, stages=("unmet", "cost")), gap=0.0, audit=False)
    assert plan.status == "optimal"
    assert orebook.verify(problem, plan.document, plan.model).ok
    return plan


def money(plan: Plan) -> tuple[list[tuple[str, int, float]], list[tuple[str, int, float]], list[tuple[int, float]]]:
    """Draws, repays, and what lies idle."""
    d = plan.document
    return (
        [(x.source, x.week, x.usd) for x in d.draws],
        [(x.source, x.week, x.usd) for x in d.repays],
        [(x.week, x.usd) for x in d.idle],
    )


def test_a_loan_is_paid_back_by_what_comes_in() -> None:
    """600 are drawn in week 1 at 1 % a week; 200 come in in week 2 and go back: 6 + 4 + 4 = 14 USD of interest, not 18."""
    plan = solved(case(3, {1: 6}, {"source": "loan", "rate_pct": 52}))
    assert money(plan) == ([("loan", 1, 600)], [("loan", 2, 200)], [])
    assert [(r.week, r.usd, r.withdrawal) for r in plan.document.receipts] == [(2, 200, "j")]
    assert (plan.costs.interest_usd, plan.costs.total_usd) == (14, 600 - 200 + 14)


def test_money_lies_idle_where_nothing_is_drawn() -> None:
    """200 come in in week 2: 100 pay for week 3, 100 are left."""
    plan = solved(case(3, {3: 1}, {"source": "loan", "rate_pct": 52}))
    assert money(plan) == ([], [], [(2, 200), (3, 100)])
    assert plan.costs.total_usd == 100 - 200


def test_the_dearest_loan_is_paid_back_and_the_cheapest_drawn() -> None:
    """`dear`, of which 300 are drawn, costs 2 % a week, `cheap` 1 %: the 200 of week 2 go back to `dear`, its 100 to pay
    are drawn from `cheap`."""
    funding = ({"source": "cheap", "rate_pct": 52}, {"source": "dear", "rate_pct": 104, "drawn_usd": 300})
    plan = solved(case(3, {2: 1}, *funding))
    assert money(plan) == ([("cheap", 2, 100)], [("dear", 2, 200)], [])
    # 6 + 2 + 2 of dear, 0 + 1 + 1 of cheap
    assert plan.costs.interest_usd == pytest.approx(12)


def test_a_limit_is_drawn_again_after_it_was_paid_back() -> None:
    """Of 300, 300 pay for week 1; 200 go back in week 2 and pay for week 3. Without what comes in there is no plan."""
    funding = {"source": "loan", "limit_usd": 300, "rate_pct": 52}
    plan = solved(case(3, {1: 3, 3: 2}, funding))
    assert money(plan) == ([("loan", 1, 300), ("loan", 3, 200)], [("loan", 2, 200)], [])
    with pytest.raises(orebook.InfeasibleError):
        solved(case(3, {1: 3, 3: 2}, funding, pays=0))


def test_a_loan_that_ends_stays_drawn_and_is_paid_back() -> None:
    """After week 1 nothing is lent: week 3 is paid from the 200 of week 2, of which the rest goes back."""
    funding = {"source": "loan", "to_week": 1, "rate_pct": 52}
    plan = solved(case(3, {1: 3, 3: 1}, funding))
    assert money(plan) == ([("loan", 1, 300)], [("loan", 2, 100)], [(2, 100)])
    with pytest.raises(orebook.InfeasibleError):
        solved(case(3, {1: 3, 3: 3}, funding))


def test_a_fee_on_what_is_not_drawn_may_outweigh_interest() -> None:
    """1 % a week is saved by paying back 200 of 300, and 2 % a week charged on what is not drawn: the 200 lie idle."""
    terms = {"source": "loan", "limit_usd": 500, "rate_pct": 52, "undrawn_pct": 100}
    plan = solved(case(2, {1: 3}, terms))
    assert money(plan) == ([("loan", 1, 300)], [], [(2, 200)])
    # 200 are not drawn in either week, at 100/52 %
    assert plan.costs.fees_usd == pytest.approx(2 * 200 / 52)


def test_a_fee_on_draws_is_weighed_against_interest() -> None:
    """100 for one week: 1 % of interest from `loan`, or 0.5 % for the draw from `line`; for two weeks `line` still."""
    line = {"source": "line", "draw_fee_pct": 0.5}
    for limit, drawn in ((None, [("line", 2, 100)]), (60, [("line", 2, 60), ("loan", 2, 40)])):
        plan = solved(case(2, {2: 1}, {"source": "loan", "rate_pct": 52}, {**line, "limit_usd": limit}, pays=0))
        assert sorted(money(plan)[0]) == drawn
        assert plan.costs.fees_usd == 0.005 * drawn[0][2]


@pytest.mark.parametrize(("budget", "there"), [(300, True), (299, False)])
def test_what_comes_later_pays_for_nothing_before(budget: int, there: bool) -> None:
    """300 in week 1 and 200 in week 3 are 500, of which 200 come in in week 2: the budget has to hold 300 in week 1."""
    problem = case(3, {1: 3, 3: 2}, budget_usd=budget)
    if there:
        assert solved(problem).costs.cash_usd == 500
    else:
        with pytest.raises(orebook.InfeasibleError):
            solved(problem)


def test_an_order_may_be_as_large_as_what_comes_in_allows() -> None:
    """300 of budget and the 200 of week 2 pay for one order of 5 t in week 3."""
    problem = case(3, {3: 5}, budget_usd=300)
    assert [t.tonnes for t in solved(problem).document.tickets] == [5]


def test_nothing_new_is_built_where_no_money_comes_in() -> None:
    """No column and no row of what comes in, is paid back or lies idle."""
    m = build(case(3, {1: 3}, pays=0), model(*RULES, stages=("unmet", "cost"))).pyomo
    for name in ("receipts", "repay", "idle", "week_receipts", "budget_week", "draws_needed", "source_repaid"):
        assert not hasattr(m, name) or not list(getattr(m, name)), name


def test_no_house_is_engaged_so_that_a_source_lends_more() -> None:
    """`own` gives up to half of all draws, and `loan` the other half in week 1 alone, of which nothing is paid.

    A fee of 100 to a house that sells nothing would be drawn from `loan`, so that `own` could pay 100 of week 2.
    """
    problem = make_problem(
        {"target_days": 1},
        houses=[{"house": "traxys"}, {"house": "hartree", "engage_fee_usd": 100}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "from_week": 2}],
        funding=[{"source": "own", "max_share": 0.5}, {"source": "loan", "to_week": 1}],
    )
    plan = orebook.solve(problem, model("offers", "funding", stages=("cover", "tickets")), gap=0.0, audit=False)
    assert plan.document.tickets == ()
    assert plan.status == "optimal"


def test_no_house_is_engaged_so_that_what_is_drawn_already_is_a_smaller_share() -> None:
    """100 are drawn of `loan`, which may be 60 % of all draws; 40 are due in week 1, of `own`: 100 of 140 are 71 %.

    A fee of 100 to a house that sells nothing would make it 100 of 240; nobody may be paid for that, so there is no plan.
    """
    problem = make_problem(
        {"target_days": 0},
        houses=[{"house": "traxys"}, {"house": "hartree", "engage_fee_usd": 100}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "from_week": 2}],
        inbound=[{"mineral": "tin", "site": "store", "week": 1, "tonnes": 1, "due_usd": 40}],
        funding=[{"source": "own"}, {"source": "loan", "max_share": 0.6, "drawn_usd": 100}],
    )
    with pytest.raises(NoPlanError):
        orebook.solve(problem, model("offers", "funding", stages=("cost",)), gap=0.0, audit=False)
