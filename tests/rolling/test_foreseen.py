"""A problem whose later weeks bring news more than once: what holds in which week, and what becomes of goods under way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orebook
from orebook.explanations.engine.whole_again import NEARLY, whole_from
from orebook.problem import Problem
from orebook.rolling.foreseen import foreseen
from orebook.rolling.shock import ShockNews
from tests.builders import make_problem

BAN = "origins.china.barred=yes"


def problem(**tables: Any) -> Problem:
    """Tin of China at 100 USD/t with two weeks of lead, and of Chile; five weeks."""
    offers = [
        {"offer": name, "house": "traxys", "mineral": "tin", "origin": name, "lead_weeks": 2}
        for name in ("chile", "china")
    ]
    origins = [{"origin": "china"}, {"origin": "chile"}]
    return make_problem({"weeks": 5}, **{"offers": offers, "origins": origins, **tables})


def news(*changes: tuple[int, str], in_transit: str = "lost") -> list[tuple[int, ShockNews]]:
    """Changes with their weeks."""
    return [(week, ShockNews(change, in_transit, change)) for week, change in changes]


def test_each_week_has_the_news_up_to_it() -> None:
    """A price in week 2, another in week 4: 100, 110, 110, 130, 130; and so the benchmark of the whole."""
    dear = news((4, "minerals.tin.price_usd_per_t=130"), (2, "minerals.tin.price_usd_per_t=110"))
    world = foreseen(problem(), dear)
    wanted = [100, 110, 110, 130, 130]
    assert [world.benchmark["tin", w] for w in range(1, 6)] == wanted
    assert [world.at(w).minerals["tin"].price_usd_per_t for w in range(1, 6)] == wanted
    assert [world.terms(w).world for w in range(1, 6)] == [None] * 5


def test_goods_are_late_by_one_news_and_lost_by_another() -> None:
    """Two weeks of lead. Licences a week longer from week 2, a bar from week 4: what is ordered in week 1 comes in 4, where
    it is lost; without the bar it comes then, and without either in week 3."""
    late, bar = (2, "origins.china.extra_lead_weeks=1"), (4, BAN)
    offer = problem().offers["china"]
    for which, arrives, lost in (((late, bar), 6, True), ((late,), 4, False), ((bar,), 3, False)):
        world = foreseen(problem(), news(*which))
        assert (world.arrives(offer, 1), world.lost(offer, 1)) == (arrives, lost)
    both = foreseen(problem(), news(late, bar))
    assert both.late("china", 1) is False
    assert both.promised("china", 1) == 3
    assert foreseen(problem(), news(late, bar, in_transit="arrive")).arrives(offer, 1) == 4


def test_what_one_news_lost_the_next_one_does_not_bring_back() -> None:
    """Barred in week 2 and let out again in week 3: what was under way in week 2 is lost all the same."""
    world = foreseen(problem(), news((2, BAN), (3, "origins.china.barred=no")))
    offer = problem().offers["china"]
    assert [world.lost(offer, w) for w in (1, 2, 3)] == [True, False, False]
    assert world.arrives(offer, 3) == 5


def test_one_news_is_the_problem_that_knows_it_from_its_week() -> None:
    """As `problem.change(..., known=3)` has it, solved alike."""
    once, known = foreseen(problem(), news((3, BAN))), problem().change(BAN, known=3)
    assert once.digest == known.digest
    assert orebook.solve(once, audit=False).document.tickets == orebook.solve(known, audit=False).document.tickets


def test_news_of_no_later_week_or_of_nothing_is_passed_over() -> None:
    """Week 1 is no later one, week 6 none of the problem, and nobody sells copper."""
    plain = problem()
    assert foreseen(plain, news((1, BAN), (6, BAN), (2, "offers.copper.max_week_t=0"))) is plain


def test_a_mineral_that_comes_with_the_second_news_is_in_every_week() -> None:
    """Nobody sells it before."""
    lead = "minerals+=mineral:lead,price_usd_per_t:10"
    world = foreseen(problem(), news((2, BAN), (3, lead)))
    assert all("lead" in world.at(w).minerals for w in range(1, 6))


@given(st.lists(st.floats(0, 20), min_size=1, max_size=8), st.floats(0, 20))
def test_whole_is_the_first_week_from_which_on_it_stays_met(reached: list[float], wanted: float) -> None:
    """Every week from it on is met, and the one before it is not; none where the last one is short."""
    first = whole_from(reached, wanted)
    if first is None:
        assert reached[-1] < wanted - NEARLY
    else:
        assert min(reached[first - 1 :]) >= wanted - NEARLY
        assert first == 1 or reached[first - 2] < wanted - NEARLY


@pytest.mark.parametrize(("reached", "first"), [([3, 1, 3], 3), ([3, 3, 3], 1), ([1, 3, 1], None), ([1, 3, 3], 2)])
def test_whole_by_hand(reached: list[float], first: int | None) -> None:
    """Three days are wanted."""
    assert whole_from(reached, 3) == first
