"""What a bar that nobody foresees would strand, as facts: figures, words, and the tickets that it is told of."""

from __future__ import annotations

import pytest

import orebook
from orebook.errors import InputError
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.exposed import exposed
from orebook.explanations.words import worded
from orebook.plan import Plan
from tests.builders import make_problem
from tests.explanations.solved import vault_small

SAYS = (
    "An unforeseen bar on exports of china in week 2 would strand 1 of 2 tickets: 4 t of 1 mineral, USD 400.00 as ordered, "
    "USD 100.00 paid by then, at worst 4.0 days of tin."
)


def two_tickets() -> Plan:
    """Tin of China for targets in weeks 2 and 3 of 3, each a week under way, a quarter paid on order."""
    problem = make_problem(
        {"weeks": 3},
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "china", "lot_t": 1, "max_week_t": 4}
            | {"lead_weeks": 1, "pay_on_order_pct": 25}
        ],
        origins=[{"origin": "china"}],
        targets=[{"mineral": "tin", "week": 2, "days": 4}, {"mineral": "tin", "week": 3, "days": 8}],
    )
    return orebook.solve(problem, gap=0, audit=False)


def test_the_worst_week_is_told_and_on_demand_every_week() -> None:
    """4 t at 100 USD are under way at the ends of weeks 1 and 2, alike: the first is told, both are there."""
    explainer = orebook.explain(two_tickets())
    (worst,) = explainer.exposed()
    assert (worst.about.origin, worst.about.week, str(worst)) == ("china", 2, SAYS)
    assert worst.figures == {
        "tickets": 1, "of_tickets": 2, "stranded_t": 4, "stranded_usd": 400, "paid_usd": 100, "minerals": 1,
        "stranded_t.tin": 4, "stranded_usd.tin": 400, "paid_usd.tin": 100, "stranded_days.tin": 4,
    }  # fmt: skip
    assert [fact.about.week for fact in explainer.exposed("china")] == [2, 3]


def test_an_origin_without_a_ticket_is_refused() -> None:
    """With the names that there are."""
    with pytest.raises(InputError, match="chile") as refused:
        orebook.explain(two_tickets()).exposed("chile")
    assert "china" in str(refused.value)


def test_vault_small_is_told_as_its_tickets_say() -> None:
    """Each origin's worst week, counted again from the tickets; nothing is solved for it."""
    tickets = vault_small().plan.document.tickets
    facts = list(exposed(Counterfactuals(vault_small().plan)))
    assert {fact.about.origin for fact in facts} == {t.origin for t in tickets}
    for fact in facts:
        mine = [t for t in tickets if t.origin == fact.about.origin]
        assert fact.figures["of_tickets"] == len(mine)
        week = fact.about.week
        lost = [t for t in mine if week is not None and t.arrives and t.week < week <= t.arrives]
        assert fact.figures["tickets"] == len(lost)
        assert fact.figures.get("stranded_usd", 0) == pytest.approx(sum(t.order_cash_usd for t in lost))
        assert worded(fact).says
