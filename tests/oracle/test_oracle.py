"""On tiny problems the solver finds what trying every plan finds, and says infeasible where nothing is found."""

from __future__ import annotations

import pytest

from orebook.exact import Fraction
from tests.builders import make_problem
from tests.oracle import goods
from tests.oracle.compare import answer
from tests.oracle.draws import Drawn, batch
from tests.oracle.models import MODELS
from tests.oracle.news import answered_with_news
from tests.oracle.plans import Plans

DRAWS = dict.fromkeys(range(10), 10)
"""Batch -> how many of its draws are tried here: a hundred; `python -m tests.prove oracle` tries thousands."""
QUICK = 1_500
"""Ways of handling goods, from which on a draw is left to `python -m tests.prove oracle`, which tries ten times as many."""


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out draws of which a minute goes into finding that there is too much to try."""
    monkeypatch.setattr(goods, "MOST", QUICK)


@pytest.mark.slow
@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("number", DRAWS)
def test_every_stage_agrees_with_trying_every_plan(number: int) -> None:
    """Value, bound and rows given up of each draw, and whether there is a plan at all; most draws are small enough."""
    tried = 0
    for draw in batch(0, number, DRAWS[number]):
        said = draw.answer()
        assert not said.wrong, draw.replay()
        tried += said.ending != "not tried"
    assert tried >= DRAWS[number] / 2


@pytest.mark.slow
@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("number", range(5))
def test_every_stage_agrees_where_changes_are_known_from_a_week_only(number: int) -> None:
    """The same of draws whose changes act from a week on, with goods under way then."""
    told = list(answered_with_news(number, 15))
    assert told
    for drawn, said in told:
        assert not said.wrong, drawn


@pytest.mark.slow
@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("number", range(6))
def test_every_stage_agrees_where_members_draw(number: int) -> None:
    """The same of draws with members, what they may draw, loans that come back, sales, and what is owed."""
    said = [(draw, draw.answer()) for draw in batch(1, number, 12, members=True)]
    assert sum(found.ending != "not tried" for _, found in said) >= 4
    for draw, found in said:
        assert not found.wrong, draw.replay()


@pytest.mark.slow
@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("number", range(6))
def test_every_stage_agrees_where_goods_age_and_leave(number: int) -> None:
    """The same of draws with shelf lives, bids, conversions and substitutes."""
    said = [(draw, draw.answer()) for draw in batch(2, number, 12, leaving=True)]
    assert sum(found.ending != "not tried" for _, found in said) >= 4
    for draw, found in said:
        assert not found.wrong, draw.replay()


def test_a_case_worked_by_hand() -> None:
    """Target 10 t, lots of 3 t at 100 USD/t, 10 % off from 6 t, 2 weeks of at most 6 t: 6 + 6 t or 6 + 3 t reach 12 or 9.

    Cover: 10 days short are 0 with 12 t, 2 tickets of 6 * 90 = 1080 USD.
    """
    problem = make_problem(
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 3, "max_week_t": 6}],
        tiers=[
            {"offer": "a", "from_t": 0, "discount_pct": 0},
            {"offer": "a", "from_t": 6, "discount_pct": 10},
        ],
    )
    plans = Plans(problem, MODELS["weekly"])
    reached, best = plans.best(plans.tried)
    assert reached == {"cover": 0, "cost": 1080, "tickets": 2}
    assert [(o.week, int(o.tonnes)) for o in best.decisions.orders] == [(1, 6), (2, 6)]
    # each week: nothing, 3 t, 6 t at the first tier where it ends, 6 t at the second
    assert len(plans.tried) == 16
    assert answer(problem, MODELS["weekly"]).wrong == ()


def test_two_sources_are_drawn_at_their_best() -> None:
    """100 USD in week 1 and 100 in week 2; `cheap` lends 120 at 5.2 %, `dear` any amount at 10.4 %, from week 2 only.

    Interest a week is 0.1 % and 0.2 %: cheap 100 for two weeks and 20 for one, dear 80 for one:
    0.1 + 0.12 + 0.16 = 0.38 USD.
    """
    problem = make_problem(
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 1, "commit_t": 2}],
        funding=[
            {"source": "cheap", "limit_usd": 120, "rate_pct": 5.2},
            {"source": "dear", "rate_pct": 10.4, "from_week": 2},
        ],
    )
    plans = Plans(problem, MODELS["weekly"])
    assert [t.measures["cost"] for t in plans.tried] == [200 + Fraction(38, 100)]


def test_no_plan_is_found_where_there_is_none() -> None:
    """A commitment of 2 t that no week can bring, and a must of 3 t that only leaves by policy."""
    problem = make_problem(
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 1, "lead_weeks": 1}],
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 3}],
    )
    assert Plans(problem, MODELS["weekly"]).tried == []
    assert answer(problem, MODELS["weekly"]).ending == "infeasible"
    # 1 t can arrive: the must of 3 t is missed by 2 t, where it may be
    assert min(t.broken["must_cover[tin,2]"] for t in Plans(problem, MODELS["thrift"]).tried) == 2
    assert answer(problem, MODELS["thrift"]).ending == "given up"


def test_a_draw_is_replayed_as_it_was() -> None:
    """What is kept of a disagreement reads back as the same draw."""
    draw = next(batch(3, 0, 1))
    assert Drawn.of(draw.replay()) == draw
