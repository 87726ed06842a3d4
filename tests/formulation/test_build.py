"""What is built: which stages apply, whose rows are whose, and problems in which a row would have nothing in it."""

from __future__ import annotations

from typing import Any

import pytest

from orebook.formulation.build import build, stages_of
from orebook.schema.rules import RuleName
from orebook.schema.stages import StageName
from tests.builders import make_problem
from tests.formulation import rows
from tests.formulation.models import model

EVERY: tuple[StageName, ...] = ("unmet", "fair", "cover", "cost", "value", "changes", "tickets")
PRIOR = [{"offer": "a", "week": 1, "tonnes": 3}]
DRAWN = [{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 1}]


@pytest.mark.parametrize(
    ("head", "tables", "skipped"),
    [
        ({}, {}, {"unmet", "changes"}),
        ({}, {"prior": PRIOR}, {"unmet", "tickets"}),
        ({}, {"withdrawals": DRAWN}, {"changes"}),
        ({"target_days": 0}, {}, {"unmet", "fair", "changes"}),
        ({"target_days": 0}, {"withdrawals": DRAWN, "prior": PRIOR}, {"fair", "tickets"}),
    ],
)
def test_stages_that_say_nothing_of_a_problem_are_skipped(
    head: dict[str, Any], tables: dict[str, Any], skipped: set[str]
) -> None:
    """`unmet` needs withdrawals, `fair` a target, `changes` a prior plan, and `tickets` the lack of one."""
    kept = stages_of(make_problem(head, **tables), model(stages=EVERY))
    assert kept == tuple(s for s in EVERY if s not in skipped)


def test_tickets_run_with_a_prior_plan_where_changes_are_not_listed() -> None:
    """`tickets` gives way to `changes` only where both are listed."""
    assert stages_of(make_problem(prior=PRIOR), model(stages=("tickets",))) == ("tickets",)


def test_what_ties_a_split_to_its_orders_is_no_row_of_the_rule() -> None:
    """The rule's rows may give way; what says who buys and supplies is part of what an order is."""
    problem = make_problem(minerals=[{"mineral": "tin", "price_usd_per_t": 100, "min_houses": 2, "max_houses": 0}])
    formulation = build(problem, model("split"))
    assert [r.partition(":")[0] for r in rows.rows(formulation, "split")] == [
        "split_min_houses[tin]",
        "split_max_houses[tin]",
    ]


def test_a_house_without_a_ticket_supplies_nothing_even_where_no_share_is_asked() -> None:
    """With split_min_share 0 the row is supplies <= tickets of the house."""
    minerals = [{"mineral": "tin", "price_usd_per_t": 100, "min_houses": 1, "split_min_share": 0}]
    formulation = build(make_problem({"weeks": 1}, minerals=minerals), model("split"))
    assert "supplies_ticket[tin,traxys]: -order[a,1,0] + supplies[tin,traxys] <= 0" in rows.rows(formulation, "orders")


def test_frozen_tickets_count_against_the_offers_maximum() -> None:
    """Of 10 t, 4 are frozen; of 10 t, 12 are frozen, and that is then the most."""
    for tonnes, most in ((4, 10), (12, 12)):
        problem = make_problem(
            {"frozen_weeks": 1},
            offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 8, "max_t": 10}],
            prior=[{"offer": "a", "week": 1, "tonnes": tonnes}],
        )
        formulation = build(problem, model("offers", "frozen"))
        assert rows.rows(formulation, "offers") == [f"offer_max[a]: tonnes[a,1,0] + tonnes[a,2,0] <= {most}"]


def test_without_the_rule_storage_a_mineral_is_put_anywhere() -> None:
    """The class that a store accepts is part of the rule."""
    problem = make_problem({"weeks": 1}, sites=[{"site": "s", "accepts": "special"}])
    assert rows.rows(build(problem, model("offers")), "flow") == [
        "arrivals_put[tin,1]: -lots[a,1,0] + put[tin,s,1] = 0",
        "stock_balance[tin,s,1]: -put[tin,s,1] + stock[tin,s,1] = 0",
    ]


@pytest.mark.parametrize(
    ("rule", "tables", "row"),
    [
        (
            "ceiling",
            {
                "minerals": [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "max_days": 2}],
                "sites": [{"site": "s", "accepts": "special"}],
            },
            "cover_ceiling[tin,1]: 0 <= 3",
        ),
        (
            "budget",
            {"minerals": [{"mineral": "tin", "price_usd_per_t": 0, "budget_usd": 5}]},
            "budget_mineral[tin]: 0 <= 5",
        ),
        (
            "houses",
            {
                "minerals": [{"mineral": "tin", "price_usd_per_t": 0}],
                "houses": [{"house": "traxys", "max_spend_usd": 5}],
            },
            "house_spend[traxys]: 0 <= 5",
        ),
        (
            "shares",
            {
                "minerals": [{"mineral": "tin", "price_usd_per_t": 0}],
                "shares": [{"mineral": "*", "by": "house", "name": "traxys", "max_share": 0.5}],
            },
            "share_max[*,house,traxys]: 0 <= 0",
        ),
    ],
)
def test_a_row_with_nothing_in_it_is_a_row_all_the_same(rule: RuleName, tables: dict[str, Any], row: str) -> None:
    """No store for what stands frozen, and goods that cost nothing, are no reason to fail."""
    problem = make_problem({"weeks": 1, "frozen_weeks": 1}, prior=PRIOR, **tables)
    assert row in rows.rows(build(problem, model("frozen", "storage", rule)), rule)


def test_an_order_within_a_hair_of_the_prior_one_counts_as_kept() -> None:
    """Tonnes that differ by 1e-6 or less are no change: of 9.9999995 and 10.0000005 t, ten lots of 1 t stand."""
    prior = [{"offer": "a", "week": w, "tonnes": t} for w, t in ((1, 9.9999995), (2, 10.000002))]
    formulation = build(make_problem(prior=prior), model("offers", stages=("changes",)))
    assert rows.measure(formulation, "changes") == "minimise changes: -kept[a,1] + 2"
    assert "kept_least[a,1]: -10 kept[a,1] + lots[a,1,0] >= 0" in rows.rows(formulation, "stage")
