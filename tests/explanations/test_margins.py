"""What more of a limit buys, by hand: tin at 100 USD/t, 1 t of use a day, 10 days wanted, all critical (weight 1 + 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import orebook
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.margins import CURVE, STEPS_PCT, margins
from orebook.explanations.words import worded
from orebook.schema.facts import Fact
from tests.builders import make_problem
from tests.explanations.solved import interval
from tests.judge.cases import WEEKLY

OFFER = [{"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 20}]
MINERAL = [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "m3_per_t": 2}]


def _counterfactuals(head: dict[str, Any] | None = None, **tables: Any) -> Counterfactuals:
    problem = make_problem({"weeks": 1, **(head or {})}, minerals=MINERAL, offers=OFFER, **tables)
    return Counterfactuals(orebook.solve(problem, WEEKLY, gap=0, audit=False))


def _figures(facts: list[Fact], name: str) -> list[float]:
    """The figure of each fact, which is exact in these cases; money to the cent."""
    for fact in facts:
        low, high = interval(fact.figures[name])
        assert high - low <= 1e-3
    return [round(interval(f.figures[name])[1], 2 if name.endswith("_usd") else 3) for f in facts]


def test_a_store_that_is_full() -> None:
    """10 m3 hold 5 t: 1 % more is 0.05 t, which is 0.05 days, 0.25 weighted, for 5 USD."""
    found = list(margins(_counterfactuals(sites=[{"site": "depot", "capacity_m3": 10}]), "depot"))
    assert [f.figures["added_m3"] for f in found] == [0.1, 0.5, 1.0]
    assert _figures(found, "cover_days") == [-0.25, -1.25, -2.5]
    assert _figures(found, "cost_usd") == [5.0, 25.0, 50.0]
    assert [f.changes for f in found] == [(f"sites.depot.capacity_m3=+{p}%",) for p in STEPS_PCT]


def test_a_house_that_has_room_sells_no_more() -> None:
    """Of 20 t a week 10 are bought: more of it changes nothing."""
    found = list(margins(_counterfactuals(houses=[{"house": "traxys", "weekly_capacity_t": 20}]), "traxys"))
    assert _figures(found, "cover_days") == [0.0, 0.0, 0.0]
    assert [worded(f).says for f in found][2] == (
        "10 % more capacity a week of traxys (2 t a week): the plan stays as good as it is."
    )


def test_the_budget_is_what_bounds_the_money_together() -> None:
    """500 USD in the budget, the release and the source buy 5 t. One alone buys nothing more; 10 % of all buy 0.5 t."""
    counterfactuals = _counterfactuals(
        {"budget_usd": 500}, releases=[{"week": 1, "usd": 500}], funding=[{"source": "cash", "limit_usd": 500}]
    )
    found = list(margins(counterfactuals, "budget"))
    of = {
        what: [f for f in found if f.about.against == what] for what in ("budget", "budget_usd", "releases", "funding")
    }
    assert _figures(of.pop("budget"), "cover_days") == [-0.25, -1.25, -2.5]
    for alone in of.values():
        assert _figures(alone, "cover_days") == [0.0, 0.0, 0.0]
    # 50 USD buy half a day, 2.5 weighted ones
    assert worded(found[2]).says == (
        "10 % more of the budget (USD 50.00): 2.5 weighted days fewer short, USD 50.00 more cost "
        "(USD 20.00 a weighted day); in the plan found tin 0.5 days more."
    )


def test_the_curve_goes_down_with_the_budget() -> None:
    """20 % are 100 USD, 1 t, 5 weighted days: worse with less, better with more, nothing at the plan itself."""
    found = list(margins(_counterfactuals({"budget_usd": 500}), "curve"))
    assert [f.figures["budget_usd"] for f in found] == [400, 425, 450, 475, 500, 525, 550, 575, 600]
    assert _figures(found, "cover_days") == [5.0, 3.75, 2.5, 1.25, 0.0, -1.25, -2.5, -3.75, -5.0]
    assert [bool(f.changes) for f in found] == [p != 0 for p in CURVE]
    assert worded(found[0]).says == (
        "With a budget of USD 400.00 5.0 weighted days more short, USD 100.00 less cost; in the plan found tin 1.0 days less."
    )


def test_a_budget_too_small_for_a_plan_is_said() -> None:
    """4.5 t are committed for 450 USD: 10 % less than 500 is the least that there is a plan with."""
    problem = make_problem({"weeks": 1, "budget_usd": 500}, minerals=MINERAL, offers=[{**OFFER[0], "commit_t": 4.5}])
    found = list(margins(Counterfactuals(orebook.solve(problem, WEEKLY, gap=0, audit=False)), "curve"))
    assert ["cover_days" in f.figures for f in found] == [False, False, *[True] * 7]
    assert worded(found[0]).says == "With a budget of USD 400.00 no plan was found that keeps every rule."


def _opened(counterfactuals: Counterfactuals, by: float) -> Counterfactuals:
    """The same plan as if its solve had proven less: its first stage's bound lower by so much."""
    first, *rest = counterfactuals.plan.document.stages
    stages = (first.model_copy(update={"bound": first.bound - by}), *rest)
    return Counterfactuals(
        replace(counterfactuals.plan, document=counterfactuals.plan.document.model_copy(update={"stages": stages}))
    )


def test_no_solve_is_made_that_could_tell_nothing() -> None:
    """The plan's 25 weighted days short are proven to 5 only: 10 % of the budget win 2.5 at most, so a bound says it."""
    found = list(margins(_opened(_counterfactuals({"budget_usd": 500}), 20.0), "budget"))
    assert {f.method for f in found} == {"bound"}
    for fact in found:
        assert interval(fact.figures["cover_days"]) == pytest.approx((-2.5, 0.0))
    assert "nothing that the gap can tell (at most 2.5 weighted days fewer short)" in worded(found[2]).says


def test_what_is_open_in_the_plan_is_open_in_the_figure() -> None:
    """Proven to 1 of 25: 10 % win 2.5 over the plan, so 1.5 to 2.5 over the best there is; the cost is not told."""
    fact = list(margins(_opened(_counterfactuals({"budget_usd": 500}), 1.0), "budget"))[2]
    assert interval(fact.figures["cover_days"]) == pytest.approx((-2.5, -1.5))
    assert "cost_usd" not in fact.figures
