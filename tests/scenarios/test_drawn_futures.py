"""Futures drawn from walks and hazards: what is drawn has the figures asked for, and what is kept stands for all of it."""

from __future__ import annotations

from itertools import combinations
from math import exp, sqrt
from typing import Any

import numpy as np
import pytest

from orebook.changes.futures import future_faults
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading.book import Book
from orebook.scenarios.drawn_futures import drawn_futures
from orebook.scenarios.forward_selection import kept
from orebook.scenarios.hazard_draws import strikes
from orebook.scenarios.price_walks import price_walks
from orebook.scenarios.sample import Sample
from tests.builders import make_problem

STRIKE = {"hazard": "strike", "change": "houses.traxys.weekly_capacity_t=1", "chance": 0.4}
BAR = {
    "hazard": "bar",
    "change": "origin_barred(origin=china, week=$week)",
    "chance": 0.5,
    "from_week": 3,
    "to_week": 4,
}


def case(*hazards: dict[str, Any], weeks: int = 4, **tables: Any) -> Problem:
    """Two metals of China whose prices move together, a year's volatility of 52 ** 0.5 * 10 % being 10 % a week."""
    metals = ("tin", "zinc")
    rows: dict[str, Any] = {
        "minerals": [{"mineral": m, "daily_use_t": 1, "price_usd_per_t": 100} for m in metals],
        "offers": [{"offer": m, "house": "traxys", "mineral": m, "origin": "china"} for m in metals],
        "volatility": [{"mineral": m, "volatility_pct": 10 * sqrt(52)} for m in metals],
        "correlations": [{"mineral": "tin", "other": "zinc", "correlation": 0.6}],
        "hazards": list(hazards),
        **tables,
    }
    return make_problem({"weeks": weeks}, **rows)


def test_walks_have_the_mean_the_spread_and_the_correlation_asked_for() -> None:
    """Mean 1 in every week; log changes of 10 % times the root of the weeks passed, their mean half a square below."""
    names, factors = price_walks(case(), 40_000, 3)
    logs = np.log(factors)
    assert names == ["tin", "zinc"]
    for week, passed in ((2, 1), (3, 2), (4, 3)):
        at = week - 2
        assert factors[:, at].mean(axis=0) == pytest.approx([1, 1], abs=0.003)
        assert logs[:, at].std(axis=0) == pytest.approx([0.1 * sqrt(passed)] * 2, rel=0.02)
        assert logs[:, at].mean(axis=0) == pytest.approx([-0.005 * passed] * 2, abs=0.003)
        assert np.corrcoef(logs[:, at].T)[0, 1] == pytest.approx(0.6, abs=0.02)
    steps = logs[:, 1] - logs[:, 0]
    assert np.corrcoef(steps[:, 0], logs[:, 0, 0])[0, 1] == pytest.approx(0, abs=0.02)


def test_of_a_seed_more_draws_begin_with_fewer() -> None:
    """Prices and hazards; prices are the same with and without hazards."""
    problem = case(STRIKE, BAR)
    assert (price_walks(problem, 9, 5)[1][:4] == price_walks(case(), 4, 5)[1]).all()
    assert strikes(problem, 9, 5)[:4] == strikes(problem, 4, 5)
    assert strikes(problem, 9, 6) != strikes(problem, 9, 5)


def test_a_hazard_strikes_as_often_as_its_chance_in_any_of_its_weeks() -> None:
    """The bar in 3 and 4, alike, half of the time; the strike in 2, 3 and 4; each apart from the other."""
    found = [dict(each) for each in strikes(case(STRIKE, BAR), 20_000, 1)]
    bars, struck = [f["bar"] for f in found if "bar" in f], [f["strike"] for f in found if "strike" in f]
    assert len(bars) / len(found) == pytest.approx(0.5, abs=0.02)
    assert len(struck) / len(found) == pytest.approx(0.4, abs=0.02)
    assert {week: bars.count(week) / len(bars) for week in (3, 4)} == pytest.approx({3: 0.5, 4: 0.5}, abs=0.02)
    assert {w: struck.count(w) / len(struck) for w in (2, 3, 4)} == pytest.approx(
        {2: 1 / 3, 3: 1 / 3, 4: 1 / 3}, abs=0.02
    )
    assert sum(len(f) == 2 for f in found) / len(found) == pytest.approx(0.2, abs=0.02)


