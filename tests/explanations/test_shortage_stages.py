"""Shortages where another stage comes before cover: what a cause wins may go to that stage first, and no fact says more."""

from __future__ import annotations

import pytest

import orebook
from orebook.errors import StoppedError
from orebook.explanations.answer_cache import Answers
from orebook.explanations.engine.ablations import Ablation
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.monotonicity import LIMITS, effect_of
from orebook.explanations.questions.shortage import shortages
from orebook.explanations.words import worded
from orebook.schema.facts import About
from orebook.schema.model import Stage
from tests.builders import make_problem
from tests.explanations.solved import holds, interval

WEEKLY = orebook.read_model("weekly")


def _unmet_first() -> Counterfactuals:
    """Room for 100 m3, and money for 2,600 USD: 50 t of b are to be drawn in week 2 and take 5 m3 each in week 1, at 100
    USD; a wants 60 days by week 2 at 2 m3 and 10 USD a tonne. Served are 20 t of b, and a has 50 of 60 days.
    """
    problem = make_problem(
        {"name": "unmet-first", "weeks": 2, "budget_usd": 2600},
        minerals=[
            {"mineral": "a", "daily_use_t": 1, "price_usd_per_t": 10, "target_days": 60, "m3_per_t": 2},
            {"mineral": "b", "daily_use_t": 1, "price_usd_per_t": 100, "target_days": 0, "m3_per_t": 5},
        ],
        houses=[{"house": "h"}],
        offers=[
            {"offer": "ao", "house": "h", "mineral": "a", "max_week_t": 100, "lot_t": 1, "from_week": 2, "to_week": 2},
            {"offer": "bo", "house": "h", "mineral": "b", "max_week_t": 100, "lot_t": 1, "from_week": 1, "to_week": 1},
        ],
        sites=[{"site": "s", "capacity_m3": 100}],
        withdrawals=[{"withdrawal": "j", "mineral": "b", "week": 2, "tonnes": 50}],
    )
    return Counterfactuals(orebook.solve(problem, WEEKLY, gap=0, audit=False))


def _fair_first() -> Counterfactuals:
    """4,000 USD for 60 days each of a mineral at 100 and one at 20 USD, of the dear one 6 t a week: fair comes first."""
    model = WEEKLY.model_copy(update={"stages": tuple(Stage(stage=s) for s in ("fair", "cover", "cost"))})
    problem = make_problem(
        {"name": "fair-first", "weeks": 1, "budget_usd": 4000, "target_days": 60},
        minerals=[
            {"mineral": "dear", "daily_use_t": 1, "price_usd_per_t": 100},
            {"mineral": "cheap", "daily_use_t": 1, "price_usd_per_t": 20},
        ],
        houses=[{"house": "h"}],
        offers=[
            {"offer": "d", "house": "h", "mineral": "dear", "max_week_t": 6, "lot_t": 1},
            {"offer": "c", "house": "h", "mineral": "cheap", "max_week_t": 100, "lot_t": 1},
        ],
    )
    return Counterfactuals(orebook.solve(problem, model, gap=0, audit=False))


@pytest.mark.parametrize("counterfactuals", [_unmet_first(), _fair_first()], ids=["unmet first", "fair first"])
def test_no_figure_is_refuted_by_the_whole_plan(counterfactuals: Counterfactuals) -> None:
    """Each fact's changes solved afresh for all minerals: the measures move as its intervals say."""
    solved = [fact for fact in shortages(counterfactuals) if fact.changes]
    assert {fact.kind for fact in solved} == {"shortage", "mend"}
    for fact in solved:
        holds(fact, counterfactuals)


def test_cover_is_left_out_where_withdrawals_take_the_room() -> None:
    """20 m3 more serve 4 t more of b and leave a short by 80 days: the mend speaks of withdrawals, not of cover."""
    counterfactuals = _unmet_first()
    after = orebook.solve(counterfactuals.problem.change("sites.s.capacity_m3=+20"), WEEKLY, gap=0, audit=False)
    assert [float(after.judgement.measures[s]) for s in ("unmet", "cover")] == [26, 80]
    mend = next(fact for fact in shortages(counterfactuals) if fact.kind == "mend")
    assert "cover_days" not in mend.figures
    low, high = interval(mend.figures["unmet_days"])
    assert low <= 26 - 30 <= high
    assert "the orders of all others as they are" in worded(mend).says


def test_what_the_clock_ended_is_said_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no solve finds a plan in time, the causes are named as not settled, and the answer is asked again."""

    def late(*_args: object, **_more: object) -> None:
        raise StoppedError("too late")

    counterfactuals, answers = _unmet_first(), Answers(_unmet_first().plan)
    monkeypatch.setattr("orebook.explanations.engine.counterfactuals.estimate_shortages", late)
    monkeypatch.setattr("orebook.explanations.engine.counterfactuals.Run.solve", late)
    short, unsettled = shortages(counterfactuals, "a")
    answers.put(("shortage", "a"), [short, unsettled])
    assert answers.get(("shortage", "a")) is None
    assert short.figures["short_days"] == 10
    assert unsettled.figures["unsettled"] != 0
    assert worded(unsettled).says.startswith("Not settled for a: the time ended before money")


@pytest.mark.parametrize("rule", sorted(WEEKLY.rules))
def test_a_rule_that_no_table_tells_of_is_never_said_to_cost_nothing(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken out of what the explanations know, each rule is solved, and none is called without effect."""
    counterfactuals = _unmet_first()
    known = {name: limits for name, limits in LIMITS.items() if name != rule}
    monkeypatch.setattr("orebook.explanations.engine.monotonicity.LIMITS", known)
    monkeypatch.setattr("orebook.explanations.engine.monotonicity.LOOSENING_RULES", frozenset())
    if rule != "eligibility":
        assert effect_of(counterfactuals, Ablation(About(rule=rule), (f"rules.{rule}=off",))) == "other"
