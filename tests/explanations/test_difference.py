"""What changed between two plans: exact lines, inputs that can be undone, and tickets tied to what forces them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

import orebook
from orebook.decisions import Decisions
from orebook.errors import NoPlanError
from orebook.explanations.diff.by_mineral import lines
from orebook.explanations.diff.input_changes import inputs
from orebook.explanations.diff.ticket_changes import ticket_changes
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.difference import difference
from orebook.explanations.words import worded
from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.facts import Fact
from orebook.solver.alternatives.held_stages import HeldStages
from orebook.solver.alternatives.minimum_change import Closest, minimum_change
from tests.builders import make_problem
from tests.explanations.solved import holds, vault_small
from tests.oracle.draws import batch
from tests.oracle.models import MODELS

WEEKLY = orebook.read_model("weekly")
CHANGES = ("offers.traxys-tungsten-austria=none", "instance.budget_usd=40000000", "minerals.cobalt.must_days=4")
MANY = (
    "minerals.copper.price_usd_per_t=+10%",
    "shares.*/house/traxys.max_share=.5",
    "duties.china/*.duty_pct=30",
    "offers.traxys-silver-canada.premium_usd_per_t=0",
    "offers.traxys-silver-canada.premium_usd_per_t=-100",
    "offers.traxys-copper-chile=none",
    "releases.1.usd=10000000",
    "stock.copper/houston.tonnes=100",
    "houses.hartree=none",
    "origins.china.barred=yes",
    "prior.mercuria-cobalt-norway/1.tonnes=9",
    "targets+=mineral:cobalt,week:2,days:3",
    "instance.min_esg_score=none",
)


def solved(problem: Problem) -> Plan:
    """The plan of a problem, to the end."""
    return orebook.solve(problem, gap=0, audit=False)


@cache
def later() -> Plan:
    """The plan of vault-small after some changes."""
    return orebook.solve(vault_small().problem.change(*CHANGES), audit=False)


@cache
def facts() -> tuple[Fact, ...]:
    """What changed by them."""
    return tuple(difference(vault_small().plan, later()))


def offer(name: str, **cells: object) -> dict[str, object]:
    """An offer of tin by traxys in 1 t lots, unless the test says otherwise."""
    return {"offer": name, "house": "traxys", "mineral": "tin", "lot_t": 1, **cells}


def by_ticket(old: Plan, new: Plan) -> dict[tuple[str | None, int | None], str | None]:
    """(offer, week) -> what the change of the ticket is tied to."""
    return {(f.about.offer, f.about.week): f.about.against for f in difference(old, new) if f.about.offer}


@pytest.mark.parametrize("which", ["old", "new"])
def test_lines_add_up_to_the_measures(which: str) -> None:
    """Over all minerals, fees and interest, to the last digit."""
    plan = vault_small().plan if which == "old" else later()
    measures = judge(plan.problem, Decisions.of(plan.document), plan.model).measures
    made = lines(plan).values()
    assert sum(line.unmet_days for line in made) == measures["unmet"]
    assert sum(line.cover_days for line in made) == measures["cover"]
    assert sum(line.cost_usd for line in made) == measures["cost"]


def test_lines_add_up_where_tickets_are_paid_after_the_plan() -> None:
    """A frozen ticket that arrives after the last week owes its second half then, and that is no cost of the plan."""
    prior = [{"offer": "a", "week": 2, "tonnes": 4}]
    late = offer("a", lead_weeks=3, pay_on_order_pct=50, order_fee_usd=7)
    plan = solved(make_problem({"frozen_weeks": 2}, offers=[late], prior=prior))
    # 4 t at 100 USD, half of it on order, and the fee.
    assert lines(plan)["tin"].cost_usd == 207 == plan.judgement.measures["cost"]


def test_a_ticket_is_added_dropped_altered_or_moved() -> None:
    """A dropped and an added ticket of an offer in neighbouring weeks are one that moved; others stand apart."""
    head = {"weeks": 4, "frozen_weeks": 4}
    offers = [offer(name) for name in "abcd"]
    weeks = [("a", 1, 2), ("b", 1, 2), ("c", 1, 2), ("d", 1, 2)], [("a", 2, 3), ("b", 3, 2), ("c", 1, 3), ("d", 1, 2)]
    plans = [
        solved(make_problem(head, offers=offers, prior=[{"offer": o, "week": w, "tonnes": t} for o, w, t in rows]))
        for rows in weeks
    ]
    found = [(c.offer, c.how, c.before_t, c.after_t) for c in ticket_changes(*plans)]
    assert found == [("a", "moved", 2, 3), ("b", "dropped", 2, 0), ("b", "added", 0, 2), ("c", "altered", 2, 3)]


def test_weeks_are_those_of_the_new_plan() -> None:
    """A plan that starts a week later has the old one's second week as its first; what was placed before is past."""
    start, offers = date(2026, 2, 9), [offer("a")]
    prior = [{"offer": "a", "week": w, "tonnes": 2} for w in (1, 2)]
    old = solved(make_problem({"frozen_weeks": 2, "start": start}, offers=offers, prior=prior))
    new = solved(make_problem({"frozen_weeks": 2, "start": start + timedelta(weeks=1)}, offers=offers, prior=prior[:1]))
    total = next(f for f in difference(old, new, solves=0) if f.about.against == "total")
    assert not ticket_changes(old, new)
    assert (total.figures["tickets_same"], total.figures["tickets_past"]) == (1, 1)


