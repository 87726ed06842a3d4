"""No plan: the clash named, and every mend applied and solved."""

from __future__ import annotations

from pathlib import Path

import pytest

import orebook
from orebook.errors import InfeasibleError
from orebook.explain.clash import clashes
from orebook.problem import Problem
from tests.builders import make_problem

CLASH = Path(__file__).parents[2] / "instances" / "teaching" / "clash"
MODEL = orebook.read_model("weekly")


def _problem(**more: object) -> Problem:
    """Tin, 1 t a day at 100 USD/t, one offer; `more` by table."""
    head = more.pop("instance", {"weeks": 2})
    mineral = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, **dict(more.pop("tin", {}))}  # type: ignore[call-overload]
    offer = {"offer": "a", "house": "traxys", "mineral": "tin", **dict(more.pop("offer", {}))}  # type: ignore[call-overload]
    house = {"house": "traxys", **dict(more.pop("house", {}))}  # type: ignore[call-overload]
    return make_problem(head, minerals=[mineral], offers=[offer], houses=[house], **more)  # type: ignore[arg-type]


CASES = {
    "a budget": _problem(instance={"weeks": 2, "budget_usd": 500}, tin={"must_days": 10}),
    "a release": _problem(
        instance={"weeks": 2},
        tin={"must_days": 10},
        offer={"to_week": 1},
        releases=[{"week": 1, "usd": 500}, {"week": 2, "usd": 800}],
    ),
    "a mineral's budget": _problem(tin={"must_days": 10, "budget_usd": 500}),
    "a house's week": _problem(tin={"must_days": 10}, house={"weekly_capacity_t": 3}),
    "a house's total": _problem(tin={"must_days": 10}, house={"capacity_t": 3}),
    "a house's spend": _problem(tin={"must_days": 10}, house={"max_spend_usd": 333}),
    "a commitment": _problem(instance={"weeks": 2, "budget_usd": 500}, offer={"commit_t": 20}),
    "the case that ships": orebook.read(CLASH),
}


@pytest.mark.parametrize("name", CASES)
def test_every_mend_leads_to_a_plan(name: str) -> None:
    """The instance has no plan; with any one mend that is a fact it has one, and a hair less of the mend gives none."""
    problem = CASES[name]
    with pytest.raises(InfeasibleError):
        orebook.solve(problem, MODEL, audit=False)
    clash, *mends = clashes(problem, MODEL)
    assert clash.kind == "clash"
    assert clash.figures["rows"] == len((clash.about.row or "").split(", "))
    assert mends, "each of these has a way out"
    for mend in mends:
        plan = orebook.solve(problem.change(*mend.changes), MODEL, audit=False)
        assert not plan.judgement.breaches


def test_a_mend_is_the_least() -> None:
    """Ten days must be there, 500 USD buy five: 500 USD more, or five days fewer, and not a dollar or an hour less."""
    _, *mends = clashes(CASES["a budget"], MODEL)
    by = {m.about.rule: m for m in mends}
    assert by["budget"].figures["by_usd"] == pytest.approx(500, abs=0.01)
    assert by["must"].figures["by_t"] == pytest.approx(5, abs=1e-4)
    for change in ("instance.budget_usd=+499", "minerals.tin.must_days=5.05"):
        with pytest.raises(InfeasibleError):
            orebook.solve(CASES["a budget"].change(change), MODEL, audit=False)


def test_mends_are_ranked_by_their_part_of_the_limit() -> None:
    """The smallest change of what is there comes first."""
    for problem in CASES.values():
        _, *mends = clashes(problem, MODEL)
        parts = [float(m.figures["of_limit"]) for m in mends]  # type: ignore[arg-type]
        assert parts == sorted(parts)


def test_a_problem_with_a_plan_has_no_clash() -> None:
    """Nothing is said where nothing clashes."""
    assert not list(clashes(_problem(), MODEL))
