"""Draws and repays in whole cents, made of a solver's point and of what is judged to be paid and to come in."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.decisions import Decisions, Order, Out
from orebook.exact import Fraction
from orebook.judge import Judge
from orebook.problem import Problem
from orebook.rounding.money import with_money
from tests.builders import make_problem
from tests.judge.cases import WEEKLY

POINT = dict[tuple[str, object], float]


def problem(pays: float = 50, **loan: Any) -> Problem:
    """Tin at 100 USD/t in loose tonnes; up to 4 t are asked for in week 2, and pay so much a tonne."""
    return make_problem(
        {"weeks": 3},
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 20}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": pays}],
        funding=[{"source": "loan", **loan}, {"source": "own"}],
    )


def settled(p: Problem, orders: dict[int, str], served: str, point: POINT) -> tuple[Any, ...]:
    """Draws, repays and what is left idle by week, of a point; the judge finds nothing wrong with the money."""
    judge = Judge(p, WEEKLY)
    decided = Decisions(
        orders=tuple(Order("a", w, Fraction(t)) for w, t in orders.items()), outs=(Out("j", "store", Fraction(served)),)
    )
    whole = with_money(p, decided, judge.cash(decided), point, funded=True)
    judgement = judge.judge(whole)
    assert [b.says for b in judgement.breaches if b.rule == "funding"] == []
    return (
        {(d.source, d.week): d.usd for d in whole.draws},
        {(r.source, r.week): r.usd for r in whole.repays},
        [w.idle_usd for w in judgement.cash],
    )


def test_a_repay_makes_up_for_what_rounding_took_of_receipts() -> None:
    """The point serves 4 t and pays 200 back; 3.999999 t are served: 0.00005 USD less come in, and so much less goes back."""
    point: POINT = {("draw", ("loan", 1)): 300.0, ("repay", ("loan", 2)): 200.0}
    draws, repays, idle = settled(problem(), {1: "3"}, "3.999999", point)
    assert draws == {("loan", 1): 300}
    assert repays == {("loan", 2): Fraction("199.99995")}
    assert idle == [0, 0, 0]


def test_a_draw_makes_up_for_what_rounding_took_where_there_is_one() -> None:
    """200 come in and 100 of them pay back, so that 200 have to be drawn for 300 that are paid; 0.00005 USD are missing."""
    point: POINT = {
        ("draw", ("loan", 1)): 300.0,
        ("draw", ("own", 2)): 200.0,
        ("repay", ("loan", 2)): 100.0,
    }
    draws, repays, idle = settled(problem(), {1: "3", 2: "3"}, "3.999999", point)
    assert draws == {("loan", 1): 300, ("own", 2): Fraction("200.00005")}
    assert repays == {("loan", 2): 100}
    assert idle == [0, 0, 0]


def test_all_of_a_loan_is_paid_back_to_the_last_part_of_a_cent() -> None:
    """100.0001 USD are drawn; the 100 that the point pays back are meant to be all of it, and the rest is left idle."""
    point: POINT = {
        ("draw", ("loan", 1)): 100.0001,
        ("repay", ("loan", 2)): 100.0001,
        ("idle", 2): 99.9999,
        ("idle", 3): 99.9999,
    }
    draws, repays, idle = settled(problem(), {1: "1.000001"}, "4", point)
    assert draws == {("loan", 1): Fraction("100.0001")}
    assert repays == {("loan", 2): Fraction("100.0001")}
    assert idle == [0, Fraction("99.9999"), Fraction("99.9999")]


def test_a_source_does_not_lend_and_take_back_in_a_week() -> None:
    """The point draws 100 for week 2 and pays the 100 that come in back: neither is done, but where shares count draws."""
    point: POINT = {("draw", ("loan", 2)): 100.0, ("repay", ("loan", 2)): 100.0}
    assert settled(problem(25), {2: "1"}, "4", point) == ({}, {}, [0, 0, 0])
    draws, repays, _ = settled(problem(25, max_share=1), {2: "1"}, "4", point)
    assert draws == repays == {("loan", 2): 100}


USD = st.integers(0, 300)


@settings(max_examples=300)
@given(st.data())
def test_whatever_a_point_says_each_week_adds_up(data: st.DataObject) -> None:
    """Draws are no more than what is paid, repays no more than what came in and was drawn, and nothing is lost or made."""
    p = problem(drawn_usd=data.draw(st.sampled_from([0, 100])))
    names = [(kind, (f, w)) for kind in ("draw", "repay") for f in p.sources for w in (1, 2, 3)]
    point: POINT = {name: data.draw(USD) / 7 for name in data.draw(st.lists(st.sampled_from(names), unique=True))}
    point |= {("idle", w): data.draw(USD) / 7 for w in data.draw(st.lists(st.sampled_from([2, 3]), unique=True))}
    orders = {w: str(Fraction(data.draw(USD), 1000)) for w in data.draw(st.lists(st.integers(1, 3), unique=True))}
    served = str(Fraction(data.draw(st.integers(0, 4000)), 1000))
    settled(p, {w: t for w, t in orders.items() if Fraction(t)}, served, point)
