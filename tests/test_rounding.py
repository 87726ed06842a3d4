"""Plans are written in whole grams and keep what was solved: each of these is checked by `verify` as it is written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import orebook
from orebook.exact import Fraction
from orebook.grams import gram_above, gram_below, meant
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.rounding.amounts import Amount, Rounding
from orebook.rounding.whole_grams import rounded
from orebook.verdict import verify
from tests.builders import make_problem

DAYS_A_YEAR = 365


def solved(problem: Problem, model: str = "weekly", **options: Any) -> Plan:
    """The plan, checked: it holds as it is written, no store owes, and loose tickets are whole grams."""
    plan = orebook.solve(problem, model, audit=False, **options)
    verdict = verify(problem, plan.document, orebook.read_model(model))
    assert verdict.ok, verdict
    assert min(verdict.judgement.stock.values()) >= 0
    for ticket in plan.document.tickets:
        if problem.offers[ticket.offer].lot_t is None:
            assert Decimal(repr(ticket.tonnes)).as_tuple().exponent >= -6  # type: ignore[operator]
    return plan


def loose(use: float, *, target_days: float = 60, price: float = 3_000_000, weeks: int = 4, **tables: Any) -> Problem:
    """One mineral, one offer of loose tonnes without a limit."""
    return make_problem(
        {"weeks": weeks, "target_days": target_days},
        minerals=[{"mineral": "scandium", "daily_use_t": use, "price_usd_per_t": price}],
        **{"offers": [{"offer": "a", "house": "traxys", "mineral": "scandium"}], **tables},
    )


@pytest.mark.parametrize(
    ("use", "grams"),
    [
        (4 / DAYS_A_YEAR, 657_535),  # 60 days are 657,534.2 g
        (100 * 0.00045359237 / DAYS_A_YEAR, 7_457),  # 100 lb a year: 7,456.3 g
        (1e-7, 6),
        (1.1e-7, 7),  # 6.6 g
        (3e-8, 2),  # 1.8 g: less than a gram a day is bought, too
    ],
)
def test_a_use_finer_than_grams_is_covered_by_the_next_gram(use: float, grams: int) -> None:
    """The least whole grams that make 60 days; all of them are met."""
    plan = solved(loose(use))
    assert [round(t.tonnes * 1e6) for t in plan.document.tickets] == [grams]
    assert plan.document.stages[0].value == 0
    assert all(c.short_days == 0 for c in plan.document.cover)


def test_a_least_order_in_pounds_is_ordered_in_the_next_gram() -> None:
    """50,000 lb are 22.6796185 t: the least order is 22.679619 t, and not half a gram under the minimum."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "scandium", "min_order_t": 22.6796185}]
    plan = solved(loose(1.0, target_days=10, price=25_000, offers=offers))
    assert [t.tonnes for t in plan.document.tickets] == [22.679619]


def test_a_largest_order_is_not_passed_by_half_a_gram() -> None:
    """At most 1.2345675 t a week: 1.234567 t, where 10 t are wanted."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "scandium", "max_week_t": 1.2345675}]
    plan = solved(loose(1.0, target_days=10, weeks=1, price=25_000, offers=offers))
    assert [t.tonnes for t in plan.document.tickets] == [1.234567]


@pytest.mark.parametrize(("use", "target_days", "tonnes"), [(None, 0, 5), (1, 10, 15), (1, 0, 5)])
def test_withdrawals_are_served_to_the_gram(use: float | None, target_days: float, tonnes: float) -> None:
    """3 and 2 t are drawn: 5 t, and 10 more where 10 days are to be there at the end; nothing is owed, no gram is short."""
    problem = make_problem(
        {"target_days": target_days},
        minerals=[{"mineral": "tin", "daily_use_t": use, "price_usd_per_t": 25_000}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin"}],
        withdrawals=[
            {"withdrawal": "d1", "mineral": "tin", "week": 1, "tonnes": 3},
            {"withdrawal": "d2", "mineral": "tin", "week": 2, "tonnes": 2},
        ],
    )
    plan = solved(problem)
    assert [t.tonnes for t in plan.document.tickets] == [tonnes]
    assert sum(o.tonnes for o in plan.document.outs) == 5
    assert plan.document.costs.total_usd == tonnes * 25_000


def test_withdrawals_of_parts_of_a_gram_are_served_from_two_stores() -> None:
    """A third of a tonne lies in each of two stores and two thirds are drawn: all of it, to the last part of a gram."""
    third = 1 / 3
    problem = make_problem(
        minerals=[{"mineral": "tin", "price_usd_per_t": 100}],
        sites=[{"site": "east"}, {"site": "west"}],
        stock=[{"mineral": "tin", "site": s, "tonnes": third} for s in ("east", "west")],
        withdrawals=[{"withdrawal": "d", "mineral": "tin", "week": 1, "tonnes": 2 * third}],
    )
    plan = solved(problem)
    assert not plan.document.tickets
    assert plan.document.stages[0].value == 0


def test_a_plan_of_the_largest_and_the_smallest_amounts() -> None:
    """1e8 t of iron beside grams of osmium: both are met."""
    problem = make_problem(
        {"weeks": 2, "target_days": 10},
        minerals=[
            {"mineral": "iron", "daily_use_t": 1e7, "price_usd_per_t": 100},
            {"mineral": "osmium", "daily_use_t": 3e-7, "price_usd_per_t": 5e7},
        ],
        offers=[{"offer": m, "house": "traxys", "mineral": m} for m in ("iron", "osmium")],
    )
    plan = solved(problem)
    assert {t.mineral: t.tonnes for t in plan.document.tickets} == {"iron": 1e8, "osmium": 3e-6}


def test_whole_grams() -> None:
    """Down, up, and the round figure that a solver's is a hair off."""
    assert gram_below(Fraction("1.2345675")) == Fraction("1.234567")
    assert gram_above(Fraction("1.2345671")) == Fraction("1.234568")
    assert gram_above(Fraction("1.234567")) == gram_below(Fraction("1.234567")) == Fraction("1.234567")
    assert meant(14.9999999999999) == 15
    assert meant(0.1 + 0.2) == Fraction("0.3")
    assert meant(0.6575342) == Fraction("0.6575342")
    assert meant(14.999999) == Fraction("14.999999")


def test_loose_tonnes_go_to_the_gram_that_is_asked_for() -> None:
    """3.0000004 t: down to 3 t, up to a gram more, to what is dearer, or as they are; fixed ones stay as they are."""
    problem = make_problem(offers=[{"offer": "a", "house": "traxys", "mineral": "tin"}])
    tonnes = Fraction("3.0000004")
    loose = Amount(problem.offers["a"], 1, 1, tonnes, grams=(Fraction(0), Fraction(20)))
    ways: tuple[tuple[Rounding, Fraction], ...] = (
        ("down", Fraction(3)),
        ("up", Fraction("3.000001")),
        ("dearer", Fraction("3.000001")),
        ("as_it_is", tonnes),
    )
    for rounding, expected in ways:
        plan = rounded(problem, "tin", [loose], {("put", ("tin", "store", 1)): float(tonnes)}, rounding)
        (order,), (put,) = plan.orders, plan.puts
        assert (order.tonnes, put.tonnes) == (expected, expected)
    (order,) = rounded(problem, "tin", [replace(loose, pays=True)], {}, "dearer").orders
    assert order.tonnes == 3
    fixed = replace(loose, grams=None)
    (order,) = rounded(problem, "tin", [fixed], {("put", ("tin", "store", 1)): float(tonnes)}, "down").orders
    assert order.tonnes == tonnes
    assert loose.within(Fraction(30)).tonnes == 20
