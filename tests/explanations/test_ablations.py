"""What is taken out for the ledger: that and nothing else; and what is known beforehand of what it does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import orebook
from orebook.explanations.engine.ablations import Ablation, removals
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.monotonicity import effect_of, offers_out
from orebook.explanations.engine.shortage_causes import causes_of
from orebook.explanations.questions.rule_ledger import ledger
from orebook.explanations.words import worded
from orebook.problem import Problem
from orebook.schema.facts import Fact
from tests.builders import make_problem
from tests.explanations.solved import interval
from tests.judge.cases import WEEKLY

CHILE = [{"offer": "a", "house": "traxys", "mineral": "tin", "origin": "chile", "lot_t": 1, "max_week_t": 20}]


def _removal(problem: Problem, row: str | None = None, rule: str | None = None) -> Ablation:
    """The only removal of that row, or of that whole rule."""
    (found,) = (r for r in removals(problem, WEEKLY) if (r.about.row, rule or r.about.rule) == (row, r.about.rule))
    return found


def _effect(problem: Problem, row: str | None = None, rule: str | None = None) -> str:
    plan = orebook.solve(problem, WEEKLY, gap=0, audit=False)
    return effect_of(Counterfactuals(plan), _removal(problem, row, rule))


def test_a_share_of_all_cash_goes_alone() -> None:
    """`*` means every mineral: tin's own share of the house is put back, and so is its other end."""
    row = {"by": "house", "name": "traxys"}
    shares = [{"mineral": "*", **row, "max_share": 0.6, "min_share": 0.1}, {"mineral": "tin", **row, "max_share": 0.5}]
    problem = make_problem(shares=shares)
    after = problem.change(*_removal(problem, "share_max[*,house,traxys]").changes)
    assert [(s.mineral, s.min_share, s.max_share) for s in after.shares] == [("*", 0.1, None), ("tin", None, 0.5)]


def test_a_duty_on_everything_goes_alone() -> None:
    """The duty on all from Chile becomes 0, that on tin stays; without tin's own, the one on all does not take over."""
    duties = [{"origin": "chile", "mineral": m, "duty_pct": pct} for m, pct in (("*", 25), ("tin", 15))]
    problem = make_problem(offers=CHILE, origins=[{"origin": "chile"}], duties=duties)
    assert problem.change(*_removal(problem, "duty[chile,*]").changes).duties == {
        ("chile", "*"): 0,
        ("chile", "tin"): 15,
    }
    assert problem.change(*_removal(problem, "duty[chile,tin]").changes).duties == {
        ("chile", "*"): 25,
        ("chile", "tin"): 0,
    }


FLOOR = {"mineral": "tin", "floor_usd_per_t": 120, "mechanism": "minimum"}
BELOW = {"mineral": "tin", "origin": "chile", "floor_usd_per_t": 110, "mechanism": "reject"}
HOUSE = [{"house": "traxys", "commission_pct": 2}]
SHARE = [{"mineral": "*", "by": "house", "name": "traxys", "max_share": 1}]
SOURCES = [{"source": "a", "max_share": 0.9}, {"source": "b"}]
COMMISSION = "commission[traxys]"


@pytest.mark.parametrize(
    ("tables", "row", "effect"),
    [
        ({"houses": HOUSE}, COMMISSION, "looser"),
        ({"houses": HOUSE, "shares": SHARE}, COMMISSION, "other"),
        ({"houses": HOUSE, "funding": SOURCES}, COMMISSION, "other"),
        ({"floors": [FLOOR]}, "floor[tin,]", "looser"),
        ({"floors": [FLOOR, BELOW]}, "floor[tin,]", "other"),
        ({"floors": [{**FLOOR, "floor_usd_per_t": 90}]}, "floor[tin,]", "nothing"),
        ({"duties": [{"origin": "chile", "mineral": "*", "duty_pct": 5}]}, "duty[chile,*]", "looser"),
        ({"duties": [{"origin": "peru", "mineral": "*", "duty_pct": 5}]}, "duty[peru,*]", "nothing"),
        ({"shares": SHARE}, "share_max[*,house,traxys]", "looser"),
        ({"shares": [{**SHARE[0], "by": "origin", "name": "peru"}]}, "share_max[*,origin,peru]", "nothing"),
        ({"origins": [{"origin": "chile", "barred": "yes"}, {"origin": "peru"}]}, "origin_barred[chile]", "looser"),
        ({"origins": [{"origin": "chile"}, {"origin": "peru", "barred": "yes"}]}, "origin_barred[peru]", "nothing"),
    ],
)
def test_what_a_row_does_is_known_beforehand(tables: dict[str, Any], row: str, effect: str) -> None:
    """Tin at 100 USD from Chile: a price that falls may break shares of cash; a row that meets no offer does nothing."""
    origins = [{"origin": "chile"}, {"origin": "peru"}]
    assert _effect(make_problem(**{"offers": CHILE, "origins": origins, **tables}), row) == effect


