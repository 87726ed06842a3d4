"""What holds of every optimum, as DESIGN lists it, of drawn problems of every table."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.problem import Problem
from orebook.schema.stages import StageName
from tests.drawn import problems
from tests.properties.edits import DRAWS, Content, edited, same, solved, values

LIMITS = {
    "budget": [
        ("instance", "budget_usd"),
        ("minerals", "budget_usd"),
        ("releases", "usd"),
        ("houses", "max_spend_usd"),
    ],
    "storage": [("sites", "capacity_m3"), ("sites", "inbound_t_per_week"), ("sites", "max_value_usd")],
    "supply": [
        ("offers", "max_week_t"),
        ("offers", "max_t"),
        ("houses", "weekly_capacity_t"),
        ("houses", "capacity_t"),
        ("minerals", "market_t_per_week"),
    ],
}
MONEY = [
    *LIMITS["budget"],
    ("minerals", "price_usd_per_t"),
    ("minerals", "value_usd_per_day"),
    ("houses", "engage_fee_usd"),
    ("offers", "price_usd_per_t"),
    ("offers", "premium_usd_per_t"),
    ("offers", "order_fee_usd"),
    ("offers", "freight_usd_per_t"),
    ("prices", "price_usd_per_t"),
    ("floors", "floor_usd_per_t"),
    ("sites", "handling_usd_per_t"),
    ("sites", "rent_usd_per_m3_week"),
    ("sites", "max_value_usd"),
    ("inbound", "due_usd"),
    ("funding", "limit_usd"),
    ("funding", "drawn_usd"),
    ("withdrawals", "pays_usd_per_t"),
    ("members", "fee_usd_per_year"),
    ("entitlements", "inventory_usd_per_t"),
    ("bids", "price_usd_per_t"),
    ("bids", "premium_usd_per_t"),
    ("bids", "fee_usd"),
    ("conversions", "fee_usd_per_t"),
]
"""Every column in USD."""


def _times(content: Content, columns: list[tuple[str, str]], factor: float) -> None:
    for table, column in columns:
        rows = [content["instance"]] if table == "instance" else content.get(table, [])
        for row in rows:
            if row.get(column) is not None:
                row[column] *= factor


@pytest.mark.parametrize("kind", LIMITS)
@DRAWS
@given(problem=problems(members=True, leaving=True), stage=st.sampled_from(["cover", "value", "unmet", "fair", "cost"]))
def test_more_is_never_worse(kind: str, problem: Problem, stage: StageName) -> None:
    """Half as much again of every limit of a kind: the measure is no worse, and where there was a plan there is one."""
    before = solved(problem, stage, "tickets")
    if before is None:
        return
    after = solved(edited(problem, lambda c: _times(c, LIMITS[kind], 1.5)), stage, "tickets")
    assert after is not None
    first, now = before.document.stages[0], after.document.stages[0]
    assert now.value <= first.value + 1e-5 * max(1.0, abs(first.value))


@DRAWS
@given(problem=problems(members=True, leaving=True), seed=st.integers(0, 2**16))
def test_the_order_of_rows_means_nothing(problem: Problem, seed: int) -> None:
    """With the rows of every table shuffled the plan is the same, letter by letter, seconds apart."""

    def shuffle(content: Content) -> None:
        for rows in content.values():
            if isinstance(rows, list):
                Random(seed).shuffle(rows)

    stages: tuple[StageName, ...] = ("unmet", "cover", "cost", "changes", "tickets")
    plans = [solved(problem, *stages), solved(edited(problem, shuffle), *stages)]
    written = [p and p.document.model_dump_json(exclude={"stages": {"__all__": {"seconds"}}}) for p in plans]
    assert written[0] == written[1]


@DRAWS
@given(problem=problems(members=True, leaving=True))
def test_double_prices_and_budgets_double_the_cost(problem: Problem) -> None:
    """With every figure in USD doubled, cover is what it was and the cost is twice what it was."""
    assert {c for _, c in MONEY} >= {c for c in _columns(problem) if "usd" in c}
    before, after = (
        solved(problem, "unmet", "cover", "cost"),
        solved(edited(problem, _doubled), "unmet", "cover", "cost"),
    )
    assert (before is None) == (after is None)
    if before and after:
        expected = values(before)
        expected["cost"] *= 2
        assert same(values(after), expected)


def _doubled(content: Content) -> None:
    _times(content, MONEY, 2.0)


def _columns(problem: Problem) -> set[str]:
    content: Content = problem.document.model_dump(mode="json")
    rows = [content["instance"], *(r for table in content.values() if isinstance(table, list) for r in table)]
    return {column for row in rows for column in row}


@DRAWS
@given(problem=problems(members=True, leaving=True), discount=st.sampled_from([0, 2.5, -10]))
def test_tiers_that_change_nothing_change_nothing(problem: Problem, discount: float) -> None:
    """One tier, several alike of the whole order, several alike filled one after the other: the same optimum."""

    def tiers(kind: str, starts: tuple[float, ...]) -> Problem:
        def edit(content: Content) -> None:
            content["tiers"] = [
                {"offer": o["offer"], "from_t": start, "discount_pct": discount}
                for o in content["offers"]
                for start in starts
            ]
            for offer in content["offers"]:
                offer["discount"] = kind

        return edited(problem, edit)

    variants = [
        tiers("all_units", (0,)),
        tiers("all_units", (0, 1.5, 3)),
        tiers("incremental", (0,)),
        tiers("incremental", (0, 1.5, 3)),
    ]
    answers = [p and values(p) for p in (solved(v, "unmet", "cover", "cost", "tickets") for v in variants)]
    for answer in answers[1:]:
        assert (answer is None) == (answers[0] is None)
        if answer and answers[0]:
            assert same(answer, answers[0])


@DRAWS
@given(problem=problems(members=True, leaving=True))
def test_two_halves_are_one_offer(problem: Problem) -> None:
    """Each offer, without lots, fees, least orders and tiers, split in two of half its size: every stage is the same."""

    def plain(content: Content) -> None:
        content.pop("tiers", None)
        content.pop("prior", None)
        for offer in content["offers"]:
            offer |= {"lot_t": None, "min_order_t": 0, "order_fee_usd": 0, "commit_t": 0}

    def halved(content: Content) -> None:
        halves = []
        for offer in content["offers"]:
            sizes = {c: offer[c] / 2 for c in ("max_week_t", "max_t") if offer.get(c) is not None}
            halves += [{**offer, **sizes, "offer": offer["offer"] + half} for half in ("a", "b")]
        content["offers"] = halves

    whole = edited(problem, plain)
    before, after = (solved(p, "unmet", "fair", "cover", "cost") for p in (whole, edited(whole, halved)))
    assert (before is None) == (after is None)
    if before and after:
        assert same(values(after), values(before))
