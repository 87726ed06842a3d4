"""Money that comes in: spent before anything is drawn, paid back, drawn again, left idle; and what it counts for in budgets."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

import pytest

from orebook.decisions import Decisions
from orebook.exact import Fraction
from orebook.problem import Problem
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, broken, by, decide, judged

SERVED = [("j", "store", 4)]
"""4 t at 50 USD/t: 200 USD come in in week 2 of 3."""


def paid(head: dict[str, Any] | None = None, **loan: Any) -> Problem:
    """Tin at 100 USD/t for 3 weeks, of which a withdrawal of week 2 pays for up to 4 t; `loan` are the loan's terms."""
    return make_problem(
        {"weeks": 3, **(head or {})},
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": 50}],
        funding=[{"source": "loan", **loan}],
    )


def plan(
    orders: list[tuple[str, int, int]],
    draws: list[tuple[str, int, Any]],
    repays: list[tuple[str, int, Any]] = [],  # noqa: B006 read only
    outs: list[tuple[str, str, int]] = SERVED,
) -> Decisions:
    """Orders, draws, repays, and the withdrawal served in full unless said otherwise."""
    return decide(orders=orders, outs=outs, draws=draws, repays=repays)


def test_what_is_served_pays() -> None:
    """3 of 4 t at 50 are 150 in week 2; nothing where nothing is served."""
    some = judged(paid(), plan([], [], outs=[("j", "store", 3)]))
    assert [(r.week, r.usd, r.withdrawal) for r in some.receipts] == [(2, 150, "j")]
    assert [w.receipts_usd for w in some.cash] == [0, 150, 0]
    assert some.exact_costs["receipts_usd"] == 150
    assert some.exact_costs["total_usd"] == -150
    assert judged(paid(), plan([], [], outs=[])).receipts == ()


def test_what_comes_in_pays_before_anything_is_drawn_or_lies_idle() -> None:
    """200 come in in week 2: 100 pay for its ton, 100 lie idle and pay for week 3."""
    both = plan([("a", 2, 1), ("a", 3, 1)], [])
    judgement = judged(paid(), both)
    assert by(paid(), "funding", both) == {}
    assert [w.idle_usd for w in judgement.cash] == [0, 100, 0]
    assert [(i.week, i.usd) for i in judgement.idle] == [(2, 100)]
    # a ton in week 1 is paid before anything comes in
    early = plan([("a", 1, 1), ("a", 2, 1)], [])
    assert by(paid(), "funding", early) == {"week_funded[1]": 100}
    # 300 in week 2 of the 200 that come in
    assert by(paid(), "funding", plan([("a", 2, 3)], [])) == {"week_funded[2]": 100}


def test_what_is_paid_back_has_come_in_and_was_drawn() -> None:
    """300 drawn in week 1; of the 200 of week 2 all goes back, 250 cannot; to a loan of 100 no more than 100 go back."""
    assert by(paid(), "funding", plan([("a", 1, 3)], [("loan", 1, 300)], [("loan", 2, 200)])) == {}
    over = plan([("a", 1, 3)], [("loan", 1, 300)], [("loan", 2, 250)])
    assert by(paid(), "funding", over) == {"week_funded[2]": 50}
    more = plan([("a", 1, 1)], [("loan", 1, 100)], [("loan", 2, 150)])
    assert by(paid(), "funding", more) == {"source_repaid[loan,2]": 50, "source_repaid[loan,3]": 50}
    # what lies idle may be paid back later, also of what was drawn before
    later = plan([], [], [("loan", 3, 200)])
    assert by(paid(drawn_usd=200), "funding", later) == {}


def test_nothing_is_drawn_ahead_or_to_pay_back() -> None:
    """Week 2 pays 100: 150 drawn are 50 too many, though 50 go back; and so are draws of a week that pays nothing."""
    back = plan([("a", 2, 1)], [("loan", 2, 150)], [("loan", 2, 50)])
    assert by(paid(drawn_usd=100), "funding", back) == {"draws_needed[2]": 50}
    assert by(paid(), "funding", plan([], [("loan", 3, 7)])) == {"draws_needed[3]": 7}


def test_no_money_is_paid_back_where_none_comes_in() -> None:
    """No withdrawal pays: 100 drawn for 100, or 110 of which 10 go back, are not what is asked."""
    problem = make_problem(funding=[{"source": "loan"}])
    for drawn, back in ((100, 10), (110, 10)):
        decided = decide(orders=[("a", 1, 1)], draws=[("loan", 1, drawn)], repays=[("loan", 1, back)])
        assert by(problem, "funding", decided) == {"week_funded[1]": 10}


def test_what_is_paid_back_can_be_drawn_again() -> None:
    """Of 300, 300 are drawn in week 1, 200 go back in week 2, and 200 are drawn in week 3; 300 are 100 too many."""
    problem = paid(limit_usd=300)
    again = plan([("a", 1, 3), ("a", 3, 2)], [("loan", 1, 300), ("loan", 3, 200)], [("loan", 2, 200)])
    assert by(problem, "funding", again) == {}
    over = plan([("a", 1, 3), ("a", 3, 3)], [("loan", 1, 300), ("loan", 3, 300)], [("loan", 2, 200)])
    assert by(problem, "funding", over) == {"source_limit[loan,3]": 100}


