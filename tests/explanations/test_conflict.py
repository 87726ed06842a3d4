"""No plan: the clash named, and every mend applied and solved."""

from __future__ import annotations

from pathlib import Path

import pytest

import orebook
from orebook.cli.explain import ExplainOptions, run
from orebook.errors import InfeasibleError, SolveError, StoppedError
from orebook.explanations.engine.conflict import clashes
from orebook.problem import Problem
from orebook.schema.model import RuleLevel
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
    "thirds of days": _problem(
        instance={"weeks": 2, "budget_usd": 100_000},
        tin={"must_days": 9.99999, "daily_use_t": 0.7777777, "price_usd_per_t": 25123.456789},
        house={"commission_pct": 1.2345},
    ),
    "lots": _problem(offer={"lot_t": 0.7, "commit_t": 20, "max_t": 20.1}, house={"capacity_t": 19.9}),
    "pounds": _problem(offer={"commit_t": 22.6796185}, house={"max_spend_usd": 2000.01}),
    "a listed target": _problem(
        instance={"weeks": 2, "budget_usd": 500}, targets=[{"mineral": "tin", "week": 2, "days": 10, "must_days": 7.3}]
    ),
    "no release yet": _problem(tin={"must_days": 10}, offer={"to_week": 1}, releases=[{"week": 2, "usd": 5000}]),
}
CONTRACT = {
    "the market": (
        "market",
        _problem(instance={"weeks": 2, "max_market_share": 0.1}, tin={"must_days": 10, "market_t_per_week": 30}),
    ),
    "a ceiling": ("ceiling", _problem(tin={"must_days": 10, "max_days": 7.77})),
    "too many houses": (
        "split",
        make_problem(
            {"weeks": 2},
            minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 10, "max_houses": 1}],
            houses=[{"house": "h"}, {"house": "g"}],
            offers=[{"offer": x, "house": x, "mineral": "tin", "max_t": 6} for x in "gh"],
        ),
    ),
    "too few houses": ("split", _problem(tin={"must_days": 10, "min_houses": 2})),
}
"""A rule that is policy in `weekly`, made contract, and a problem that it leaves no plan."""


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


@pytest.mark.parametrize("name", [*CASES, *CONTRACT])
def test_what_solve_prints_settles_it(name: str) -> None:
    """Each change as it stands in the sentence, made and solved, gives a plan; `explain --clash` has the same ones."""
    rule, problem = CONTRACT[name] if name in CONTRACT else ("", CASES[name])
    rules = {name: RuleLevel(level="contract") if name == rule else level for name, level in MODEL.rules.items()}
    model = MODEL.model_copy(update={"rules": rules})
    with pytest.raises(InfeasibleError) as raised:
        orebook.solve(problem, model, audit=False)
    said = raised.value.clash.says.partition("Any one of these would do: ")[2]
    changes = [part.rpartition("(")[2].rstrip(").") for part in said.split("; ")]
    assert changes
    assert all("=" in change for change in changes)
    for change in changes:
        assert not orebook.solve(problem.change(change), model, audit=False).judgement.breaches
    assert {f.changes[0] for f in clashes(problem, model) if f.changes} == set(changes)


def test_a_mend_is_rounded_to_the_safe_side_and_no_further() -> None:
    """100,000 USD buy 5.0551... days: 5.05 are accepted, not 5.06; what 20 t in lots of 0.7 t may be is 19.6 t."""
    by = {f.about.rule: f.changes[0] for f in clashes(CASES["thirds of days"], MODEL) if f.changes}
    a_day = 0.7777777 * 25123.456789 * 1.012345
    assert by["must"] == f"minerals.tin.must_days={int(100 * 100_000 / a_day) / 100}"
    more = float(by["budget"].removeprefix("instance.budget_usd=+"))
    assert 0 <= more - (9.99999 * a_day - 100_000) <= 0.02
    assert [f.changes[0] for f in clashes(CASES["lots"], MODEL) if f.changes] == ["offers.a.commit_t=19.6"]


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


@pytest.mark.parametrize(
    ("raised", "status"), [(StoppedError("out of time"), 5), (SolveError("two ways of solving disagree"), 70)]
)
def test_what_was_not_settled_is_not_called_a_plan(
    raised: Exception, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no clash was found in time, or the solver contradicts itself, the command says that, and not that all is well."""

    def fails(*_args: object) -> None:
        raise raised

    monkeypatch.setattr("orebook.explanations.engine.conflict.explain_clash", fails)
    assert run(CLASH, ExplainOptions((), True, "weekly", 1, False)) == status
    said = capsys.readouterr()
    assert str(raised) in said.err
    assert "no rules clash" not in said.err + said.out
