"""How sure a plan is: what is open, when prices are from, what is assumed, and which tickets stand in near plans."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import orebook
from orebook.decisions import Decisions
from orebook.errors import NoPlanError
from orebook.exact import Fraction
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.confidence import confidence
from orebook.explanations.questions.firmness import LAST_STAGE_LEEWAY_REL, _class, firmness
from orebook.explanations.words import worded
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.facts import Fact
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING
from orebook.solver.lp.gaps import most_kept
from tests.builders import make_document, make_problem
from tests.explanations.solved import vault_small
from tests.oracle.draws import batch
from tests.oracle.goods import TooManyError
from tests.oracle.models import MODELS
from tests.oracle.plans import Plans, Tried


def of(problem: Problem, part: str) -> list[Fact]:
    """The facts of a part of how sure the plan of a problem is."""
    counterfactuals = Counterfactuals(orebook.solve(problem, gap=0, audit=False))
    return [f for f in confidence(counterfactuals) if f.about.against == part]


def offer(name: str, **cells: object) -> dict[str, object]:
    """An offer of tin by traxys in 1 t lots, unless the test says otherwise."""
    return {"offer": name, "house": "traxys", "mineral": "tin", "lot_t": 1, **cells}


def classes(problem: Problem) -> dict[tuple[str | None, int | None], str | None]:
    """(offer, week) -> the class of the ticket, tin's alone."""
    counterfactuals = Counterfactuals(orebook.solve(problem, gap=0, audit=False))
    return {(f.about.offer, f.about.week): f.about.against for f in firmness(counterfactuals, "tin") if f.about.offer}


def test_what_a_stage_leaves_open_is_its_value_less_its_bound() -> None:
    """Every stage of vault-small has a fact, in its own unit."""
    plan = vault_small().plan
    found = {f.about.against: f.figures for f in confidence(vault_small())}
    for stage, unit in (("unmet", "days"), ("cover", "days"), ("cost", "usd"), ("changes", "orders")):
        result = next(r for r in plan.document.stages if r.stage == stage)
        assert found[stage][f"gap_{unit}"] == result.value - result.bound


def test_order_cash_is_told_by_where_its_price_is_from() -> None:
    """Tin is priced by week, zinc at one price, lead at what the offer names."""
    minerals = [{"mineral": m, "daily_use_t": 1, "price_usd_per_t": 100} for m in ("tin", "zinc", "lead")]
    offers = [offer("a"), offer("b", mineral="zinc"), offer("c", mineral="lead", price_usd_per_t=110)]
    prices = [{"mineral": "tin", "week": 1, "price_usd_per_t": 90}]
    (fact,) = of(make_problem(minerals=minerals, offers=offers, prices=prices), "prices")
    # Ten days of 1 t each: 10 * 90, 10 * 100, 10 * 110.
    assert (fact.figures["listed_usd"], fact.figures["still_usd"], fact.figures["own_price_usd"]) == (900, 1000, 1100)
    assert (fact.figures["minerals_listed"], fact.figures["last_listed_week"]) == (1, 1)


def test_assumed_inputs_are_told_by_table() -> None:
    """Marked columns stand together, a marked table counts whole, and the digest knows nothing of marks."""
    head = {"assumed": "minerals.must_days; prior; minerals.criticality"}
    marked, plain = make_problem(head), make_problem()
    rows = {f.about.row: f.figures["columns_assumed"] for f in of(marked, "assumed")}
    assert rows == {"minerals: must_days, criticality": 2, "prior": 3}
    assert marked.digest == plain.digest
    (none,) = of(plain, "assumed")
    assert "does not mark" in worded(none).says


def test_a_ticket_without_an_equal_is_firm() -> None:
    """One offer, one week: every plan as good has the ticket, and that is proven."""
    assert classes(make_problem({"weeks": 1}, offers=[offer("a")])) == {("a", 1): "firm"}


def test_a_ticket_with_an_equal_is_interchangeable() -> None:
    """Two offers alike in every way: neither is needed."""
    found = classes(make_problem({"weeks": 1}, offers=[offer("a"), offer("b")]))
    assert list(found.values()) == ["interchangeable"]


