"""Prices drawn from volatilities and correlations, and what the draws come to."""

from __future__ import annotations

from math import exp, log, pi, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import orebook
from orebook.as_ordered import AsOrdered, as_ordered
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.scenarios.draws import draws
from orebook.scenarios.outcome import Outcome, OutcomeTicket
from orebook.scenarios.price_walks import price_walks
from orebook.scenarios.risk import Spread, risk_of
from orebook.scenarios.session import Session
from orebook.scenarios.study_request import DrawSettings, StudyRequest, scenarios_of
from orebook.scenarios.volatility import own_tornado
from tests.builders import make_problem


@pytest.fixture(scope="module")
def small() -> orebook.Plan:
    """The plan of vault-small."""
    return orebook.solve(orebook.read("instances/vault-small"), audit=False)


METALS = ("tin", "zinc", "lead")
A_WEEK = sqrt(52)
"""A year's volatility that is 1 % in a week, in %."""


def moving(
    pairs: list[tuple[str, str, float]] | None = None,
    weeks: int = 4,
    prices: list[dict[str, Any]] | None = None,
    **volatility: float,
) -> Problem:
    """A problem of three metals with an offer each."""
    rows: dict[str, Any] = {
        "minerals": [{"mineral": m, "daily_use_t": 1, "price_usd_per_t": 100} for m in METALS],
        "offers": [{"offer": f"o-{m}", "house": "traxys", "mineral": m} for m in METALS],
        "houses": [{"house": "traxys"}],
        "volatility": [{"mineral": m, "volatility_pct": v} for m, v in volatility.items()],
        "prices": prices or [],
    }
    if pairs:
        rows["correlations"] = [{"mineral": a, "other": b, "correlation": c} for a, b, c in pairs]
    return make_problem({"weeks": weeks}, **rows)


def last_logs(problem: Problem, count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The log factors of the last week, a row a draw and a column a price that moves."""
    found: np.ndarray[Any, np.dtype[np.float64]] = np.log(price_walks(problem, count, 0)[1][:, -1])
    return found


def test_a_draw_is_a_walk_whose_prices_stand_in_every_week_but_the_first() -> None:
    """Of each metal that moves its benchmark times the walk's factor, in six figures; the rest stays."""
    problem = moving(prices=[{"mineral": "tin", "week": 2, "price_usd_per_t": 200}], tin=10 * A_WEEK, zinc=5 * A_WEEK)
    names, factors = price_walks(problem, 3, 7)
    for scenario, walk in zip(draws(problem, 3, 7), factors, strict=True):
        drawn = problem.change(*scenario.changes)
        for week in range(1, 5):
            assert drawn.benchmark["lead", week] == 100
            for place, name in enumerate(names):
                stands = problem.benchmark[name, week]
                wanted = stands if week == 1 else stands * walk[week - 2, place]
                assert drawn.benchmark[name, week] == pytest.approx(wanted, rel=1e-5)
    assert names == ["tin", "zinc"]
    assert problem.benchmark["tin", 4] == 200  # carried on from week 2


@given(weekly=st.floats(0.001, 0.5), passed=st.integers(1, 51))
def test_the_mean_of_a_factor_is_one_in_closed_form(weekly: float, passed: int) -> None:
    """E exp(v z - v^2/2) = 1, by Gauss and Hermite's rule for standard normal z, v the volatility after the weeks passed."""
    v = weekly * sqrt(passed)
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    assert weights @ np.exp(v * nodes - v * v / 2) / sqrt(2 * pi) == pytest.approx(1, abs=1e-6)


def test_the_one_draw_of_a_walk_by_hand() -> None:
    """Week w's factor: exp of the sum of the steps until then, each 0.1 z - 0.005 at 10 % a week."""
    z = np.random.Generator(np.random.PCG64(4)).standard_normal((1, 3, 1)).ravel()
    walk = price_walks(moving(tin=10 * A_WEEK), 1, 4)[1].ravel()
    assert walk == pytest.approx([exp(sum(0.1 * x - 0.005 for x in z[:k])) for k in (1, 2, 3)])


def test_correlations_that_fit_no_prices_become_the_nearest_that_do() -> None:
    """Three pairs at -0.9 cannot be; each price still moves by its own volatility."""
    pairs = [("tin", "zinc", -0.9), ("zinc", "lead", -0.9), ("tin", "lead", -0.9)]
    found = last_logs(moving(pairs, tin=10 * A_WEEK, zinc=10 * A_WEEK, lead=10 * A_WEEK), 20_000)
    assert found.std(axis=0) == pytest.approx([0.1 * sqrt(3)] * 3, rel=0.02)
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(-0.5, abs=0.02)


def test_the_seed_says_the_draws_and_a_longer_list_begins_with_the_shorter() -> None:
    """Another seed draws others; what does not move is not among the changes."""
    problem = moving(tin=20, zinc=40)
    one, two = draws(problem, 5, 7), draws(problem, 9, 7)
    assert one == two[:5]
    assert draws(problem, 5, 8) != one
    assert not any("lead" in c for s in one for c in s.changes)


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (moving(), "no volatility"),
        (moving(weeks=1, tin=20), "week 1 is known"),
        (moving(tin=20).change("minerals.tin.price_usd_per_t=+10%", known=3), "learns of its changes in week 3"),
    ],
)
def test_where_nothing_can_be_drawn_that_is_said(problem: Problem, says: str) -> None:
    """Nothing moves; no week comes after the first; some weeks' prices are settled."""
    with pytest.raises(InputError, match=says):
        draws(problem, 5, 0)