def test_a_source_lends_up_to_its_last_week() -> None:
    """The loan ends in week 1: 100 of week 1 may stay drawn, 100 of week 3 are not lent; one that has ended lends nothing."""
    decided = plan([("a", 1, 1), ("a", 3, 1)], [("loan", 1, 100), ("loan", 3, 100)], outs=[])
    assert by(paid(to_week=1), "funding", decided) == {"source_end[loan,3]": 100}
    assert by(paid(to_week=0), "funding", decided) == {"source_end[loan,1]": 100, "source_end[loan,3]": 100}


def test_shares_are_of_all_draws_whatever_was_paid_back() -> None:
    """`loan` may be half: 100 of 100 in week 1, and of 200 drawn up to week 3, though 100 of it went back in week 2."""
    problem = make_problem(
        {"weeks": 3},
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": 50}],
        funding=[{"source": "loan", "max_share": 0.5}, {"source": "own"}],
    )
    decided = plan([("a", 1, 1), ("a", 3, 1)], [("loan", 1, 100), ("own", 3, 100)], [("loan", 2, 100)])
    assert by(problem, "funding", decided) == {
        "source_share[loan,1]": Fraction("0.5"),
        "source_share[loan,2]": Fraction("0.5"),
    }


def test_a_budget_holds_in_every_week_and_is_of_what_is_paid_beyond_what_came_in() -> None:
    """300 in week 1 and 200 in week 3 against 300: the 200 of week 2 pay for week 3, and for nothing of week 1."""
    orders = [("a", 1, 3), ("a", 3, 2)]
    assert by(paid({"budget_usd": 300}), "budget", plan(orders, [])) == {}
    assert by(paid({"budget_usd": 250}), "budget", plan(orders, [])) == {"budget_week[1]": 50, "budget_total": 50}
    # 200 are not needed in the end, and 300 are in week 1
    assert by(paid({"budget_usd": 150}), "budget", plan([("a", 1, 3)], [])) == {"budget_week[1]": 150}
    assert by(paid({"budget_usd": 300}), "budget", plan(orders, [], outs=[])) == {"budget_total": 200}


def test_what_comes_in_adds_to_what_is_released() -> None:
    """100 are free from week 1 on, and 200 come in in week 2: 300 may be paid in week 3, and 100 in week 1."""
    tables = {
        "stock": [{"mineral": "tin", "site": "store", "tonnes": 4}],
        "withdrawals": [{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": 50}],
    }
    problem = make_problem({"weeks": 3}, releases=[{"week": 1, "usd": 100}], **tables)
    assert by(problem, "budget", plan([("a", 3, 3)], [])) == {}
    assert by(problem, "budget", plan([("a", 1, 3)], [])) == {"budget_released[1]": 200}


def test_a_week_that_is_paid_for_buying_has_no_plan() -> None:
    """Goods at -50 USD/t bring 100 in week 2; what brings money in by itself is drawn from no source, and no plan holds."""
    problem = make_problem(
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "premium_usd_per_t": -150}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": 50}],
    )
    decided = decide(orders=[("a", 2, 2)], outs=SERVED)
    assert by(problem, "funding", decided) == {"draws_needed[2]": 100}
    assert broken(problem, "funding", decided, WEEKLY.without("funding")) == {}
    # nothing of it lies idle either: the 200 that come in do
    assert judged(problem, decided).cash[1].idle_usd == 200


@pytest.mark.parametrize(
    ("terms", "fees"),
    [
        # 0.1 % a week of 400, 600 and 600 that are not drawn
        ({"undrawn_pct": 5.2}, Fraction("1.6")),
        # of 400 and 600, up to week 2
        ({"undrawn_pct": 5.2, "to_week": 2}, 1),
        # also before its first week
        ({"undrawn_pct": 5.2, "from_week": 3}, Fraction("1.6")),
        # 1 % of 600 drawn, whatever went back
        ({"draw_fee_pct": 1}, 6),
        ({"undrawn_pct": 5.2, "to_week": 0}, 0),
    ],
)
def test_a_source_charges_for_what_is_not_drawn_and_for_draws(terms: dict[str, Any], fees: Fraction) -> None:
    """Limit 1000; 600 are drawn in week 1 and 200 go back in week 2: 600, 400 and 400 are lent, at 1 % a week."""
    decided = plan([("a", 1, 6)], [("loan", 1, 600)], [("loan", 2, 200)])
    costs = judged(paid(limit_usd=1000, rate_pct=52, **terms), decided).exact_costs
    assert costs["interest_usd"] == 14
    assert costs["fees_usd"] == fees
    assert (costs["cash_usd"], costs["receipts_usd"]) == (600, 200)
    assert costs["total_usd"] == 600 - 200 + 14 + fees


def test_a_plan_may_say_what_comes_in_and_lies_idle_and_is_held_to_it() -> None:
    """Rows that a file has are those that follow, each by its week and what it is for."""
    problem, found = paid(), judged(paid(), plan([("a", 2, 1)], []))
    assert [(i.week, i.usd) for i in found.idle] == [(2, 100), (3, 100)]
    assert problem.money_returns_from == 2