def test_every_input_can_be_undone_and_nothing_else_goes_with_it() -> None:
    """Of many changes at once, all undone in turn give the first instance again, by its digest."""
    old = vault_small().problem
    new = old.change(*MANY)
    found = inputs(old, new, WEEKLY, WEEKLY)
    assert all(i.undo for i in found)
    assert {i.name for i in found} >= {"price of copper", "offer traxys-copper-chile", "house hartree", "prior"}
    assert new.change(*(text for i in found for text in i.undo or ())).digest == old.digest


def test_what_cannot_be_undone_says_so() -> None:
    """A table of stores that was missing cannot be made missing, nor a rule be switched on."""
    old = make_problem()
    new = make_problem(sites=[{"site": "store"}])
    assert [i.undo for i in inputs(old, new, WEEKLY, WEEKLY)] == [None]
    assert [i.undo for i in inputs(old, old.change("rules.shares=off"), WEEKLY, WEEKLY)] == [None]
    assert [i.undo for i in inputs(old.change("rules.shares=off"), old, WEEKLY, WEEKLY)] == [("rules.shares=off",)]


def test_a_ticket_is_tied_to_the_price_that_forces_it() -> None:
    """Tin goes over to `b` as `a` becomes dearer; the use that changed too forces none of it."""
    offers = [offer("a", price_usd_per_t=100), offer("b", price_usd_per_t=110)]
    old = make_problem({"weeks": 1}, offers=offers)
    new = old.change("offers.a.price_usd_per_t=120", "minerals.tin.criticality=2")
    assert by_ticket(solved(old), solved(new)) == {("a", 1): "offer a", ("b", 1): "offer a"}


def test_a_ticket_that_could_have_stayed_is_a_free_choice() -> None:
    """Two offers alike: from one to the other is nobody's doing."""
    offers = [offer("a"), offer("b")]
    old, new = (
        solved(make_problem({"weeks": 1, "budget_usd": usd, "frozen_weeks": 1}, offers=offers, prior=[prior]))
        for usd, prior in (
            (1000, {"offer": "a", "week": 1, "tonnes": 10}),
            (1001, {"offer": "b", "week": 1, "tonnes": 10}),
        )
    )
    thawed = Plan(new.document, new.problem.change("instance.frozen_weeks=0"), new.model, new.judgement)
    assert by_ticket(old, thawed) == {("a", 1): "free choice", ("b", 1): "free choice"}