@pytest.mark.parametrize(
    ("head", "tables", "rule", "effect"),
    [
        ({}, {}, "budget", "nothing"),
        ({"budget_usd": 1000}, {}, "budget", "looser"),
        ({}, {}, "must", "nothing"),
        ({}, {}, "offers", "looser"),
        ({"frozen_weeks": 1}, {"prior": [{"offer": "a", "week": 2, "tonnes": 3}]}, "frozen", "looser"),
        ({"frozen_weeks": 1}, {"prior": [{"offer": "a", "week": 1, "tonnes": 30}]}, "frozen", "other"),
        ({}, {"prior": [{"offer": "a", "week": 1, "tonnes": 30}]}, "frozen", "nothing"),
    ],
)
def test_what_a_rule_does_is_known_beforehand(
    head: dict[str, Any], tables: dict[str, Any], rule: str, effect: str
) -> None:
    """A rule without a limit does nothing; a ticket of 30 t that stands is over the 20 t a week that it is exempt from."""
    assert _effect(make_problem(head, offers=CHILE, **tables), rule=rule) == effect


def test_where_policy_gave_way_nothing_is_known() -> None:
    """3 days must be there under a ceiling of 2: with the share gone another row may hold, so nothing is said beforehand."""
    problem = make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "max_days": 2, "must_days": 3}],
        shares=SHARE,
    )
    assert _effect(problem, "share_max[*,house,traxys]") == "other"


def _commission(proven_to: float) -> Fact:
    """The ledger's word on a commission of 2 % on 500 USD of budget, all cash shared out; the plan's proof as open as said.

    500 / 102 = 4.902 t are bought, 5 without it: 0.098 days, 0.49 weighted ones.
    """
    problem = make_problem(
        {"budget_usd": 500, "weeks": 1},
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin"}],
        houses=HOUSE,
        shares=SHARE,
    )
    plan = orebook.solve(problem, WEEKLY, gap=0, audit=False)
    first, *rest = plan.document.stages
    stages = (first.model_copy(update={"bound": first.bound - proven_to}), *rest)
    counterfactuals = Counterfactuals(replace(plan, document=plan.document.model_copy(update={"stages": stages})))
    (fact,) = ledger(counterfactuals, row=COMMISSION)
    return fact


def test_a_price_that_matters_less_than_the_gap_keeps_the_tickets() -> None:
    """Open by 1 weighted day, 0.49 cannot be told: the plan's tickets stand, and all plans lie 0.49 under to 1 over."""
    fact = _commission(1.0)
    assert fact.held == ("tin",)
    assert interval(fact.figures["cover_days"]) == pytest.approx((-0.49, 1.0), abs=1e-3)
    assert worded(fact).says.endswith("found with the plan's own tickets.")


def test_a_price_that_matters_more_than_the_gap_is_searched_for() -> None:
    """Open by 0.1 weighted days: without it the plan is better by 0.39 to 0.49."""
    fact = _commission(0.1)
    assert fact.held == ()
    assert interval(fact.figures["cover_days"]) == pytest.approx((-0.49, -0.39), abs=1e-3)


def test_an_offer_at_a_limit_is_not_kept_out() -> None:
    """A score of 50 where 50 is the least, 10 % restricted content where 10 are the most: a point further is out."""
    for score, content, out in ((50, 10, 0), (49, 11, 1)):
        offer = {**CHILE[0], "esg_score": score, "restricted_content_pct": content}
        problem = make_problem({"min_esg_score": 50, "max_restricted_content_pct": 10}, offers=[offer])
        assert [offers_out(problem, row) for row in ("esg_minimum", "content_restricted")] == [out, out]
        assert {"score", "licence"} & set(causes_of(problem, WEEKLY, "tin")) == ({"score", "licence"} if out else set())