def test_changes_come_before_what_is_drawn() -> None:
    """A metal a tenth dearer is so in every week, and its walk goes on from there."""
    problem, dearer = moving(tin=20), "minerals.tin.price_usd_per_t=+10%"
    plain, after = (
        scenarios_of(StudyRequest(draws=DrawSettings(1, 3), changes=changes), problem)[0].changes
        for changes in ((), (dearer,))
    )
    first, second = problem.change(*plain).benchmark, problem.change(*after).benchmark
    assert [second["tin", w] / first["tin", w] for w in range(1, 5)] == pytest.approx([1.1] * 4, rel=1e-5)


def test_a_tornado_at_its_own_volatility_moves_a_price_by_a_week() -> None:
    """Down and up by a standard deviation of a week's log change."""
    down, up = own_tornado(moving(tin=26))
    sigma = 0.26 / sqrt(52)
    for scenario, sign in ((down, -1), (up, 1)):
        pct = float(scenario.changes[0].rpartition("=")[2].rstrip("%"))
        assert log(1 + pct / 100) == pytest.approx(sign * sigma, abs=1e-7)
    assert up.name == f"tin +{100 * (exp(sigma) - 1):.2g}%"


def test_a_spread_by_hand() -> None:
    """Of 1 to 20: 95 % are at most 19, and the worst 5 % is 20; at 90 %: 18, and (19 + 20) / 2."""
    spread = Spread.of([float(k) for k in range(20, 0, -1)], 0.95)
    assert (spread.mean, spread.low, spread.median, spread.high) == (10.5, 1, 10, 19)
    assert (spread.at_risk, spread.conditional) == pytest.approx((19, 20))
    assert Spread.of([float(k) for k in range(1, 21)], 0.9).conditional == pytest.approx(19.5)
    assert spread.error == pytest.approx(sqrt(35 / 20))


def test_week_one_is_counted_over_the_draws_that_have_a_plan() -> None:
    """An order of the base plan that is placed in none is listed too; later weeks are not."""

    def outcome(*orders: tuple[str, int, float], status: str = "optimal") -> Outcome:
        tickets = tuple(OutcomeTicket(offer=o, week=w, tonnes=t) for o, w, t in orders)
        return Outcome.model_validate(
            {"name": "x", "status": status, "total_usd": 1, "measures": {"cover": 0}, "tickets": tickets}
        )

    base = outcome(("a", 1, 5), ("d", 1, 1))
    found = [outcome(("a", 1, 5), ("b", 2, 1)), outcome(("a", 1, 7), ("c", 1, 2)), outcome(status="infeasible")]
    risk = risk_of(base, found, 0.95)
    assert (risk.draws, risk.without_plan) == (3, 1)
    assert (risk.as_ordered_usd, risk.beyond_money) == (None, 0)
    told = [(c.offer, c.draws, c.part, c.least_t, c.most_t, c.in_base) for c in risk.week_one]
    assert told == [("a", 2, 1.0, 5, 7, True), ("c", 1, 0.5, 2, 2, False), ("d", 0, 0.0, 0, 0, True)]