def test_what_a_limit_left_open_is_not_called_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the search for the closest plan ends at its limit, or nothing is undone, nobody knows who did it."""
    offers = [offer("a", price_usd_per_t=100), offer("b", price_usd_per_t=110)]
    old = make_problem({"weeks": 1}, offers=offers)
    new = old.change("offers.a.price_usd_per_t=120")
    plans = solved(old), solved(new)
    unasked = {f.about.against for f in difference(*plans, solves=0) if f.about.offer}
    assert unasked == {"not known"}

    def limited(beside: HeldStages, wanted: Mapping[tuple[str, int], float]) -> Closest | None:
        found = minimum_change(beside, wanted)
        return found and replace(found, proven=False)

    monkeypatch.setattr("orebook.explanations.diff.input_causes.minimum_change", limited)
    assert by_ticket(*plans) == {("a", 1): "not known", ("b", 1): "not known"}
    said = [worded(f).says for f in difference(*plans) if f.about.offer]
    assert all(text.endswith("whether an input forces it is not known.") for text in said)


def test_an_input_that_was_not_undone_leaves_its_tickets_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Money and a price made `b` the choice together; with one of the two undone nothing is said of both."""
    offers = [offer("a", price_usd_per_t=100), offer("b", price_usd_per_t=110)]
    old = make_problem({"weeks": 1}, offers=offers)
    new = old.change("offers.a.price_usd_per_t=120", "offers.b.price_usd_per_t=115")
    plans = solved(old), solved(new)
    first = {f.about.against for f in difference(*plans, solves=1) if f.about.offer}
    assert first <= {"offer a", "offer b", "not known"}
    monkeypatch.setattr("orebook.explanations.diff.input_causes.Causes.telling", lambda *_: [])
    assert {f.about.against for f in difference(*plans) if f.about.offer} == {"not known"}


def test_a_ticket_of_an_offer_that_is_gone_is_tied_to_it() -> None:
    """Of vault-small: tungsten from Austria goes with its offer, and the budget takes tonnes of copper."""
    tied = {(f.about.offer, f.about.week): f.about.against for f in facts() if f.about.offer}
    assert tied["traxys-tungsten-austria", 2] == "offer traxys-tungsten-austria"
    assert "instance.budget_usd" in tied.values()


def test_the_total_is_the_sum_of_the_lines() -> None:
    """And both are the difference of the judged measures."""
    total = next(f for f in facts() if f.about.against == "total")
    rows = [f.figures for f in facts() if f.about.against == "line"]
    for name, part in (("cover_days", "cover_change_days"), ("cost_usd", "cost_change_usd")):
        summed = sum(x for row in rows if not isinstance(x := row.get(part, 0.0), tuple))
        assert total.figures[name] == pytest.approx((summed, summed))


@pytest.mark.slow
def test_inputs_of_vault_small_undone_are_found_again() -> None:
    """Each input undone and solved from scratch gives the new plan's measures and the fact's differences."""
    undone = [f for f in facts() if f.about.against == "input"]
    assert {f.about.row for f in undone} >= {"instance.budget_usd", "offer traxys-tungsten-austria"}
    for fact in undone:
        holds(fact, Counterfactuals(later()))


def test_everything_has_words() -> None:
    """One sentence a fact."""
    assert all(worded(f).says.endswith(".") for f in facts())


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 3])
def test_of_drawn_problems_lines_add_up_and_undoing_is_found_again(number: int) -> None:
    """A drawn problem against itself with other fees and weights: every fact of an input holds."""
    compared = 0
    for draw in batch(21, number):
        old = problem_of(draw.document)
        mineral = next(iter(old.minerals))
        new = old.change("offers.*.order_fee_usd=+20", f"minerals.{mineral}.criticality=+3")
        model = MODELS[draw.model]
        try:
            plans = [orebook.solve(p, model, gap=0, audit=False) for p in (old, new)]
        except NoPlanError:
            continue
        for fact in difference(*plans):
            if fact.about.against == "input" and not plans[1].document.given_up:
                holds(fact, Counterfactuals(plans[1]))
                compared += 1
        for plan in plans:
            assert sum(line.cost_usd for line in lines(plan).values()) == plan.judgement.measures["cost"]
    assert compared
