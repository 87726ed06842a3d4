"""Changes of a problem: what the new one knows of them, and that whoever solves or judges it heeds them."""

from __future__ import annotations

import pytest

import orebook
from orebook.errors import InputError
from orebook.resolve import problem_of
from orebook.verdict import verify
from tests.builders import make_document, make_problem
from tests.formulation.models import model


def test_changes_add_up_and_the_problem_stays() -> None:
    """Each call makes a new problem, which lists every change from the instance that was read."""
    base = make_problem()
    once = base.change(" instance.budget_usd=500 ")
    twice = once.change("instance.budget_usd=*2", "rules.shares=off")
    assert (base.budget_usd, once.budget_usd, twice.budget_usd) == (None, 500.0, 1000.0)
    assert twice.changes == ("instance.budget_usd=500", "instance.budget_usd=*2", "rules.shares=off")
    assert base.change() is base


def test_equal_content_has_an_equal_digest() -> None:
    """A changed problem has the digest of the instance with that in its files; a change undone has the first one."""
    base = make_problem()
    changed = base.change("instance.budget_usd=500", "minerals.tin.price_usd_per_t=+10%")
    tin = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 110}
    assert changed.digest == problem_of(make_document({"budget_usd": 500}, minerals=[tin])).digest
    assert changed.change("instance.budget_usd=none", "minerals.tin.price_usd_per_t=-10").digest == base.digest


def test_every_text_that_is_no_change_is_named() -> None:
    """Two of three texts say nothing: two faults."""
    with pytest.raises(InputError) as error:
        make_problem().change("mineral.tin=none", "instance.weeks=3", "rules.share=off")
    assert [f.file for f in error.value.findings] == ["mineral.tin=none", "rules.share=off"]


def test_rules_switched_off_stay_off() -> None:
    """A later change switches no rule on again; the model itself is not changed."""
    problem = make_problem().change("rules.must=off").change("rules.budget=off", "instance.weeks=3")
    given = model("offers", "must", "budget", stages=("cover",))
    left = problem.governing(given)
    assert problem.rules_off == {"must", "budget"}
    assert [r for r in ("offers", "must", "budget") if left.on(r)] == ["offers"]
    assert given.on("must")
    assert make_problem().governing(given) is given


def test_solving_and_judging_heed_a_rule_that_is_off() -> None:
    """Of 10 days wanted money buys 3: with `budget` off, 10 t at 100 USD; `verify` breaks that plan only with it on."""
    problem = make_problem({"budget_usd": 300})
    given = model("offers", "storage", "budget", stages=("cover", "cost"))
    free = problem.change("rules.budget=off")
    kept, plan = orebook.solve(problem, given, audit=False), orebook.solve(free, given, audit=False)
    assert (kept.tickets.tonnes.sum(), plan.tickets.tonnes.sum()) == (3.0, 10.0)
    assert plan.document.instance.changes == ("rules.budget=off",)
    assert not plan.model.on("budget")
    assert verify(free, plan.document, given).ok
    assert [b.row for b in verify(problem, plan.document, given).breaches] == ["budget_total"]