def test_forward_selection_by_hand() -> None:
    """0, 1, 2 and 10: the first kept is 1 or 2, at 11 and 11 in all, so 1; then 10, which leaves 2, where 0 or 2 leave 10."""
    points = np.array([[0.0], [1.0], [2.0], [10.0]])
    assert kept(points, "aaaa", 1) == [(1, 4)]
    assert kept(points, "aaaa", 2) == [(1, 3), (3, 1)]
    assert kept(points, "aaaa", 9) == [(0, 1), (1, 1), (2, 1), (3, 1)]


def test_groups_are_never_mixed_and_each_keeps_one() -> None:
    """The lone draw of b is kept though it lies on one of a; the second place goes where it brings most."""
    points = np.array([[0.0], [1.0], [2.0], [10.0], [1.0]])
    assert kept(points, "aaaab", 2) == [(1, 4), (4, 1)]
    assert kept(points, "aaaab", 3) == [(1, 3), (3, 1), (4, 1)]


def test_draws_that_are_the_same_are_kept_once() -> None:
    """Nothing is won by the others."""
    assert kept(np.array([[1.0], [1.0], [1.0]]), "aaa", 3) == [(0, 3)]


def test_each_step_keeps_the_draw_that_brings_most() -> None:
    """Of drawn points in the plane: one more than is kept, any draw would leave all of them at least as far away."""
    points = np.random.default_rng(2).standard_normal((14, 2))

    def apart(places: tuple[int, ...]) -> float:
        return sum(min(float(np.linalg.norm(p - points[k])) for k in places) for p in points)

    before: set[int] = set()
    for most in range(1, 5):
        now = {place for place, _ in kept(points, "a" * 14, most)}
        assert before < now
        grown = [tuple({*before, k}) for k in range(14)]
        assert apart(tuple(now)) == pytest.approx(min(map(apart, grown)))
        before = now
    assert apart(tuple(before)) <= 1.2 * min(map(apart, combinations(range(14), 4)))


def test_a_sample_by_hand() -> None:
    """0 with 0.95 and 20 with 0.05: mean 1, and the worst tenth is half 20."""
    sample = Sample.of(np.array([0.0, 20.0]), np.array([0.95, 0.05]))
    assert (sample.number, sample.mean, sample.worst_tenth) == pytest.approx((2, 1, 10))
    assert sample.deviation == pytest.approx(sqrt(0.95 * 1 + 0.05 * 361))


@pytest.mark.parametrize("prices", [True, False])
def test_what_is_kept_is_a_table_of_futures_without_a_fault(prices: bool) -> None:
    """Probabilities come to 1; every set of hazards that struck is there as often as it was drawn; changes can be made."""
    problem = case(STRIKE, BAR)
    drawn = drawn_futures(problem, 200, 40, 1, prices=prices)
    assert sum(future.probability for future in drawn.problem.futures) == pytest.approx(1)
    document = drawn.problem.document
    assert future_faults(Book.of(document), document) == []
    struck = strikes(problem, 200, 1)
    for names in (set(), {"bar"}, {"strike"}, {"bar", "strike"}):
        part = sum({n for n, _ in each} == names for each in struck) / 200
        told = [f for f in drawn.problem.futures if {n for n in ("bar", "strike") if n in (f.note or "")} == names]
        assert sum(f.probability for f in told) == pytest.approx(part)
    assert drawn.problem.digest == problem.digest
    assert (drawn.joined, drawn.foreseen) == (0, prices)
    assert drawn.kept["hazards that strike"].mean == pytest.approx(drawn.all_draws["hazards that strike"].mean)


