"""A hedged plan held against fresh draws: what they come to is worked out by hand, and bounds hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import orebook
from orebook.errors import InputError
from orebook.files.models import read_model
from orebook.hedged import HedgedPlan
from orebook.problem import Problem
from orebook.report.hedge_check_tables import check_says, check_table
from orebook.resolve import problem_of
from orebook.scenarios.at_best import NONE, Bounding
from orebook.scenarios.future_tables import drawn_future
from orebook.scenarios.hedge_check import CheckRequest, check_hedge
from orebook.scenarios.placed_tickets import with_placed
from orebook.scenarios.price_walks import price_walks
from orebook.schema.document import Document
from orebook.schema.hedge import NowTicket
from orebook.schema.hedge_check import CheckDocument
from orebook.solver.lp.stop import Stop
from tests.builders import make_problem

DEAR = "offers.china-later.price_usd_per_t=300"
WEEKLY = read_model("weekly")
LOOK = Bounding(0.0, 20.0, Stop())


def dear(**tables: Any) -> Problem:
    """teaching/ban, where what may come in week 2 is a price of 300 USD/t in the place of a ban: 104 now, 97 or 202 later."""
    content = orebook.read("teaching/ban").document.model_dump(mode="json", exclude_none=True)
    content |= {
        "future_changes": [{"future": "ban", "n": 1, "change": DEAR}],
        "hazards": [{"hazard": "dear", "change": DEAR, "chance": 0.5, "from_week": 2, "to_week": 2}],
        **tables,
    }
    return problem_of(Document.model_validate(content))


@pytest.fixture(scope="module")
def hedged() -> HedgedPlan:
    """100 t now."""
    return orebook.hedge(dear(), audit=False)


@pytest.fixture(scope="module")
def check(hedged: HedgedPlan) -> CheckDocument:
    """Eight draws, three of them solved."""
    return check_hedge(hedged, CheckRequest(draws=8, whole=3, gap=0.0))


def test_each_draw_comes_to_what_it_does_by_hand(check: CheckDocument) -> None:
    """Ordered now 10 400 whatever comes; waiting 9 700, or 20 200 from the ally; who knew would have had the better of both."""
    assert {d.strikes for d in check.draws} == {"", "dear in week 2"}
    for draw in check.draws:
        struck = bool(draw.strikes)
        costs = {"hedged": 10_400, "plain": 20_200 if struck else 9_700, "foresight": 10_400 if struck else 9_700}
        for way, found in draw.ways.items():
            assert found.stages["cover"] == (0.0, 0.0)
            assert found.stages["cost"] == pytest.approx((costs[way], costs[way]))
        assert (draw.known_week, draw.whole) == (2, draw.draw <= 3)


def test_the_summary_is_that_of_the_draws(check: CheckDocument) -> None:
    """Of all eight the bounds, of the three that were solved the intervals, and what one way saves over another."""
    struck = [bool(d.strikes) for d in check.draws]
    plain = [20_200 if s else 9_700 for s in struck]
    assert check.stage == "cost"
    assert {way: (s.draws, s.whole, s.without_plan) for way, s in check.ways.items()} == dict.fromkeys(
        ("hedged", "plain", "foresight"), (8, 3, 0)
    )
    assert check.ways["plain"].bound == pytest.approx(sum(plain) / 8)
    assert check.ways["plain"].worst_tenth == pytest.approx(20_200)
    assert check.ways["plain"].mean == pytest.approx([sum(plain[:3]) / 3] * 2)
    saved = [p - 10_400 for p in plain[:3]]
    assert check.hedging.mean == pytest.approx([sum(saved) / 3] * 2)
    known = [0 if s else 700 for s in struck[:3]]
    assert check.knowing.mean == pytest.approx([sum(known) / 3] * 2, abs=0.01)


def test_the_orders_of_now_are_told(check: CheckDocument) -> None:
    """Whose they are; foresight has none that stand."""
    assert check.tickets == {
        "hedged": (NowTicket(offer="china-now", week=1, tonnes=100.0),),
        "plain": (),
        "foresight": (),
    }


def test_the_same_seed_draws_the_same_in_any_number_of_processes(hedged: HedgedPlan, check: CheckDocument) -> None:
    """And a longer list begins with a shorter one; another seed draws another."""
    two = check_hedge(hedged, CheckRequest(draws=4, whole=3, gap=0.0, workers=2))
    assert [d.strikes for d in two.draws] == [d.strikes for d in check.draws[:4]]
    assert [d.ways["plain"].stages for d in two.draws] == [d.ways["plain"].stages for d in check.draws[:4]]
    other = check_hedge(hedged, CheckRequest(draws=8, whole=0, seed=7))
    assert [d.strikes for d in other.draws] != [d.strikes for d in check.draws]
    assert (other.hedging.draws, other.hedging.mean) == (0, None)
    assert "no draw was solved whole" in check_says(other).lower()


def test_orders_that_are_alike_save_nothing(hedged: HedgedPlan) -> None:
    """Exactly, whatever a solve's gap leaves open."""
    assert hedged.document.worth is not None
    alike = hedged.document.worth.model_copy(
        update={"plain_tickets": (NowTicket(offer="china-now", week=1, tonnes=100.0),)}
    )
    same = replace(hedged, document=hedged.document.model_copy(update={"worth": alike}))
    found = check_hedge(same, CheckRequest(draws=2, whole=2))
    assert found.hedging.mean == (0.0, 0.0)
    assert all(d.ways["plain"] == d.ways["hedged"] for d in found.draws)


