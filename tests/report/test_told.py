"""What the report makes of facts, and of their absence."""

from __future__ import annotations

from dataclasses import replace

from tests.report.known import CAUSE, CHANGED, CURVE, FACTS, FIRM, MEND, PRICE, ROOM, RULE, SHORT, THUMB
from tests.report.sample import sample_plan, sample_problem

from orebook.report import html, markdown
from orebook.report.bullets import Bullets
from orebook.report.curve import Curve
from orebook.report.report_input import Brief
from orebook.report.section import Section
from orebook.report.sections import sections
from orebook.schema.facts import Fact
from orebook.schema.plan import GivenUp


def told(*facts: Fact, dropped: tuple[str, ...] = ()) -> dict[str, Section]:
    """The sections of the sample's report by id."""
    return {s.id: s for s in sections(Brief.of(sample_plan(), facts, dropped=dropped))}


def rows(section: Section, title: str) -> list[dict[str, str]]:
    """The rows of a table as head -> cell."""
    table = next(t for t in section.tables if t.title == title)
    return [dict(zip(table.heads, row, strict=True)) for row in table.rows]


def test_a_shortage_stands_with_its_cause_and_its_mend() -> None:
    """Tin is 3 days short; the budget keeps 2.5 of them away, and costs 7771; gallium was not asked about."""
    tin, gallium = rows(told(SHORT, CAUSE, MEND)["short"], "Targets that stay short")
    assert tin["kept short by (days that each keeps away)"] == "budget (2.5)"
    assert (tin["cheapest single mend"], tin["wins, days"], tin["for USD"]) == ("budget", "2.5", "7,771")
    assert (gallium["mineral"], gallium["kept short by (days that each keeps away)"]) == ("gallium", "")


def test_a_shortage_that_no_limit_causes_says_so() -> None:
    """Asked, and nothing found."""
    assert "no limit keeps it short" in rows(told(SHORT)["short"], "Targets that stay short")[0].values()


def test_mends_come_with_what_a_day_costs() -> None:
    """7771 for 2.5 days is 3108 a day."""
    (mend,) = rows(told(MEND)["decide"], "Single mends, the cheapest day first")
    assert (mend["USD a day"], mend["more budget, USD"]) == ("3,108", "6,663")


def test_baselines_are_held_against_the_plan() -> None:
    """The rule of thumb is 8.25 weighted days worse and USD 5551 cheaper, and breaks a row."""
    (thumb,) = rows(told(THUMB)["won"], "Other plans, less this plan")
    assert thumb["held against"] == "a planner's rule of thumb"
    assert (thumb["more weighted days short"], thumb["more cost USD"]) == ("8.2", "-5,551")
    assert (thumb["rows it breaks"], thumb["furthest"]) == ("1", "house_spend[traxys]")


def test_rules_stand_by_what_they_cost() -> None:
    """A share that costs 3.25 to 4.75 days comes before a floor that costs no days; its saving of money is open."""
    section = told(PRICE, RULE)["ledger"]
    share, floor = rows(section, "Rules and rows, the dearest first")
    assert (share["rule or row"], share["costs weighted days"]) == ("share_max[*,house,traxys]", "3.2 to 4.8")
    assert (share["costs USD"], share["level"], share["binds"]) == ("-1.00 to 4,443", "policy", "50 % of 60 %")
    assert (floor["costs USD"], floor["level"], floor["binds"]) == ("1,118 to 2,229", "price", "USD 3,337 paid for it")
    days, money = section.charts
    assert isinstance(days, Bullets)
    assert isinstance(money, Bullets)
    assert [(b.before, b.after) for b in days.bars] == [(3.25, 4.75)]
    assert [(b.before, b.after) for b in money.bars] == [(1118, 2229), (0, 4443)]


def test_the_curve_of_the_budget_has_its_proven_interval() -> None:
    """Budgets of 9000, 10,000 and 11,000: 2 days more short, none, 3 to 4 fewer."""
    none = CURVE[0].model_copy(update={"figures": {"added_pct": -20.0, "budget_usd": 8000.0}})
    section = told(none, *CURVE, ROOM)["margins"]
    (curve,) = section.charts
    assert isinstance(curve, Curve)
    assert [(p.x, p.low, p.high) for p in curve.points] == [(9000, 2, 2), (10_000, 0, 0), (11_000, -4, -3)]
    assert curve.here == 10_000
    assert rows(section, "The budget, step by step")[2]["weighted days fewer short"] == "3.0 to 4.0"
    assert section.tables[0].note == "No plan that keeps every rule was found at -20 %."
    (room,) = rows(section, "What more of a limit is proven to buy")
    assert (room["limit"], room["which is"], room["more cost, USD"]) == ("vault: room", "0.5 m3", "0")


