"""Goods under way and what an unforeseen bar strands, by hand and against the plan's tickets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orebook.decisions import Decisions, Order
from orebook.exact import ZERO, Fraction
from orebook.judge import Judgement, judge
from orebook.problem import Problem
from orebook.under_way import NO_ORIGIN, Bar, Exposed, exposed_of
from tests.builders import make_problem
from tests.report.sample import weekly

MINERALS = [
    {"mineral": "tin", "daily_use_t": 2, "price_usd_per_t": 100},
    {"mineral": "zinc", "daily_use_t": 0, "price_usd_per_t": 10},
]
OFFERS: list[dict[str, Any]] = [
    {"offer": "t", "mineral": "tin", "origin": "china", "lead_weeks": 1, "pay_on_order_pct": 30, "order_fee_usd": 7},
    {"offer": "z", "mineral": "zinc", "origin": "china", "lead_weeks": 1},
    {"offer": "n", "mineral": "tin", "lead_weeks": 2},
    {"offer": "c", "mineral": "tin", "origin": "chile"},
]
ORIGINS: list[dict[str, Any]] = [{"origin": "china", "extra_lead_weeks": 1}, {"origin": "chile"}]
ORDERS = (("t", 1, 10), ("t", 2, 4), ("z", 2, 5), ("n", 1, 3), ("c", 2, 6))


def case() -> tuple[Problem, Judgement]:
    """Five weeks. China's goods take 1 + 1 weeks, those without an origin 2, Chile's none."""
    offers = [{"house": "traxys", **offer} for offer in OFFERS]
    problem = make_problem({"weeks": 5}, minerals=MINERALS, offers=offers, origins=ORIGINS)
    orders = tuple(Order(offer, week, Fraction(tonnes)) for offer, week, tonnes in ORDERS)
    return problem, judge(problem, Decisions(orders), weekly())


def of(origin: str) -> Exposed:
    """What of an origin of the case is exposed."""
    return next(each for each in exposed_of(*case()) if each.origin == origin)


def test_what_is_under_way_by_hand() -> None:
    """Ordered in 1 and 2, arriving in 3 and 4: one ticket at the end of 1, three of 2, two of 3, none later."""
    china = of("china")
    assert [(week.week, week.tickets, float(week.tonnes)) for week in china.weeks] == [
        (1, 1, 10), (2, 3, 19), (3, 2, 9), (4, 0, 0), (5, 0, 0)
    ]  # fmt: skip
    assert [bar.bar_week for bar in china.bars] == [2, 3, 4]


def test_what_is_paid_up_to_then_is_the_part_on_order_and_the_fee() -> None:
    """10 t at 100: 300 on order and 7 of fee, 700 on arrival; 4 t: 127 of 407; zinc is paid in full, 50."""
    bar = of("china").worst
    assert bar is not None
    assert (bar.bar_week, float(bar.order_cash_usd), float(bar.paid_usd)) == (3, 1007 + 407 + 50, 307 + 127 + 50)
    told = {m.mineral: (m.tickets, float(m.tonnes), float(m.order_cash_usd), float(m.paid_usd)) for m in bar.minerals}
    assert told == {"tin": (2, 14, 1414, 434), "zinc": (1, 5, 50, 50)}


def test_days_are_tonnes_over_use_and_without_use_there_are_none() -> None:
    """14 t of tin at 2 t a day; nobody uses zinc."""
    bar = of("china").worst
    assert bar is not None
    assert [m.cover_days for m in bar.minerals] == [7, None]


def test_goods_without_an_origin_are_counted_under_none() -> None:
    """Under way at the ends of 1 and 2: the two are equal, and the first is told."""
    unnamed = of(NO_ORIGIN)
    assert [bar.bar_week for bar in unnamed.bars] == [2, 3]
    assert unnamed.worst == unnamed.bars[0]
    assert "goods without a named origin in week 2 would strand 1 of 1 ticket: 3 t" in unnamed.bar(unnamed.worst).says


def test_what_arrives_at_once_is_never_stranded() -> None:
    """Chile's ticket arrives in the week of its order, so that no bar finds it under way."""
    chile = of("chile")
    assert (chile.tickets, chile.bars, chile.worst) == (1, (), None)
    assert (
        chile.bar(None).says
        == "An unforeseen bar on exports of chile would strand none of 1 ticket, whatever its week."
    )


def test_the_worst_origin_comes_first_and_says_so() -> None:
    """By USD as ordered: 1464, 300, none."""
    first, *others = exposed_of(*case())
    assert [first.origin, *(each.origin for each in others)] == ["china", NO_ORIGIN, "chile"]
    assert first.bar(first.worst).says == (
        "An unforeseen bar on exports of china in week 3 would strand 3 of 3 tickets: 19 t of 2 minerals, "
        "USD 1,464 as ordered, USD 484.00 paid by then, at worst 7.0 days of tin."
    )


def test_what_is_under_way_in_the_last_week_no_bar_of_the_plan_strands() -> None:
    """A frozen ticket of week 2 that arrives after week 2 of 2."""
    offers = [{"offer": "late", "house": "traxys", "mineral": "tin", "lead_weeks": 1}]
    prior = [{"offer": "late", "week": 2, "tonnes": 1}]
    problem = make_problem({"weeks": 2, "frozen_weeks": 2}, offers=offers, prior=prior)
    (found,) = exposed_of(problem, judge(problem, Decisions((Order("late", 2, Fraction(1)),)), weekly()))
    assert (found.weeks[1].tickets, found.bars) == (1, ())


def test_all_of_it_is_paid_where_a_float_alone_says_otherwise() -> None:
    """A third of a cent is not told; a cent is."""
    bar = Bar("china", 1, 2, 1, 1, 1, Fraction(100), Fraction(300_001, 3_000))
    assert "all of it paid by then" in bar.says
    assert "USD 99.98 paid by then" in replace(bar, paid_usd=99.98).says
    assert "none of it paid by then" in replace(bar, paid_usd=0).says


ORDER = st.tuples(st.sampled_from([offer["offer"] for offer in OFFERS]), st.integers(1, 5))


@given(st.dictionaries(ORDER, st.integers(1, 9), max_size=8))
def test_origins_add_up_to_all_that_is_under_way(orders: dict[tuple[str, int], int]) -> None:
    """Each week, over origins and minerals: tonnes, tickets and USD of the tickets ordered by then and not yet there."""
    problem, _ = case()
    listed = tuple(Order(offer, week, Fraction(tonnes)) for (offer, week), tonnes in sorted(orders.items()))
    judgement = judge(problem, Decisions(listed), weekly())
    found = exposed_of(problem, judgement)
    assert sum(each.tickets for each in found) == len(listed)
    for week in range(1, 6):
        mine = [t for t in judgement.tickets if t.arrives and t.week <= week < t.arrives]
        there = [each.weeks[week - 1] for each in found]
        assert sum(u.tickets for u in there) == len(mine)
        assert float(sum((u.tonnes for u in there), ZERO)) == sum(t.tonnes for t in mine)
        assert float(sum((u.order_cash_usd for u in there), ZERO)) == sum(t.order_cash_usd for t in mine)
        assert all(u.paid_usd <= u.order_cash_usd for u in there)