def test_a_check_that_is_stopped_has_the_draws_that_were_reached(hedged: HedgedPlan) -> None:
    """And says so."""
    stop = Stop()

    def end(_draw: object) -> None:
        stop.asked = True

    found = check_hedge(hedged, CheckRequest(draws=5, whole=0), on_draw=end, stop=stop)
    assert len(found.draws) == 1
    assert check_table(found).note.startswith("1 draw of 5 that were asked for of hazards, seed 2")


def test_it_is_said_in_words_and_in_a_table(check: CheckDocument) -> None:
    """What is proven, what is not told, and how it was drawn."""
    table = check_table(check)
    assert table.title == "Checked on fresh draws (cost, USD)"
    assert [row[0] for row in table.rows] == ["hedged", "plain", "foresight"]
    assert table.rows[0][1:] == ("8", "10,400", "10,400", "3", "10,400", "0")
    assert check_says(check).startswith("Over draws that it was not planned for, hedging saves ")
    open_ = check.model_copy(update={"hedging": check.hedging.model_copy(update={"mean": (-1.0, 2.0), "error": None})})
    assert "saves -1.00 to 2.00 USD on average over 3 draws; whether it does cannot be told." in check_says(open_)


def test_nothing_to_draw_from_is_refused(hedged: HedgedPlan) -> None:
    """Neither volatilities nor hazards; and numbers out of bounds."""
    bare = replace(hedged, problem=orebook.read("teaching/ban"))
    with pytest.raises(InputError, match="has no hazard that can strike"):
        check_hedge(bare, CheckRequest(draws=2))
    with pytest.raises(InputError, match="draws"):
        check_hedge(hedged, CheckRequest(draws=0))


def test_a_draw_that_leaves_no_plan_is_counted(hedged: HedgedPlan) -> None:
    """Nobody sells in week 2: who waited has no plan, by a solve as by a relaxation, and who ordered has one."""
    gone = "offers[from_week=2].max_week_t=0"
    hazards = [{"hazard": "gone", "change": gone, "chance": 1, "from_week": 2, "to_week": 2}]
    problem = dear(hazards=hazards)
    found = check_hedge(replace(hedged, problem=problem), CheckRequest(draws=2, whole=1))
    assert [d.ways["plain"].why for d in found.draws] == [NONE, NONE]
    assert found.ways["plain"].without_plan == 2
    assert found.ways["plain"].bound is None
    assert found.ways["hedged"].without_plan == 0
    assert found.hedging.draws == 0


