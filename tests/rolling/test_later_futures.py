"""What may come, a week later: weeks, probabilities, and what is past, each as it is by hand."""

from __future__ import annotations

from typing import Any

import orebook
from orebook.decisions import Decisions
from orebook.judge import Judge
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rolling.committed import committed
from orebook.rolling.next_week import next_week_document
from tests.builders import make_problem
from tests.judge.cases import WEEKLY


def coming(futures: list[dict[str, Any]], changes: dict[str, list[str]], **tables: Any) -> Problem:
    """Four weeks of tin from China, with these futures."""
    listed = [{"future": f, "n": n, "change": c} for f, texts in changes.items() for n, c in enumerate(texts, 1)]
    given: dict[str, Any] = {
        "offers": [{"offer": "a", "house": "traxys", "mineral": "tin", "origin": "china"}],
        "origins": [{"origin": "china"}],
        "futures": futures,
        "future_changes": listed,
        **tables,
    }
    return make_problem({"weeks": 4}, **given)


def a_week_later(problem: Problem) -> Problem:
    """With nothing bought."""
    judgement = Judge(problem, WEEKLY).judge(Decisions())
    return problem_of(next_week_document(problem, judgement, committed(problem, judgement)))


def told(problem: Problem) -> dict[str, tuple[float, int, tuple[str, ...]]]:
    """Future -> probability in %, week in which it is known, changes."""
    return {f.name: (round(100 * f.probability, 6), f.known_week, f.changes) for f in problem.futures}


def test_futures_come_a_week_nearer_and_share_what_is_past() -> None:
    """Of 50, 20 and 30 % the 20 % were to be known by now: 62.5 and 37.5 % are left, then nothing but what stands."""
    bar = "origin_barred(origin=china, week=3)"
    problem = coming(
        [
            {"future": "still"},
            {"future": "soon", "probability": 0.2, "known_week": 2, "in_transit": "refund"},
            {"future": "later", "probability": 0.3, "known_week": 3, "in_transit": "arrive", "note": "why"},
        ],
        {"soon": ["minerals.tin.price_usd_per_t=+10%"], "later": [bar]},
    )
    once = a_week_later(problem)
    assert told(once) == {"still": (62.5, 5, ()), "later": (37.5, 2, (bar.replace("3", "2"),))}
    (later,) = [f for f in once.futures if f.changes]
    assert (later.in_transit, later.note) == ("arrive", "why")
    assert a_week_later(once).futures == ()


def test_a_future_whose_weeks_are_past_is_gone_and_one_that_names_nothing() -> None:
    """A draw of week 2 is past after two weeks; an offer whose last week is over cannot be stopped any more."""
    problem = coming(
        [
            {"future": "still"},
            {"future": "draw", "probability": 0.1, "known_week": 4},
            {"future": "stopped", "probability": 0.1, "known_week": 4},
        ],
        {
            "draw": ["withdrawals.w.tonnes=*2"],
            "stopped": ["offers.b.max_week_t=0"],
        },
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "china"},
            {"offer": "b", "house": "traxys", "mineral": "tin", "origin": "china", "to_week": 1},
        ],
        withdrawals=[{"withdrawal": "w", "mineral": "tin", "week": 1, "tonnes": 1}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 5}],
    )
    assert a_week_later(problem).futures == ()


def test_prices_are_moved_whether_the_new_week_lists_them_or_not() -> None:
    """100, 110, 110, 120: later prices.csv has week 3 alone; a price of a week that it has no longer is a row that comes."""
    problem = coming(
        [{"future": "still"}, {"future": "dear", "probability": 0.5, "known_week": 3}],
        {"dear": ["prices.tin/3.price_usd_per_t=+10%", "prices.tin/4.price_usd_per_t=130"]},
        prices=[{"mineral": "tin", "week": w, "price_usd_per_t": p} for w, p in ((2, 110), (3, 110), (4, 120))],
    )
    later = a_week_later(problem)
    changes = {f.name: f.changes for f in later.futures}["dear"]
    assert changes == ("prices+=mineral:tin,week:2,price_usd_per_t:121", "prices.tin/3.price_usd_per_t=130")
    world = later.change(*changes, known=2)
    assert [world.benchmark["tin", w] for w in (1, 2, 3)] == [110, 121, 130]


def test_hazards_come_nearer_with_the_weeks_they_name() -> None:
    """`$week` is drawn from the new first week on; a week that is written is one less; one that is past is gone."""
    problem = coming(
        [],
        {},
        hazards=[
            {
                "hazard": "bar",
                "change": "origin_barred(origin=china, week=$week)",
                "chance": 0.1,
                "from_week": 2,
                "to_week": 4,
            },
            {"hazard": "slip", "change": "release_slips(week=2, weeks=1)", "chance": 0.1},
            {"hazard": "over", "change": "offers.a.max_week_t=0", "chance": 0.1, "to_week": 2},
        ],
        releases=[{"week": w, "usd": 100} for w in (1, 2, 3)],
    )
    once = a_week_later(problem)
    rows = [(r.hazard, r.change, r.from_week, r.to_week) for r in once.document.rows("hazards")]
    assert rows == [
        ("bar", "origin_barred(origin=china, week=$week)", 2, 3),
        ("slip", "release_slips(week=1, weeks=1)", None, None),
    ]
    assert [r.hazard for r in a_week_later(once).document.rows("hazards")] == ["bar"]


def test_the_moved_instance_can_be_hedged_and_read(tmp_path: Any) -> None:
    """vault-small after a week: written, read again without a fault, with the two futures that are still ahead."""
    problem = orebook.read("vault-small")
    judgement = Judge(problem, WEEKLY).judge(Decisions())
    document = next_week_document(problem, judgement, committed(problem, judgement))
    orebook.write_instance(document, tmp_path / "later")
    later = orebook.read(tmp_path / "later")
    assert told(later) == {
        "as it stands": (87.5, 5, ()),
        "mexico barred": (12.5, 2, ("origin_barred(origin=mexico, week=2)",)),
    }