def test_a_tidying_stage_that_lives_off_tolerances_leaves_the_plan_before_it(small: orebook.Plan) -> None:
    """In two draws of the small vault `changes` holds earlier stages by 2 g of tungsten that nobody ordered."""
    session = Session.of(small)
    listed = draws(small.problem, 23, 0)
    for scenario in (listed[7], listed[22]):
        plan = session.whatif(*scenario.changes)
        assert plan.status == "optimal"
        assert plan.judgement.breaches == ()


def test_workers_change_no_figure(small: orebook.Plan) -> None:
    """One worker or two: the same risk."""
    one, two = (orebook.risk(small, draws=4, seed=3, workers=n) for n in (1, 2))
    assert one == two
    assert one.cost_usd
    assert one.cost_usd.low < one.cost_usd.high
    assert one.as_ordered_usd
    assert one.as_ordered_usd.low < one.as_ordered_usd.high


def spread_out(**head: Any) -> orebook.Plan:
    """A plan of two weeks that orders 4 t of tin in the first and 6 t in the second."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 6, "order_fee_usd": 10}]
    problem = make_problem(
        head,
        offers=offers,
        funding=[{"source": "fund", "rate_pct": 52, "limit_usd": 1200}],
        prior=[{"offer": "a", "week": 1, "tonnes": 4}, {"offer": "a", "week": 2, "tonnes": 6}],
        volatility=[{"mineral": "tin", "volatility_pct": 10 * A_WEEK}],
    )
    return orebook.solve(problem.change("instance.frozen_weeks=2"), gap=0.0, audit=False)


@pytest.mark.parametrize(("price", "cash", "beyond"), [(100, 1020, False), (150, 1320, True), (50, 720, False)])
def test_what_is_ordered_is_repriced_by_hand(price: int, cash: float, *, beyond: bool) -> None:
    """4 t at 100 and 6 t at the new price, 10 USD for each order; 1 % a week on what is drawn, of 410 in week 1 for both weeks.

    The fund lends 1200 USD.
    """
    plan = spread_out()
    assert [(t.week, t.tonnes) for t in plan.document.tickets] == [(1, 4), (2, 6)]
    found = as_ordered(plan, [f"prices+=mineral:tin,week:2,price_usd_per_t:{price}"])
    interest = 0.01 * (410 + cash)
    assert found is not None
    assert (found.cash_usd, found.beyond_money) == (cash, beyond)
    assert found.total_usd == pytest.approx(cash + interest)
    assert as_ordered(plan, ["offers.a=none", "offers+=offer:b,house:traxys,mineral:tin"]) is None
    assert as_ordered(plan, []) == AsOrdered(
        cash_usd=plan.costs.cash_usd, total_usd=plan.costs.total_usd, beyond_money=False
    )


def test_a_budget_is_money_too() -> None:
    """1100 USD do for the plan as it stands, and not for 6 t at 113.4 USD: 410 + 690.4."""
    plan = spread_out(budget_usd=1100)
    dear = as_ordered(plan, ["prices+=mineral:tin,week:2,price_usd_per_t:113.4"])
    assert dear is not None
    assert dear.beyond_money
    assert dear.cash_usd == pytest.approx(1100.4)


def test_a_risk_tells_what_is_ordered_from_foresight() -> None:
    """As ordered cash moves with the tonnes of week 2 alone; with foresight they move to the cheaper week with room."""
    problem = spread_out().problem.change("instance.frozen_weeks=0")
    base = orebook.solve(problem, gap=0.0, audit=False)
    risk = orebook.risk(base, draws=40, seed=2, gap=0.0)
    assert risk.as_ordered_usd
    assert risk.cost_usd
    assert risk.cost_usd.mean < risk.as_ordered_usd.mean
    drawn = price_walks(problem, 40, 2)[1].ravel()
    late = sum(t.tonnes for t in base.document.tickets if t.week == 2)
    dearer = [as_ordered(base, s.changes) for s in draws(problem, 40, 2)]
    assert [a.cash_usd - base.costs.cash_usd for a in dearer if a] == pytest.approx(100 * late * (drawn - 1), abs=0.01)


@pytest.mark.parametrize("pair", [("tin", "zinc"), ("zinc", "tin")])
def test_a_pair_may_be_named_either_way_round(pair: tuple[str, str]) -> None:
    """The correlation is the same whichever mineral stands first."""
    found = last_logs(moving([(*pair, 0.6)], tin=20, zinc=40), 20_000)
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(0.6, abs=0.02)