def placed(*tickets: tuple[str, int, float], weeks: int = 1, **tables: Any) -> Problem:
    """A problem of three weeks with these orders placed."""
    problem = make_problem({"weeks": 3}, **tables)
    listed = [NowTicket(offer=o, week=w, tonnes=t) for o, w, t in tickets]
    return with_placed(problem, WEEKLY, listed, weeks)[0]


def orders(problem: Problem) -> dict[tuple[str, int], float]:
    """What its best plan orders."""
    plan = orebook.solve(problem, gap=0.0, audit=False)
    return {(t.offer, t.week): t.tonnes for t in plan.document.tickets}


def test_placed_orders_stand_and_no_other_is_placed_beside_them() -> None:
    """10 t wanted, 4 t placed in week 1: 6 t more come later, though they are dearer then; all ten where nothing was."""
    dearer = [{"mineral": "tin", "week": 2, "price_usd_per_t": 110}]
    for tonnes in (4.0, 0.0):
        found = orders(placed(*([("a", 1, tonnes)] if tonnes else []), prices=dearer))
        assert found.get(("a", 1), 0.0) == tonnes
        assert sum(found.values()) == 10


def test_what_is_frozen_beyond_stays_frozen() -> None:
    """Two weeks are frozen with 3 t in week 2, one is now, with 4 t: 7 t stand, and 3 t are bought in week 3."""
    problem = make_problem(
        {"weeks": 3, "frozen_weeks": 2}, prior=[{"offer": "a", "week": w, "tonnes": 3} for w in (1, 2, 3)]
    )
    found, model = with_placed(problem, WEEKLY, [NowTicket(offer="a", week=1, tonnes=4.0)], 1)
    assert model is WEEKLY
    assert orders(found) == {("a", 1): 4.0, ("a", 2): 3.0, ("a", 3): 3.0}
    thawed, strict = with_placed(problem, WEEKLY.without("frozen"), [NowTicket(offer="a", week=1, tonnes=4.0)], 1)
    assert (strict.on("frozen"), thawed.frozen_weeks) == (True, 1)


def test_a_relaxation_bounds_what_a_solve_finds() -> None:
    """15 t in lots of 10 at 100 USD/t: 1 500 USD relaxed and 2 000 in lots, which cost what the rule of thumb's plan does."""
    problem = make_problem(
        {"target_days": 15}, offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 10, "max_week_t": 20}]
    )
    relaxed, solved = (LOOK.at_best(problem, WEEKLY, whole=whole) for whole in (False, True))
    assert list(relaxed.stages) == list(solved.stages) == ["cover", "cost"]
    assert relaxed.stages["cost"] == pytest.approx((1500.0, 2000.0))
    assert solved.stages["cost"] == pytest.approx((2000.0, 2000.0))


def test_a_stage_is_told_only_where_the_ones_before_it_are_as_good_as_can_be() -> None:
    """Money for 12.5 t, in lots of 10: 7.5 or 10 days short, each counted five times, as critical; what that costs is open."""
    problem = make_problem(
        {"target_days": 20, "budget_usd": 1250},
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 10, "max_week_t": 20}],
    )
    found = LOOK.at_best(problem, WEEKLY, whole=False)
    assert found.stages == {"cover": pytest.approx((37.5, 50.0))}


def test_a_draw_is_known_after_the_weeks_that_are_now() -> None:
    """With two weeks that are now in week 3, whose prices and later ones move; what strikes in week 2 acts from week 3 on."""
    problem = make_problem(
        {"weeks": 4},
        volatility=[{"mineral": "tin", "volatility_pct": 20}],
        hazards=[{"hazard": "h", "change": "offers.a.max_week_t=1", "chance": 1}],
    )
    names, factors = price_walks(problem, 1, 1)
    usual, later = (drawn_future(problem, names, factors[0], (("h", 2),), first) for first in (2, 3))
    assert (usual.known_week, later.known_week) == (2, 3)
    assert usual.changes[1:] == later.changes
    assert "week:2" in usual.changes[0]
    assert later.changes[-1] == "offers.a.max_week_t=1"
    alone = drawn_future(problem, [], factors[0], (("h", 4),), 3)
    assert (alone.known_week, alone.changes) == (4, ("offers.a.max_week_t=1",))
