"""A patched model is the model built from nothing, coefficient by coefficient; what cannot be patched says why."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from hypothesis import given, settings

import orebook
from orebook.formulation import change_impact
from orebook.problem import Problem
from orebook.solver.run import patch
from orebook.solver.run.built_model import BuiltModel
from tests.solver.patching import EVERYTHING, as_fresh, changed_problems, figures


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn problems have two minerals at most; both may change."""
    monkeypatch.setattr(patch, "MAX_CHANGED_SHARE", 1.0)


@pytest.mark.slow
@settings(max_examples=60)
@given(changed_problems())
def test_a_patched_model_is_a_fresh_one(drawn: tuple[Problem, Problem]) -> None:
    """Whatever cell is changed: rows, limits, coefficients, bounds, measures, slots; `make prove` draws thousands."""
    assert as_fresh(*drawn)


@pytest.fixture(scope="module")
def small() -> BuiltModel:
    """The model of vault-small."""
    return BuiltModel.of(orebook.read("instances/vault-small"), orebook.read_model("weekly"))


@pytest.mark.parametrize(
    "change",
    [
        "minerals.copper.price_usd_per_t=+5%",
        "offers[house=hartree].freight_usd_per_t=+1",
        "minerals.cobalt.target_days=50",
        "instance.budget_usd=-10%",
        "houses.traxys.commission_pct=+10%",
        "houses.traxys.weekly_capacity_t=-10%",
        "sites.houston.capacity_m3=-10%",
        "funding.exim.rate_pct=+1",
        "offers.traxys-copper-chile.premium_usd_per_t=+5",
        "offers.traxys-copper-chile.freight_usd_per_t=+5",
        "duties+=origin:chile,mineral:*,duty_pct:10",
    ],
)
def test_changed_figures_are_patched(small: BuiltModel, change: str) -> None:
    """Prices, limits, targets and charges go into the model that is there, and it is the fresh one then."""
    changed = small.problem.change(change)
    assert figures(patch.patched(small, changed, small.model)) == figures(BuiltModel.of(changed, small.model))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("instance.weeks=7", "weeks counts for every mineral"),
        ("offers.mercuria-copper-kazakhstan=none", "a column goes: "),
        ("offers.traxys-copper-chile=none", "goods of frozen tickets are placed elsewhere"),
        ("sites.houston.rent_usd_per_m3_week=+1", "the store houston counts for every mineral"),
        ("minerals.tungsten.price_usd_per_t=+5%", "a column comes: order[hartree-tungsten-vietnam,2,1]"),
        ("rules.shares=off", "the rules or stages are others"),
        ("funding.exim.max_share=none", "what is a share of all draws counts for every order with a fee"),
    ],
)
def test_what_cannot_be_patched_says_why(small: BuiltModel, change: str, says: str) -> None:
    """Other rows or columns need another model."""
    changed = small.problem.change(change)
    with pytest.raises(patch.UnpatchableError, match=re.escape(says)):
        patch.patched(small, changed, changed.governing(small.model))


@pytest.fixture(scope="module")
def paid() -> BuiltModel:
    """The model of vault-small with a withdrawal that pays, and a source that charges for what is not drawn."""
    problem = orebook.read("instances/vault-small").change(
        "withdrawals+=withdrawal:sold,mineral:copper,week:2,tonnes:5,pays_usd_per_t:9000",
        "funding.exim.undrawn_pct=0.5",
        "bids.traxys-ndpr=none",
    )
    return BuiltModel.of(problem, orebook.read_model("weekly"))


@pytest.mark.parametrize(
    "change",
    [
        "withdrawals.sold.pays_usd_per_t=+10%",
        "withdrawals.sold.tonnes=4",
        "funding.exim.undrawn_pct=0.25",
        "funding.exim.draw_fee_pct=1",
        "funding.exim.limit_usd=+10%",
        "minerals.copper.price_usd_per_t=+5%",
        "minerals.gallium.target_days=+1",
    ],
)
def test_money_that_comes_in_is_patched(paid: BuiltModel, change: str) -> None:
    """What a withdrawal pays, and what a source charges, go into the model that is there."""
    changed = paid.problem.change(change)
    assert figures(patch.patched(paid, changed, paid.model)) == figures(BuiltModel.of(changed, paid.model))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("withdrawals.sold.pays_usd_per_t=0", "a row comes: source_limit[exim]"),
        ("withdrawals.sold.week=3", "a column goes: receipts[2]"),
        ("withdrawals.sold.week=1", "a column comes: receipts[1]"),
        ("funding.exim.to_week=1", "a row comes: source_end[exim,2]"),
    ],
)
def test_money_that_comes_in_in_other_weeks_is_built_again(paid: BuiltModel, change: str, says: str) -> None:
    """Columns and rows of money begin with the first week in which any comes in."""
    changed = paid.problem.change(change)
    with pytest.raises(patch.UnpatchableError, match=re.escape(says)):
        patch.patched(paid, changed, paid.model)


def test_a_house_without_offers_goes_with_its_column(small: BuiltModel) -> None:
    """No mineral is touched, and yet the fee of engaging it is a column less."""
    idle = small.problem.change("houses+=house:idle,engage_fee_usd:25")
    with pytest.raises(patch.UnpatchableError, match=re.escape("a column goes: engaged[idle]")):
        patch.patched(BuiltModel.of(idle, small.model), small.problem, small.model)


def test_an_engaged_house_without_offers_goes_where_houses_are_counted(small: BuiltModel) -> None:
    """Its column stands among those counted, but once its fee is paid no row and no measure has it."""
    problem = small.problem.change("instance.max_houses=99", "funding.*.drawn_usd=0", "bids.traxys-ndpr=none")
    idle = problem.change("houses+=house:idle,engage_fee_usd:25")
    base = BuiltModel.of(idle, EVERYTHING)
    with pytest.raises(patch.UnpatchableError, match=re.escape("a column goes: engaged[idle]")):
        patch.patched(base, idle.change("houses.idle.engaged=yes"), EVERYTHING)


def test_most_minerals_changed_are_built_again(small: BuiltModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """From half of the minerals on a patch is no quicker."""
    monkeypatch.setattr(patch, "MAX_CHANGED_SHARE", 0.5)
    changed = small.problem.change("minerals.*.price_usd_per_t=+1%")
    with pytest.raises(patch.UnpatchableError, match="most minerals"):
        patch.patched(small, changed, small.model)


def test_every_field_of_a_problem_is_told_apart() -> None:
    """A field that is nobody's, and in no list, counts for every mineral: none is forgotten."""
    assert set(change_impact._WAYS) | change_impact.UNMODELLED | change_impact.NOBODYS <= {
        f.name for f in fields(Problem)
    }
    unlisted = (
        {f.name for f in fields(Problem)} - set(change_impact._WAYS) - change_impact.UNMODELLED - change_impact.NOBODYS
    )
    scalars = {"weeks", "frozen_weeks", "max_restricted_content_pct", "min_esg_score", "max_market_share", "max_houses"}
    assert unlisted == {*scalars, "world"}