def test_an_equal_that_costs_more_than_the_leeway_is_none() -> None:
    """One per cent dearer is ten times what a near plan may be."""
    offers = [offer("a"), offer("b", premium_pct=1)]
    assert classes(make_problem({"weeks": 1}, offers=offers)) == {("a", 1): "firm"}


def test_near_plans_of_vault_small_cost_at_most_a_thousandth_more() -> None:
    """The leeways of all minerals together are 0.1 % of the plan's cost, and each ticket of the plan has a class."""
    counterfactuals = vault_small()
    facts = [f for mineral in counterfactuals.problem.minerals for f in firmness(counterfactuals, mineral)]
    leeways = [f.figures["leeway_usd"] for f in facts if f.about.offer is None]
    assert sum(x for x in leeways if not isinstance(x, tuple)) == pytest.approx(
        LAST_STAGE_LEEWAY_REL * counterfactuals.plan.costs.total_usd
    )
    told = {(f.about.offer, f.about.week) for f in facts if f.about.offer}
    assert told == {(t.offer, t.week) for t in counterfactuals.plan.document.tickets}
    assert all(worded(f).says for f in facts)


def test_marks_survive_a_document() -> None:
    """The mark is a text of the head like any other."""
    document = make_document({"assumed": "prior"})
    assert type(document).model_validate_json(document.model_dump_json()).instance.assumed == "prior"


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_classes_hold_against_every_plan(number: int) -> None:
    """Of drawn problems: what is proven firm stands in every near plan, what is not in all of them is missing from one."""
    compared = 0
    for draw in batch(5, number, size=10):
        problem, model = problem_of(draw.document), MODELS[draw.model]
        try:
            plan = orebook.solve(problem, model, gap=0, audit=False)
        except NoPlanError:
            continue
        if not plan.document.given_up:
            try:
                tried = Plans(problem, model).within({})
            except TooManyError:
                continue
            compared += sum(_compare(plan, mineral, tried) for mineral in problem.minerals)
    assert compared


def _compare(plan: Plan, mineral: str, tried: list[Tried]) -> int:
    """How many tickets of a mineral were held against the plans that were tried."""
    facts = list(firmness(Counterfactuals(plan), mineral))
    if not facts:
        return 0
    *tickets, counts = facts
    leeway = counts.figures["leeway_usd"]
    assert not isinstance(leeway, tuple)
    most = _most(plan, plan.model, leeway)
    near = [t for t in tried if _others(plan, t.decisions, mineral) and _within(t.measures, most)]
    for fact in tickets:
        key = (fact.about.offer, fact.about.week)
        without = [t for t in near if key not in {(o.offer, o.week) for o in t.decisions.orders}]
        if fact.figures["in_near_plans"] != fact.figures["near_plans"]:
            assert without, fact
        if counts.figures["proven"]:
            assert fact.about.against == "firm"
            assert not without, fact
    return len(tickets)


def _most(plan: Plan, model: Model, leeway: float) -> dict[str, float]:
    stages = [s.stage for s in model.stages if s.stage not in TIE_BREAKING and s.stage in plan.judgement.measures]
    most = {s: most_kept(float(plan.judgement.measures[s]), 0.0) for s in stages}
    most[stages[-1]] += leeway
    return {s: m + 1e-5 * max(1.0, abs(m)) for s, m in most.items()}


def _within(measures: Mapping[str, Fraction], most: Mapping[str, float]) -> bool:
    return all(float(measures[s]) <= m for s, m in most.items())


def _others(plan: Plan, decisions: Decisions, mineral: str) -> bool:
    """Whether the other minerals have the plan's tickets."""
    theirs = {(t.offer, t.week): t.tonnes for t in plan.document.tickets if t.mineral != mineral}
    offers = plan.problem.offers
    return theirs == {
        (o.offer, o.week): float(o.tonnes) for o in decisions.orders if offers[o.offer].mineral != mineral
    }


def test_a_ticket_in_half_of_the_near_plans_is_interchangeable() -> None:
    """In more than half it is likely, in all firm; where nothing that differs is known, no more than likely."""
    for stands, plans, known, said in (
        (0, 2, True, "interchangeable"),
        (1, 2, True, "interchangeable"),
        (2, 3, True, "likely"),
        (3, 3, True, "firm"),
        (3, 3, False, "likely"),
        (0, 0, True, "firm"),
    ):
        assert _class(stands, plans, known) == said
