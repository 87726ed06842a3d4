"""Why a mineral is short: every cause taken away by hand, and solved again from scratch."""

from __future__ import annotations

from functools import cache

import pytest

import orebook
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.shortage import short_minerals, shortages
from orebook.explanations.words import worded
from orebook.schema.facts import Fact
from tests.builders import make_problem
from tests.explanations.solved import holds, vault_small


@cache
def facts() -> tuple[Fact, ...]:
    """Every shortage fact of vault-small, with its words."""
    return tuple(worded(fact) for fact in shortages(vault_small()))


@pytest.mark.slow
def test_every_short_mineral_has_its_fact() -> None:
    """What is short in plan.json is said, to the same figures, the heaviest first."""
    counterfactuals = vault_small()
    said = {f.about.mineral: f for f in facts() if f.kind == "shortage" and f.about.against is None}
    assert tuple(said) == short_minerals(counterfactuals.plan)
    for cover in counterfactuals.plan.document.cover:
        if counterfactuals.plan.misses(cover.mineral, cover.short_days):
            assert said[cover.mineral].figures["short_days"] == cover.short_days


@pytest.mark.slow
@pytest.mark.parametrize("k", range(40))
def test_a_cause_taken_away_does_what_the_fact_says(k: int) -> None:
    """Each fact's changes, solved from scratch: the whole plan's measures move by what the fact's intervals say."""
    solved = [f for f in facts() if f.changes]
    if k >= len(solved):
        assert solved, "vault-small has shortages with causes"
        return
    holds(solved[k], vault_small())


def test_each_mineral_has_a_cause_and_its_cheapest_mend() -> None:
    """Three minerals of vault-small are short by more than a hair, each for a reason, each with one mend."""
    minerals = [f.about.mineral for f in facts() if f.about.against is None]
    causes = {f.about.mineral for f in facts() if f.kind == "shortage" and f.about.against}
    assert len(minerals) == 3
    mends = [f.about.mineral for f in facts() if f.kind == "mend"]
    assert set(mends) == causes == set(minerals)


def _one_mineral(**limits: object) -> Counterfactuals:
    """Tin, 1 t a day at 100 USD/t for 4 days, from one offer of lots of 1 t."""
    head = {"weeks": 1, **{k: v for k, v in limits.items() if k == "budget_usd"}}
    problem = make_problem(
        head,
        minerals=[
            {
                "mineral": "tin",
                "daily_use_t": 1,
                "price_usd_per_t": 100,
                "target_days": 4,
                "critical_days": 0,
                "m3_per_t": 1,
            }
        ],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1}],
        sites=[{"site": "store", "capacity_m3": limits.get("capacity_m3")}],
    )
    return Counterfactuals(orebook.solve(problem, "weekly", gap=0, audit=False))


def test_money_alone_is_the_cause_and_its_mend_is_to_the_dollar() -> None:
    """300 USD buy 3 of 4 t: the budget alone keeps a day away, which costs 100 USD, and 100 USD more budget mend it."""
    short, cause, mend = shortages(_one_mineral(budget_usd=300))
    assert (short.figures["short_days"], cause.about.against) == (1.0, "budget")
    assert cause.figures["won_days"] == pytest.approx(1)
    assert cause.figures["extra_cost_usd"] == pytest.approx(100)
    assert mend.changes == ("instance.budget_usd=+100",)
    assert mend.figures["budget_usd"] == 100


def test_two_causes_that_only_help_together_are_named_together() -> None:
    """3 m3 of room and 300 USD: neither alone gives the fourth tonne, both together do."""
    _short, pair = shortages(_one_mineral(budget_usd=300, capacity_m3=3))
    assert pair.about.against == "budget + store"
    assert pair.figures["won_days"] == pytest.approx(1)
    assert set(pair.changes) == {"instance.budget_usd=none", "sites.store.capacity_m3=none"}


def test_a_store_is_mended_by_the_room_that_is_needed() -> None:
    """3 m3 of room for 4 t of 1 m3: one m3 more is the mend."""
    *_, mend = shortages(_one_mineral(capacity_m3=3))
    assert mend.changes == ("sites.store.capacity_m3=+1",)


def test_words_say_the_figures() -> None:
    """The sentences carry days, cause and money."""
    says = [worded(f).says for f in shortages(_one_mineral(budget_usd=300))]
    assert says[0] == "tin has 3.0 of 4.0 days of cover at the end of week 1: 1.0 days (1 t) short."
    assert says[1].startswith("Without money as a limit, tin wins back 1.0 of its 1.0 days short, for USD 100")
    assert (
        says[2] == "The cheapest single mend for tin is money: USD 100.00 more; it wins 1.0 days back for USD 100.00."
    )


def test_of_two_mends_the_cheaper_is_named() -> None:
    """3 t at 300 USD are all that may be had for 4 days. A fourth tonne more is 300 USD; 4 t at 100 from a barred origin are
    400 for 900: the bar is the cheapest mend, though it is asked about last, and leaves 500 USD.
    """
    problem = make_problem(
        {"weeks": 1},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 300, "target_days": 4, "critical_days": 0}],
        offers=[
            {"offer": o, "house": "traxys", "mineral": "tin", "lot_t": 1, **cells}
            for o, cells in (
                ("dear", {"price_usd_per_t": 300, "max_week_t": 3}),
                ("barred", {"price_usd_per_t": 100, "origin": "far"}),
            )
        ],
        origins=[{"origin": "far", "barred": "yes"}],
    )
    found = list(shortages(Counterfactuals(orebook.solve(problem, "weekly", gap=0, audit=False))))
    costs = {f.about.against: f.figures["extra_cost_usd"] for f in found if f.kind == "shortage" and f.about.against}
    assert costs == {"offer limit": pytest.approx(300), "bar": pytest.approx(-500)}
    (mend,) = (f for f in found if f.kind == "mend")
    assert mend.about.against == "bar"
    assert "1.0 days back for USD 500.00 less than now" in worded(mend).says


def test_the_target_that_is_missed_by_most_is_told() -> None:
    """3 t a week: 3 of 2 days in week 1, 6 of 10 in week 2."""
    problem = make_problem(
        targets=[{"mineral": "tin", "week": 1, "days": 2}, {"mineral": "tin", "week": 2, "days": 10}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 3}],
    )
    first = next(shortages(Counterfactuals(orebook.solve(problem, "weekly", gap=0, audit=False))))
    assert (first.about.week, first.figures["short_days"]) == (2, 4)


def test_what_weighs_most_is_told_first() -> None:
    """Tin is 3 days short, zinc one that weighs five times as much."""
    minerals = [
        {"mineral": m, "daily_use_t": 1, "price_usd_per_t": 100, "target_days": 4, "criticality": c}
        for m, c in (("tin", 1), ("zinc", 5))
    ]
    offers = [
        {"offer": m, "house": "traxys", "mineral": m, "lot_t": 1, "max_week_t": most}
        for m, most in (("tin", 1), ("zinc", 3))
    ]
    problem = make_problem({"weeks": 1}, minerals=minerals, offers=offers)
    assert short_minerals(orebook.solve(problem, "weekly", gap=0, audit=False)) == ("zinc", "tin")
