"""Where an answer turns between two values."""

from __future__ import annotations

import pytest

import orebook
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.scenarios.breakeven import HALVINGS, answer_of, turn_of
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.session import Session
from orebook.scenarios.sweeps import span


@pytest.fixture(scope="module")
def two() -> Problem:
    """Two houses for tin: a quotes 100, b quotes 103 USD/t; money for all that is wanted."""
    from tests.builders import make_problem

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
    turn = turn_of(span("offers.a-tin.premium_pct=0:10"), answer_of("ticket b-tin", two), session.ask)
    assert turn.no
    assert turn.yes
    no, yes = (float(o.name.rpartition(" ")[2]) for o in (turn.no, turn.yes))
    assert no <= 103 * 1.001 - 100 <= yes
    assert yes - no == pytest.approx(10 / 2**HALVINGS, abs=1e-4)  # names have six digits
    assert len(turn.solved) == HALVINGS + 2


def test_an_answer_that_does_not_turn_is_not_told(two: Problem) -> None:
    """Both ends are solved, and nothing between."""
    session = Session.of(orebook.solve(two, gap=0.0, audit=False), gap=0.0)
    turn = turn_of(span("offers.a-tin.premium_pct=0:2"), answer_of("ticket b-tin", two), session.ask)
    assert (turn.no, turn.yes, len(turn.solved)) == (None, None, 2)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("cost>10", True),
        ("cost < 10", False),
        ("short<3", True),
        ("unmet>0", False),
        ("changed>1", True),
        ("plan", True),
    ],
)
def test_what_can_be_watched(two: Problem, text: str, *, yes: bool) -> None:
    """Figures against numbers; one that is not there is neither over nor under."""
    outcome = Outcome(name="x", status="optimal", total_usd=11, measures={"cover": 2.0}, changed=2)
    assert answer_of(text, two)(outcome) is yes


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
        answer_of(text, two)
    assert says in error.value.findings[0].message