def test_tickets_say_how_sure_they_are() -> None:
    """The one ticket that is known is interchangeable, and may be chosen freely."""
    found = told(FIRM)
    sure = {row["offer"]: row["how sure"] for row in rows(found["tickets"], "Every ticket")}
    assert sure == {"a": "interchangeable", "b": ""}
    assert "Of 2 tickets: 0 firm, 0 likely, 1 interchangeable." in found["proof"].texts
    assert any("1 interchangeable ticket" in point for point in found["decide"].points)


def test_changes_against_the_prior_plan_are_arithmetic() -> None:
    """Before: 4 t of a and 1 t of c in week 1; now 6 t of a and 3 t of b: one altered, one dropped, one added."""
    prior = [{"offer": "a", "week": 1, "tonnes": 4}, {"offer": "c", "week": 1, "tonnes": 1}]
    plan = sample_plan(sample_problem(prior=prior))
    changes = {s.id: s for s in sections(Brief.of(plan))}["changes"]
    assert changes.texts == ("Against the prior plan: 1 added, 1 dropped, 1 altered; 0 orders as before.",)
    found = rows(changes, "Orders that differ from the prior plan")
    assert [(r["offer"], r["change"], r["more, t"]) for r in found] == [
        ("a", "altered", "2"),
        ("b", "added", "3"),
        ("c", "dropped", "-1"),
    ]
    assert "which input forces each change" in changes.hint


def test_a_change_stands_with_the_input_that_forces_it() -> None:
    """The facts of the difference take the place of the bare list."""
    (change,) = rows(told(CHANGED)["changes"], "Tickets that changed, and why")
    assert change["because of"] == "minerals.tin.price_usd_per_t"


def test_every_fact_has_the_command_that_does_it_again() -> None:
    """A solve with the fact's changes; where there are none, the question that it answers."""
    found = {row["fact"]: row for row in rows(told(*FACTS)["method"], "Every fact, and how to have it again")}
    assert len(found) == len(FACTS)
    mend = found[MEND.says]
    assert mend["does it again"] == "orebook solve INSTANCE --model weekly --set instance.budget_usd=+6663"
    assert (mend["minerals held"], mend["known by"]) == ("1 of 2", "solve")
    share = found[RULE.says]["does it again"]
    assert share.endswith("--set 'shares.*/house/traxys.max_share=none'")
    assert found[SHORT.says]["does it again"] == "orebook explain PLAN --mineral tin"


def test_without_facts_the_report_stands_and_says_what_adds_them() -> None:
    """Every section that facts would fill has a hint, and none once they are there."""
    full = told(*FACTS)
    hinted = {s.id for s in told().values() if s.hint}
    assert hinted == {"short", "won", "decide", "tickets", "ledger", "margins"}
    assert html(sample_plan()).count("<code>orebook explain PLAN</code>") == len(hinted)
    assert markdown(sample_plan()).count("`orebook explain PLAN`") == len(hinted)
    assert not any(s.hint for s in full.values())


def test_dropped_answers_are_counted_loudly() -> None:
    """On top of the page and among the method, with why."""
    why = "shortage tin: a bound is over the plan's"
    for write in (html, markdown):
        text = write(sample_plan(), FACTS, dropped=[why])
        assert "1 ANSWER DROPPED, as its check failed." in text.split("In short")[0]
        assert "a bound is over the plan" in text
    assert told(dropped=(why,))["method"].points == (why,)
    assert "DROPPED" not in html(sample_plan(), FACTS)


def test_what_was_given_up_is_a_decision() -> None:
    """Policy that gave way is to be accepted or widened."""
    row = GivenUp(rule="shares", row="share_max[*,house,traxys]", by=0.1, unit="share")
    found = {s.id: s for s in sections(Brief.of(sample_plan(given_up=(row,))))}
    assert "Accept, or widen, the 1 policy row that gave way." in found["decide"].points


def test_a_long_table_is_closed_and_so_is_what_is_aside() -> None:
    """Over 80 rows only the title is seen at first; of every fact, always."""
    fact, table = told(*FACTS)["method"].tables[0], told()["tickets"].tables[0]
    assert (fact.closed, table.closed) == (True, False)
    assert replace(table, rows=table.rows * 41).closed  # 2 tickets 41 times
