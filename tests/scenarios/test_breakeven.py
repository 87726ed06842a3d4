"""Where an answer turns between two values."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import orebook
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.scenarios.breakeven import HALVINGS, turning_point, watch_of
from orebook.scenarios.outcome import Ending, Outcome
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.session import Session
from orebook.scenarios.sweeps import span
from tests.builders import make_problem


@pytest.fixture(scope="module")
def two() -> Problem:
    """Two houses for tin: a quotes 100, b quotes 103 USD/t; money for all that is wanted."""
    return make_problem(
        {"weeks": 2, "target_days": 10},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}],
        houses=[{"house": "a"}, {"house": "b"}],
        offers=[
            {"offer": "a-tin", "house": "a", "mineral": "tin", "lot_t": 1},
            {"offer": "b-tin", "house": "b", "mineral": "tin", "lot_t": 1, "premium_pct": 3},
        ],
    )


def test_the_price_at_which_the_other_house_wins(two: Problem) -> None:
    """The other's 103 and the 0.1 % of cost that an unchanged plan may take: told from both sides, a thousandth apart."""
    session = Session.of(orebook.solve(two, gap=0.0, audit=False), gap=0.0)
    turn = turning_point(span("offers.a-tin.premium_pct=0:10"), watch_of("ticket b-tin", two), session.solve_scenario)
    assert [answer for answer, _ in turn.sides] == ["no", "yes"]
    no, yes = (float(o.name.rpartition(" ")[2]) for _, o in turn.sides)
    assert no <= 103 * 1.001 - 100 <= yes
    assert yes - no == pytest.approx(10 / 2**HALVINGS, abs=1e-4)  # names have six digits
    assert len(turn.solved) == HALVINGS + 2


def test_an_answer_that_does_not_turn_is_not_told(two: Problem) -> None:
    """Both ends are solved, and nothing between."""
    session = Session.of(orebook.solve(two, gap=0.0, audit=False), gap=0.0)
    turn = turning_point(span("offers.a-tin.premium_pct=0:2"), watch_of("ticket b-tin", two), session.solve_scenario)
    assert (turn.sides, len(turn.solved)) == ((), 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cost>10", "yes"),
        ("cost < 10", "no"),
        ("short<3", "yes"),
        ("unmet>0", "no"),
        ("changed>1", "yes"),
        ("plan", "yes"),
    ],
)
def test_what_can_be_watched(two: Problem, text: str, said: str) -> None:
    """Figures against numbers; one that is not there is neither over nor under."""
    outcome = Outcome(name="x", status="optimal", total_usd=11, measures={"cover": 2.0}, changed=2)
    assert watch_of(text, two)(outcome) == said


def test_dust_is_not_short(two: Problem) -> None:
    """Grams short are none; a hundredth of a day is."""
    for days, said in ((2.7e-7, "no"), (0.01, "yes")):
        outcome = Outcome(name="x", status="optimal", measures={"cover": days, "unmet": days})
        assert [watch_of(text, two)(outcome) for text in ("short>0", "unmet>0")] == [said, said]


@pytest.mark.parametrize("text", ["cost>10", "cost<10", "ticket a-tin", "short>0"])
def test_without_a_plan_there_is_no_answer(two: Problem, text: str) -> None:
    """Neither yes nor no; and where no plan was found in time, or the scenario failed, not even that there is none."""
    assert watch_of(text, two)(Outcome(name="x", status="infeasible")) == "no plan"
    assert watch_of(text, two)(Outcome(name="x", status="unknown")) == "not known"
    assert watch_of("plan", two)(Outcome(name="x", status="infeasible")) == "no"
    assert watch_of("plan", two)(Outcome(name="x", status="failed")) == "not known"


def _ask(answers: dict[float, str]) -> Callable[[Scenario], Outcome]:
    """Scenarios that cost as much as is set, have no plan, or end without one: by the last border that is passed."""

    def ask(scenario: Scenario) -> Outcome:
        value = float(scenario.changes[0].partition("=")[2])
        said = next(said for border, said in sorted(answers.items(), reverse=True) if value >= border)
        status: Ending = "optimal" if said in ("yes", "no") else "infeasible" if said == "no plan" else "unknown"
        return Outcome(name=str(value), status=status, total_usd={"yes": 20.0, "no": 5.0}.get(said))

    return ask


@pytest.mark.parametrize(
    ("answers", "sides", "border"),
    [
        ({0: "no", 40: "yes"}, ["no", "yes"], 40),
        ({0: "no plan", 40: "yes"}, ["no plan", "yes"], 40),
        ({0: "yes", 30: "no plan"}, ["yes", "no plan"], 30),
        ({0: "no plan", 20: "no", 70: "yes"}, ["no", "yes"], 70),
        ({0: "yes", 20: "no", 70: "no plan"}, ["yes", "no"], 20),
        ({0: "not known", 55: "no"}, ["not known", "no"], 55),
    ],
)
def test_each_side_of_a_turn_is_told_as_it_is(answers: dict[float, str], sides: list[str], border: float) -> None:
    """From no plan to a plan is no turn of the figure; where the figure turns too, that is what is told."""
    turn = turning_point(span("instance.budget_usd=0:100"), watch_of("cost>10", make_problem()), _ask(answers))
    assert [said for said, _ in turn.sides] == sides
    below, above = (float(outcome.name) for _, outcome in turn.sides)
    assert below < border <= above
    assert above - below <= 100 / 2**HALVINGS + 1e-9


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ticket c-tin", 'did you mean "b-tin"'),
        ("price>3", "is nothing to watch"),
        ("cost>much", "is nothing to watch"),
    ],
)
def test_what_cannot_be_watched_is_refused(two: Problem, text: str, says: str) -> None:
    """With the nearest that can."""
    with pytest.raises(InputError) as error:
        watch_of(text, two)
    assert says in error.value.findings[0].message
