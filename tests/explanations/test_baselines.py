"""Baselines are judged plans, and what the optimizer won over them is exact."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import orebook
from orebook.accounting.exact_problem import exact_problem_of
from orebook.decisions import Decisions
from orebook.errors import RefutedError
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.baselines import baselines
from orebook.explanations.words import worded
from orebook.judge import Judge, judge
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.rule_of_thumb.greedy import first_plan, rule_of_thumb, standing
from orebook.rule_of_thumb.prior_plan import prior_today
from orebook.schema.facts import Fact
from tests.builders import make_problem
from tests.explanations.solved import holds, vault_small
from tests.oracle.draws import batch
from tests.oracle.goods import TooManyError
from tests.oracle.models import MODELS
from tests.oracle.plans import Plans

WEEKLY = orebook.read_model("weekly")
TIN = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}
ZINC = {"mineral": "zinc", "daily_use_t": 2, "price_usd_per_t": 10, "criticality": 3}


def bought(problem: Problem) -> Mapping[tuple[str, int], float]:
    """(offer, week) -> tonnes that the rule of thumb orders."""
    decisions = rule_of_thumb(exact_problem_of(problem, WEEKLY))
    return {(o.offer, o.week): float(o.tonnes) for o in decisions.orders}


def offer(name: str, **cells: object) -> dict[str, object]:
    """An offer of tin by traxys in 1 t lots, unless the test says otherwise."""
    return {"offer": name, "house": "traxys", "mineral": "tin", "lot_t": 1, **cells}


def of_small(name: str) -> Fact:
    """A baseline of vault-small."""
    return next(f for f in baselines(vault_small()) if f.about.against == name)


def test_the_worst_off_mineral_is_bought_first() -> None:
    """With money for a fifth of it all, what is weighed three times as much takes the first of it."""
    # Ten days of each are missing, all of them critical: a day short weighs 1 + 4 for tin and 3 * (1 + 4) for zinc, so
    # zinc is the worse off while 15 * its days are over tin's 50, for seven steps of a day. A day of zinc is 2 t for 20
    # USD, so 120 USD are gone after six of them.
    problem = make_problem({"budget_usd": 120}, minerals=[TIN, ZINC], offers=[offer("a"), offer("z", mineral="zinc")])
    assert bought(problem) == {("z", 2): 12}


def test_the_cheapest_offer_that_still_arrives_is_taken() -> None:
    """The cheapest comes too late, the next is taken to its most, the dearest gives the rest."""
    # Ten days of 1 t: `late` arrives in week 3 of 2; `cheap` gives 4 t a week in 2 weeks; `dear` the 2 t that are left.
    late = offer("late", price_usd_per_t=50, lead_weeks=2)
    problem = make_problem(
        offers=[late, offer("cheap", price_usd_per_t=90, max_week_t=4), offer("dear", price_usd_per_t=120)]
    )
    assert bought(problem) == {("cheap", 1): 4, ("cheap", 2): 4, ("dear", 2): 2}


def test_a_share_holds_of_what_is_bought_at_last() -> None:
    """A cap counted against what is planned is counted again when less can be had."""
    # 10 t are wanted; `a` may be half of what is bought, but only 2 t of `b` are there: 2 t of each.
    offers = [offer("a", origin="peru"), offer("b", origin="chile", price_usd_per_t=120, max_t=2)]
    share = {"mineral": "tin", "by": "origin", "name": "peru", "max_share": 0.5}
    problem = make_problem(offers=offers, shares=[share], origins=[{"origin": "peru"}, {"origin": "chile"}])
    made = bought(problem)
    assert sum(made.values()) == 4
    assert made["a", 2] == 2


def test_the_prior_plan_is_placed_as_it_was() -> None:
    """Every ticket of the prior plan stands, one of an offer that is gone is left out and counted."""
    prior = [{"offer": "a", "week": 1, "tonnes": 3}, {"offer": "gone", "week": 1, "tonnes": 5}]
    problem = make_problem(prior=prior)
    decisions, left_out = prior_today(exact_problem_of(problem, WEEKLY))
    assert [(o.offer, o.week, float(o.tonnes)) for o in decisions.orders] == [("a", 1, 3)]
    assert left_out == 1
    # 3 t at 100 USD, put away in the week they arrive and drawn from the one source: nothing is broken.
    judgement = judge(problem, decisions, WEEKLY)
    assert judgement.costs.cash_usd == 300
    assert not judgement.breaches


def test_what_the_prior_plan_breaks_today_is_said() -> None:
    """A prior ticket over today's budget is judged, counted, and its row named with how far it is exceeded."""
    problem = make_problem({"budget_usd": 200}, prior=[{"offer": "a", "week": 1, "tonnes": 3}])
    counterfactuals = Counterfactuals(orebook.solve(problem, gap=0, audit=False))
    fact = next(f for f in baselines(counterfactuals, solves=False) if f.about.against == "prior")
    # 300 USD are paid and 200 may be; the plan buys 2 t, the prior 3: one day less short, and critical: 1 + 4.
    assert (fact.about.rule, fact.about.row) == ("budget", "budget_total")
    assert (fact.figures["breaches"], fact.figures["worst_usd"]) == (1, 100)
    assert fact.figures["cover_days"] == (-5, -5)
    assert "better only because it breaks 1 row" in worded(fact).says


