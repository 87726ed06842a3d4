"""houses, eligibility, commit, must and frozen."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

import pytest

from orebook.exact import Fraction
from orebook.problem import Problem
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, by, decide


def housed(head: dict[str, Any] | None = None, **columns: Any) -> Problem:
    """Offers `a` and `b` of house traxys with these columns, and `c` of house mercuria."""
    return make_problem(
        head,
        houses=[{"house": "traxys", **columns}, {"house": "mercuria", "engaged": True}],
        offers=[
            {"offer": o, "house": h, "mineral": "tin", "order_fee_usd": 5}
            for o, h in (("a", "traxys"), ("b", "traxys"), ("c", "mercuria"))
        ],
    )


PLAN = decide(orders=[("a", 1, 4), ("b", 1, 3), ("a", 2, 2), ("c", 1, 50)])
"""Traxys: 7 t in week 1, 2 t in week 2, three tickets with a fee of 5 USD: 915 USD."""


@pytest.mark.parametrize(
    ("columns", "row", "exceeded"),
    [
        ({"weekly_capacity_t": 6}, "house_week[traxys,1]", 1),
        ({"capacity_t": 6}, "house_total[traxys]", 3),
        ({"max_spend_usd": 900}, "house_spend[traxys]", 15),
    ],
)
def test_a_house_has_its_limits(columns: dict[str, Any], row: str, exceeded: int) -> None:
    """Tonnes a week, tonnes in all and order cash, over all offers of the house."""
    assert by(housed(**columns), "houses", PLAN) == {row: exceeded}
    assert by(housed(**columns), "houses", PLAN, WEEKLY.without("houses")) == {}


def test_only_so_many_houses_are_engaged() -> None:
    """Two have tickets where one may, the one engaged before counted."""
    assert by(housed({"max_houses": 1}), "houses", PLAN) == {"houses_engaged": 1}
    assert by(housed({"max_houses": 2}), "houses", PLAN) == {}


def eligible(head: dict[str, Any] | None = None, origin: dict[str, Any] | None = None, **columns: Any) -> Problem:
    """Offer `a` from peru with these columns, 4 weeks."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "origin": "peru", **columns}]
    return make_problem({"weeks": 4, **(head or {})}, offers=offers, origins=[{"origin": "peru", **(origin or {})}])


@pytest.mark.parametrize(
    ("problem", "found"),
    [
        (eligible(origin={"barred": "yes"}), {"origin_barred[a,2]": 5}),
        (eligible(origin={"barred_from_week": 3}, lead_weeks=1), {"origin_barred[a,2]": 5}),
        (eligible(origin={"barred_from_week": 4}, lead_weeks=1), {}),
        (eligible({"max_restricted_content_pct": 0.1}, restricted_content_pct=0.3), {"content_restricted[a,2]": 0.2}),
        (eligible({"max_restricted_content_pct": 0.1}, restricted_content_pct=0.1), {}),
        (eligible({"max_restricted_content_pct": 0.1}, restricted_content_pct=9, licensed="yes"), {}),
        (eligible(restricted_content_pct=100), {}),
        (eligible({"min_esg_score": 40}, esg_score=35), {"esg_minimum[a,2]": 5}),
        (eligible({"min_esg_score": 40}, esg_score=40), {}),
        (eligible({"min_esg_score": 40}), {}),
    ],
)
def test_only_eligible_offers_are_ordered(problem: Problem, found: dict[str, float]) -> None:
    """Barred origins, restricted content and ESG scores, at and beyond their limits."""
    plan = decide(orders=[("a", 2, 5)])
    assert {row: float(exceeded) for row, exceeded in by(problem, "eligibility", plan).items()} == found
    assert by(problem, "eligibility", plan, WEEKLY.without("eligibility")) == {}


def test_what_is_promised_is_taken() -> None:
    """8 t committed, 3 + 4 ordered; nothing ordered is 8 t short."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "commit_t": 8}]
    problem = make_problem(offers=offers)
    assert by(problem, "commit", decide(orders=[("a", 1, 3), ("a", 2, 4)])) == {"commitment[a]": 1}
    assert by(problem, "commit") == {"commitment[a]": 8}
    assert by(problem, "commit", decide(orders=[("a", 1, 8)])) == {}
    assert by(problem, "commit", model=WEEKLY.without("commit")) == {}


def test_must_days_are_there_at_every_target() -> None:
    """Half a tonne a day: 6 days in week 1 are 3 t, 4 days in week 2 are 2 t; 2.5 t are there."""
    problem = make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 0.5, "price_usd_per_t": 100}],
        targets=[
            {"mineral": "tin", "week": 1, "days": 9, "must_days": 6},
            {"mineral": "tin", "week": 2, "days": 9, "must_days": 4},
        ],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 2.5}],
    )
    assert by(problem, "must") == {"must_cover[tin,1]": Fraction("0.5")}
    assert by(problem, "must", model=WEEKLY.without("must")) == {}


def frozen() -> Problem:
    """Weeks 1 and 2 of 3 are frozen; the prior plan has 5 t of `a` in weeks 1 and 3, and an offer that is gone."""
    prior = [{"offer": o, "week": w, "tonnes": 5} for o, w in (("a", 1), ("a", 3), ("gone", 1))]
    offers = [{"offer": o, "house": "traxys", "mineral": "tin"} for o in ("a", "b")]
    return make_problem({"weeks": 3, "frozen_weeks": 2}, offers=offers, prior=prior)


def test_frozen_tickets_stand() -> None:
    """As they were, with anything after the frozen weeks."""
    assert by(frozen(), "frozen", decide(orders=[("a", 1, 5), ("b", 3, 9)])) == {}


def test_nothing_is_altered_dropped_or_added_in_frozen_weeks() -> None:
    """4 t for 5 t; no ticket; 2 t of `b` in week 2."""
    assert by(frozen(), "frozen", decide(orders=[("a", 1, 4)])) == {"frozen_order[a,1]": 1}
    assert by(frozen(), "frozen") == {"frozen_order[a,1]": 5}
    assert by(frozen(), "frozen", decide(orders=[("a", 1, 5), ("b", 2, 2)])) == {"frozen_order[b,2]": 2}
    assert by(frozen(), "frozen", model=WEEKLY.without("frozen")) == {}


def test_without_a_prior_plan_nothing_is_frozen() -> None:
    """Frozen weeks alone bind nothing."""
    assert by(make_problem({"frozen_weeks": 2}), "frozen", decide(orders=[("a", 1, 5)])) == {}


def test_a_frozen_ticket_is_exempt_from_eligibility_and_lifts_the_limits_that_it_is_over() -> None:
    """From a barred origin, 5 t where the house sells 3 t: that is the house's limit now, and nothing more is ordered."""
    problem = make_problem(
        {"frozen_weeks": 1},
        houses=[{"house": "traxys", "capacity_t": 3}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "origin": "peru"}],
        origins=[{"origin": "peru", "barred": "yes"}],
        prior=[{"offer": "a", "week": 1, "tonnes": 5}],
    )
    plan = decide(orders=[("a", 1, 5)])
    assert by(problem, "eligibility", plan) == {}
    assert by(problem, "houses", plan) == {}
    assert by(problem, "houses", decide(orders=[("a", 1, 5), ("a", 2, 1)])) == {"house_total[traxys]": 1}
    # from the same origin, but not the prior plan's
    assert list(by(problem, "eligibility", decide(orders=[("a", 2, 5)]))) == ["origin_barred[a,2]"]
