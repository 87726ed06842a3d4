"""Which tables and charts a study of each kind has, and its page."""

from __future__ import annotations

from functools import cache

import pytest
from tests.builders import make_problem

import orebook
from orebook.as_ordered import AsOrdered
from orebook.plan import Plan
from orebook.report.studies.scenario_page import study_charts, study_page, study_tables
from orebook.scenarios.breakeven import TurningPoint
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.study_request import BreakEven, DrawSettings, StudyRequest
from orebook.scenarios.study_result import StudyResult

LIST, RISK, WEEK_ONE = (
    "Scenarios",
    "2 draws of prices; as ordered 1 cost more than the money there is",
    "Week 1 with foresight, over all draws",
)
TORNADO, TURN = "What each price moves, against the base plan", "Where the answer turns"


@cache
def plan() -> Plan:
    """Ten days of tin."""
    return orebook.solve(make_problem(), gap=0.0, audit=False)


def outcome(name: str, short: float) -> Outcome:
    """An outcome that is so many days short, and costs as much more; of a draw what is ordered costs twice that."""
    total = 2e6 + 1e5 * short
    repriced = AsOrdered(cash_usd=total, total_usd=2 * total, beyond_money=short > 0) if "draw" in name else None
    return Outcome(name=name, status="optimal", total_usd=total, measures={"cover": short}, as_ordered=repriced)


def study(request: StudyRequest, *names: str, missing: int = 0, turn: bool = False) -> StudyResult:
    """A study with an outcome a name, each a day shorter than the one before."""
    outcomes = tuple(outcome(name, k) for k, name in enumerate(names))
    found = TurningPoint((("no", outcomes[0]), ("yes", outcomes[1])), outcomes) if turn else None
    return StudyResult(request, plan(), outcomes, len(outcomes) + missing, turn=found)


ONE, TWO = "instance.target_days=5:6:2", "instance.budget_usd=-5%:+5%:2"
SCENARIOS = StudyRequest(scenarios=(Scenario(name="x"),), ranges=(ONE,))
KINDS = {
    "scenarios": (study(SCENARIOS, "x", "target_days 5"), [LIST], []),
    "a range": (study(StudyRequest(ranges=(ONE,)), "target_days 5", "target_days 6"), [LIST], ["Curve"] * 2),
    "two ranges": (
        study(StudyRequest(ranges=(ONE, TWO)), *(f"target_days {d} / budget_usd {b}5%" for d in (5, 6) for b in "-+")),
        [LIST],
        ["Heat"] * 2,
    ),
    "a tornado": (study(StudyRequest(tornado=5.0), "tin -5%", "tin +5%"), [TORNADO], ["Bullets"] * 2),
    "a tornado, stopped": (study(StudyRequest(tornado=5.0), "tin -5%", missing=1), [LIST], []),
    "draws": (study(StudyRequest(draws=DrawSettings(2)), "draw 1", "draw 2"), [RISK, WEEK_ONE], ["Bullets"] * 3),
    "a turn": (study(StudyRequest(break_even=BreakEven(ONE, "plan")), "a 1", "a 2", turn=True), [TURN], []),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_tables_and_charts(kind: str) -> None:
    """Charts and the tornado's table only where no outcome is missing."""
    result, tables, charts = KINDS[kind]
    assert [table.title for table in study_tables(result)] == tables
    assert ([type(chart).__name__ for chart in study_charts(result)] if result.complete else []) == charts
    text = study_page(result)
    assert "What if: case" in text
    assert f"{len(result.outcomes)} scenarios of case" in text
    assert text.count("<svg") == 2 * len(charts)  # a narrow and a wide drawing
    assert all(o.name in text.replace("&#43;", "+") for o in result.outcomes)


def test_a_list_is_shown_once() -> None:
    """Its answer is the table of every scenario, which stands below; a tornado's answer is a table of its own."""
    assert study_page(KINDS["a range"][0]).count("<table") < study_page(KINDS["a tornado"][0]).count("<table")


def test_draws_tell_what_is_ordered_from_foresight() -> None:
    """2.0 and 2.1 million with foresight, twice that as ordered; the second is more than the money there is."""
    result = KINDS["draws"][0]
    risk, _ = study_tables(result)
    assert [row[:3] for row in risk.rows] == [
        ("as ordered: cost, USD", "4.10 m \u00b1 100,000", "4.00 m"),
        ("with foresight: cost, USD", "2.05 m \u00b1 50,000", "2.00 m"),
        ("with foresight: weighted days short", "0.5 \u00b1 0.5", "0.0"),
    ]
    assert risk.title == "2 draws of prices; as ordered 1 cost more than the money there is"
    assert "by who knew every price from week 1" in study_page(result)
    assert "by who knew every price" not in study_page(KINDS["a range"][0])


def test_a_turn_that_was_not_found_is_the_list_of_what_was_tried() -> None:
    """Where both ends answer alike."""
    result = study(StudyRequest(break_even=BreakEven(ONE, "plan")), "a 1", "a 2")
    same = StudyResult(result.request, plan(), result.outcomes, 2, turn=TurningPoint((), result.outcomes))
    assert [table.title for table in study_tables(same)] == [LIST]
    assert same.document()["turn"] == {"when": "plan", "no": None, "yes": None, "sides": []}