def test_prices_are_known_in_week_2_and_are_the_benchmark_times_the_walk() -> None:
    """A row that prices.csv has is changed, one that it lacks is added; week 1 stays."""
    problem = case(prices=[{"mineral": "tin", "week": 3, "price_usd_per_t": 200}])
    future, *_ = drawn_futures(problem, 5, 5, 1).problem.futures
    k = int(future.name.removeprefix("draw ")) - 1
    names, factors = price_walks(problem, 5, 1)
    assert future.known_week == 2
    priced = problem.change(*future.changes).benchmark
    for place, name in enumerate(names):
        expected = [problem.benchmark[name, w] * (factors[k, w - 2, place] if w > 1 else 1) for w in range(1, 5)]
        assert [priced[name, w] for w in range(1, 5)] == pytest.approx(expected, rel=1e-5)


def test_hazards_alone_are_known_when_the_first_strikes() -> None:
    """The bar in week 3 or 4; where nothing strikes it is as it stands, and never known."""
    futures = drawn_futures(case(BAR), 100, 12, 1, prices=False).problem.futures
    assert {(f.name == "as it stands", f.known_week, f.changes) for f in futures} == {
        (True, 5, ()),
        (False, 3, ("origin_barred(origin=china, week=3)",)),
        (False, 4, ("origin_barred(origin=china, week=4)",)),
    }


def test_the_same_change_known_in_two_weeks_is_two_futures() -> None:
    """A strike that names no week: known in 2, 3 or 4."""
    futures = drawn_futures(case(STRIKE), 100, 12, 1, prices=False).problem.futures
    assert sorted(f.known_week for f in futures) == [2, 3, 4, 5]


def test_sets_of_hazards_beyond_what_is_kept_join_the_likeliest() -> None:
    """Two are kept of the four sets, with all of the probability, and how much joined is told."""
    problem = case(STRIKE, BAR)
    drawn = drawn_futures(problem, 200, 2, 1)
    sets = [frozenset(name for name, _ in each) for each in strikes(problem, 200, 1)]
    likeliest = sorted((sets.count(s) for s in set(sets)), reverse=True)[:2]
    assert len(drawn.problem.futures) == 2
    assert drawn.joined == pytest.approx(1 - sum(likeliest) / 200)
    assert sum(f.probability for f in drawn.problem.futures) == pytest.approx(1)


def test_what_changes_nothing_any_more_is_noted_and_left_out() -> None:
    """The house is out from the first hazard on: the second finds nothing to stop."""
    out = [{"hazard": name, "change": "offers.tin=none", "chance": 1} for name in ("first", "second")]
    (future,) = drawn_futures(case(*out, weeks=2), 3, 3, 1, prices=False).problem.futures
    assert (future.changes, future.note) == (
        ("offers.tin=none",),
        "first in week 2, second in week 2 (changes nothing then)",
    )


@pytest.mark.parametrize(
    ("problem", "options", "says"),
    [
        (case(weeks=1), {}, "week 1 is known"),
        (case(), {"prices": False}, "no hazard that can strike"),
        (case(volatility=[]), {}, "no volatility"),
        (case(), {"keep": 0}, "keep"),
    ],
)
def test_where_nothing_can_be_drawn_it_is_refused(problem: Problem, options: dict[str, Any], says: str) -> None:
    """With what is missing."""
    with pytest.raises(InputError, match=says):
        drawn_futures(problem, 5, **options)


def test_the_price_of_a_day_has_the_mean_of_today() -> None:
    """1 as it stands; two equal parts that move together by 0.6: a deviation of a lognormal's, times the root of 0.8."""
    drawn = drawn_futures(case(), 3000, 40, 1)
    (sample,) = (s for what, s in drawn.all_draws.items() if what.startswith("price"))
    alone = sqrt(exp(0.03) - 1)
    assert (sample.mean, sample.deviation) == pytest.approx((1, alone * sqrt(0.8)), abs=0.01)
