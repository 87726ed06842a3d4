"""Futures as a problem has them, and changes that no future may make; no plan of `solve` hangs on any of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given

from orebook.changes.futures import future_faults
from orebook.formulation.change_impact import touched
from orebook.problem import Future
from orebook.reading.book import Book
from orebook.resolve import problem_of
from orebook.schema.document import Document
from tests.builders import make_document, make_problem
from tests.drawn import documents

THREE: list[dict[str, Any]] = [
    {"future": "b", "probability": 0.4},
    {"future": "c"},
    {"future": "a", "in_transit": "refund", "note": "why"},
]
OFFER = {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "china", "lot_t": 1}


def said(changes: Iterable[str], known: int | None = None, **tables: Any) -> list[str]:
    """What is said of the changes of one future of the case of four weeks, made in their order."""
    rows = [{"future": "f", "n": n, "change": text} for n, text in enumerate(changes)]
    futures = [{"future": "f", "known_week": known}]
    document = make_document({"weeks": 4}, futures=futures, future_changes=rows, **tables)
    return [f"{f.file}:{f.row} {f.message}" for f in future_faults(Book.of(document), document)]


def test_blanks_are_filled_in() -> None:
    """0.6 is left for two; b has changes and is known in week 2, the others never; rows stand in the order of n."""
    changes = [{"future": "b", "n": 2, "change": "y"}, {"future": "b", "n": 1, "change": "x"}]
    assert make_problem({"weeks": 4}, futures=THREE, future_changes=changes).futures == (
        Future("a", 0.3, 5, "refund", "why", ()),
        Future("b", 0.4, 2, "lost", None, ("x", "y")),
        Future("c", 0.3, 5, "lost", None, ()),
    )


def test_a_future_of_probability_0_is_left_out() -> None:
    """Whether 0 is written, or all that is left; without the table there is none."""
    rows: list[dict[str, Any]] = [{"future": "a", "probability": 1}, {"future": "b", "probability": 0}, {"future": "c"}]
    assert [f.name for f in make_problem(futures=rows).futures] == ["a"]
    assert make_problem().futures == ()


def test_a_third_each_comes_to_1() -> None:
    """As near as doubles do."""
    futures = make_problem(futures=[{"future": name} for name in "abc"]).futures
    assert sum(f.probability for f in futures) == pytest.approx(1, abs=1e-15)


@given(documents(members=True, leaving=True))
def test_no_plan_hangs_on_futures(document: Document) -> None:
    """With and without them a problem is the same, by digest and to the formulation; those that are drawn have no fault."""
    bare = document.model_copy(update=dict.fromkeys(("futures", "future_changes", "hazards")))
    problem, without = problem_of(document), problem_of(bare)
    assert (problem, problem.digest) == (without, without.digest)
    assert touched(without, problem) == set()
    assert future_faults(Book.of(document), document) == []


def test_a_change_that_a_later_one_stands_on_is_made_first() -> None:
    """The row of week 3 is there once it was added; before, it is not."""
    added, changed = "prices+=mineral:tin,week:3,price_usd_per_t:90", "prices.tin/3.price_usd_per_t=+10%"
    assert said([added, changed]) == []
    assert said([changed])[0].startswith("future_changes.csv:2 prices.csv has no rows")


def test_the_goods_of_a_store_go_with_it_and_with_it_alone() -> None:
    """An event that loses the store is made; so are its changes by hand; stock alone stays."""
    tables: dict[str, Any] = {
        "sites": [{"site": "north"}, {"site": "south"}],
        "stock": [{"mineral": "tin", "site": "north", "tonnes": 1}],
    }
    assert said(["store_lost(site=north)"], **tables) == []
    assert said(["stock.*/north=none", "sites.north=none"], **tables) == []
    assert said(["stock.tin/north=none"], **tables) == [
        "future_changes.csv:2 takes stock out of north, which stays; what is in store before week 1 is the same in every future"
    ]


def test_an_offer_that_comes_back_is_the_same_offer() -> None:
    """Taken out and added again it may have another price; not another origin."""
    again = "offers+=offer:a,house:traxys,mineral:tin,premium_pct:5,origin:"
    assert said(["offers.a=none", f"{again}china"], offers=[OFFER]) == []
    assert "one house, mineral and origin" in said(["offers.a=none", f"{again}peru"], offers=[OFFER])[0]


def test_money_is_free_from_week_1_without_releases() -> None:
    """A future may move what is released, and not begin to."""
    assert "no releases.csv" in said(["releases+=week:3,usd:5"])[0]
    assert said(["releases+=week:3,usd:5"], releases=[{"week": 1, "usd": 10}]) == []


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ("withdrawals.w.tonnes=+1", False),
        ("withdrawals[mineral=tin].tonnes=+1", True),
        ("withdrawals.*.tonnes=+1", True),
        ("targets.tin/4.days=+1", True),
        ("targets.tin/2.days=+1", False),
        ("targets.tin/4.week=2", False),
        ("targets.tin/2=none", False),
        ("minerals.tin.price_usd_per_t=*2", True),
        ("use_up(member=acme, pct=10)", True),
    ],
)
def test_one_row_of_a_week_before_it_is_known_stays(change: str, fits: bool) -> None:
    """Known in week 3: rows of week 2 stay where they are named; patterns, events and prices leave them alone themselves."""
    found = said(
        [change],
        3,
        minerals=[{"mineral": "tin", "price_usd_per_t": 100}],
        use=[{"member": "acme", "mineral": "tin", "daily_use_t": 1}],
        withdrawals=[{"withdrawal": "w", "mineral": "tin", "week": 2, "tonnes": 1}],
        targets=[{"mineral": "tin", "week": week, "days": 1} for week in (2, 4)],
    )
    expected = "future_changes.csv:2 week 2 is before week 3, in which the future is known; write week 3 or a later one"
    assert found == ([] if fits else [expected])


def test_what_no_longer_fits_together_is_laid_at_its_change() -> None:
    """Two shares that come to lie the wrong way round."""
    shares = [{"mineral": "tin", "by": "house", "name": "traxys", "max_share": 0.5}]
    (found,) = said(["instance.budget_usd=5", "shares.tin/house/traxys.min_share=0.9"], shares=shares)
    assert found.startswith("future_changes.csv:3 0.9 is over max_share 0.5")


def test_a_what_if_is_none_the_worse_for_futures() -> None:
    """An offer that a future speaks of can be taken out, and a future takes its changes along."""
    tables: dict[str, Any] = {
        "futures": [{"future": "f"}],
        "future_changes": [{"future": "f", "n": 1, "change": "offers.a.max_week_t=0"}],
        "offers": [OFFER, {**OFFER, "offer": "b"}],
    }
    problem = make_problem(**tables)
    assert problem.change("offers.a=none").futures == problem.futures
    assert problem.change("futures.f=none").document.future_changes == ()


def test_a_hazard_is_tried_in_its_first_and_last_week() -> None:
    """The offer ends in week 2, so that the house's going changes something in week 2, and nothing in week 4 or from 3 on."""
    offers = [{**OFFER, "to_week": 2}]
    hazard: dict[str, Any] = {"hazard": "h", "change": "house_out(house=traxys, week=$week)", "chance": 0.1}
    for first, says in ((2, []), (3, ["changes nothing: no row of the instance is meant"])):
        document = make_document({"weeks": 4}, offers=offers, hazards=[{**hazard, "from_week": first}])
        assert [f.message for f in future_faults(Book.of(document), document)] == says
