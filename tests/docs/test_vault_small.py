"""The walk through the plan of vault-small is the plan that is solved."""

from __future__ import annotations

import re

import pytest
from tests.docs.files import ROOT, broken_links, table

import orebook
from orebook.plan import Plan

FILE = ROOT / "instances" / "vault-small" / "README.md"
README = FILE.read_text(encoding="utf-8")
WALK = README.split("## The plan, step by step", 1)[1]
GRAMS = 1e-4
"""Tonnes that tidying may take from a ticket."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan at a gap of 0."""
    return orebook.solve(orebook.read(FILE.parent), gap=0.0, audit=False)


def _number(text: str) -> float:
    return float(text.replace(" ", ""))


def test_stages_reach_what_is_said(plan: Plan) -> None:
    """The table has every stage in order with its value, money in whole USD; each is proven to the end."""
    said = [(row[0], _number(row[1]), row[2]) for row in table(WALK, "stage")]
    solved = [(s.stage, s.value, unit) for s, unit in zip(plan.document.stages, plan.stages["unit"], strict=True)]
    assert [(stage, unit) for stage, _, unit in said] == [(stage, unit) for stage, _, unit in solved]
    assert [value for _, value, _ in said] == pytest.approx([value for _, value, _ in solved], abs=0.5)
    assert [s.gap for s in plan.document.stages] == pytest.approx([0.0] * len(said), abs=1e-6)
    assert plan.document.given_up == ()


def test_the_short_are_those_named(plan: Plan) -> None:
    """Every target with its store, days and shortage; weighted, they add up to the value of `cover`."""
    said = {(row[0], int(row[1])): [_number(cell) for cell in row[2:]] for row in table(WALK, "mineral")}
    solved = {(c.mineral, c.week): c for c in plan.document.cover}
    assert said.keys() == solved.keys()
    for key, (stock, days, wanted, short, weight, weighted) in said.items():
        cover = solved[key]
        assert (stock, days) == pytest.approx((cover.stock_t, cover.cover_days), abs=GRAMS)
        assert (wanted, short) == pytest.approx((cover.target_days, cover.short_days), abs=GRAMS)
        assert weight == plan.problem.minerals[key[0]].criticality
        assert weighted == pytest.approx(weight * short)
        assert cover.critical_short_days == 0
    # gallium 5 * 9 + silver 1 * 8 + copper 2 * 0.5 = 54
    assert sum(figures[-1] for figures in said.values()) == 54


def test_the_tickets_are_those_listed(plan: Plan) -> None:
    """Every ticket with its weeks, tonnes and cash, and how it stands to last week's plan."""
    prior, frozen = plan.problem.prior, plan.problem.frozen
    said = {(row[0], int(row[1])): row[2:] for row in table(WALK, "offer")}
    assert said.keys() == {(t.offer, t.week) for t in plan.document.tickets}
    for t in plan.document.tickets:
        arrives, tonnes, cash, before = said[t.offer, t.week]
        assert (int(arrives), _number(tonnes)) == pytest.approx((t.arrives, t.tonnes), abs=GRAMS)
        assert _number(cash) == pytest.approx(t.order_cash_usd, abs=5)
        assert before == ("new" if (t.offer, t.week) not in prior else "frozen" if frozen(t.week) else "the same")


def test_the_money_is_what_is_said(plan: Plan) -> None:
    """Paid, to date and released, week by week, and the two totals of the text."""
    said = [[_number(cell) for cell in row] for row in table(WALK, "week")]
    columns = ["week", "cash_usd", "cash_to_date_usd", "released_to_date_usd"]
    assert said == [pytest.approx(row, abs=5) for row in plan.cash[columns].to_numpy().tolist()]
    costs = plan.costs
    carrying = costs.handling_usd + costs.rent_usd + costs.interest_usd
    assert _number(_before(" USD: `changes`")) == pytest.approx(costs.total_usd, abs=5)
    assert _number(_before(" USD that the members")) == pytest.approx(carrying, abs=5)


def test_links_lead_somewhere() -> None:
    """Every relative link exists."""
    assert broken_links(FILE) == []


def _before(words: str) -> str:
    """The number that stands before these words."""
    found = re.search(r"([\d ]+)$", WALK.split(words, 1)[0])
    assert found
    return found[1]