def test_baselines_of_vault_small_are_what_the_judge_says() -> None:
    """Differences are those of the judged plans, to the last digit."""
    counterfactuals = vault_small()
    case = exact_problem_of(counterfactuals.problem, counterfactuals.model)
    plans: dict[str, Decisions] = {
        "prior": prior_today(case)[0],
        "thumb": rule_of_thumb(case),
        "nothing": standing(case, first_plan(case)).decisions(),
    }
    for fact in baselines(counterfactuals, solves=False):
        judged = judge(counterfactuals.problem, plans[fact.about.against or ""], counterfactuals.model)
        for stage, name in (("cover", "cover_days"), ("cost", "cost_usd")):
            difference = float(judged.measures[stage] - counterfactuals.plan.judgement.measures[stage])
            assert fact.figures[name] == (difference, difference)
        assert fact.figures["breaches"] == len(judged.breaches)


@pytest.mark.slow
def test_the_plan_without_policy_is_found_again() -> None:
    """Policy switched off and solved from scratch, the best plan lies where the fact says."""
    fact = of_small("no policy")
    assert set(fact.changes) == {f"rules.{r}=off" for r in ("ceiling", "market", "shares", "shelf", "split")}
    holds(fact, vault_small())


def test_a_baseline_better_than_the_proof_refutes_it() -> None:
    """A plan whose bound is too high is caught by a baseline that keeps every rule."""
    problem = make_problem({"budget_usd": 500})
    plan = orebook.solve(problem, gap=0, audit=False)
    stages = tuple(r.model_copy(update={"value": 90.0, "bound": 90.0}) for r in plan.document.stages)
    measures = {**plan.judgement.measures, "cover": plan.judgement.measures["cover"] + 65}
    wrong = type(plan)(
        plan.document.model_copy(update={"stages": stages}),
        plan.problem,
        plan.model,
        type(plan.judgement)(**{**vars(plan.judgement), "measures": measures}),
    )
    with pytest.raises(RefutedError, match="thumb"):
        list(baselines(Counterfactuals(wrong), solves=False))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_the_rule_of_thumb_never_beats_every_plan(number: int) -> None:
    """Of drawn problems: it breaks no physics, and no plan of it that keeps the rules beats brute force."""
    compared = 0
    for draw in batch(11, number, size=12):
        problem, model = problem_of(draw.document), MODELS[draw.model]
        case, judged = exact_problem_of(problem, model), Judge(problem, model)
        given = {b.row for b in judged.judge(standing(case, first_plan(case)).decisions()).breaches}
        made = judged.judge(rule_of_thumb(case))
        assert {b.rule for b in made.breaches if b.row not in given} <= {"split", "shares", "must", "commit"}
        try:
            plans = Plans(problem, model)
        except TooManyError:
            continue
        kept = plans.within({})
        if kept and not made.breaches:
            first = plans.stages[0][0]
            assert made.measures[first] >= min(t.measures[first] for t in kept)
            compared += 1
    assert compared
