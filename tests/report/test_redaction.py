"""What leaves the house: nothing that is hidden stands anywhere in the page, the text, the charts or the commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.known import FACTS
from tests.report.sample import sample_plan, sample_problem

from orebook import formats as f
from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.report.page import html, markdown
from orebook.report.redaction import Veil, letters, redacted
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden
from orebook.schema.plan import GivenUp

ALL: tuple[Hidden, ...] = ("prices", "targets", "houses")
MONEY = re.compile(r"usd|price|cost")


def plan_to_tell() -> Plan:
    """The sample with houses in the title, in an offer's name, in a change, and in what was given up."""
    offers = [
        {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "chile", "lot_t": 1, "freight_usd_per_t": 2},
        {"offer": "b", "house": "hartree", "mineral": "gallium", "origin": "japan", "lead_weeks": 1},
        {"offer": "traxys-gallium", "house": "traxys", "mineral": "gallium", "price_usd_per_t": 1234.5},
    ]
    shares = [{"mineral": "*", "by": "house", "name": "traxys", "max_share": 0.6}]
    problem = sample_problem({"title": "A sample for Traxys"}, offers=offers, shares=shares)
    why = "traxys sells all of it, USD 618 of 3,618, and tin is 3 days short"
    plan = sample_plan(problem, given_up=(GivenUp(rule="shares", row="share_max[*,house,traxys]", by=0.1, why=why),))
    changes = ("houses.traxys.max_spend_usd=98761", "minerals.tin.target_days=47.25", "rules.market=off")
    stamp = plan.document.instance.model_copy(update={"changes": changes})
    return Plan(plan.document.model_copy(update={"instance": stamp}), plan.problem, plan.model, plan.judgement)


def texts(hide: tuple[Hidden, ...], dropped: tuple[str, ...] = ()) -> Iterator[str]:
    """The page and the text of it."""
    yield unescape(html(plan_to_tell(), FACTS, hide, dropped))
    yield markdown(plan_to_tell(), FACTS, hide, dropped).replace("\\", "")


def amounts(facts: tuple[Fact, ...]) -> set[str]:
    """The money in facts as it would be written, if it can be told from a count of anything."""
    found = set()
    for fact in facts:
        for name, value in fact.figures.items():
            if MONEY.search(name):
                for x in value if isinstance(value, tuple) else (value,):
                    found |= {f.money(abs(x)), f.grouped(abs(x)), f.days(abs(x)), f.plain(abs(x), 2)}
    return {text for text in found if len(text) > 4}


def test_no_amount_of_money_is_left() -> None:
    """Of a copy without prices: neither the plan's amounts nor those of facts, changes, sentences and charts."""
    plan = plan_to_tell()
    money = {f.grouped(x) for x in (3668, 3968, 3600, 3618, 618, 3000, 5000, 10_000)} | {
        "98761",
        "98765",
        "87654",
        "103.50",
    }
    money |= {f.grouped(x, 2) for t in plan.document.tickets for x in (t.quote_usd_per_t, t.paid_usd_per_t)}
    money |= amounts(FACTS)
    whole = "".join(texts(()))
    assert {x for x in money if x in whole} >= {"3,668", "7,771", "5,551", "98765", "1,000.00"}
    for text in texts(("prices",)):
        assert {x for x in money if re.search(rf"(?<![\d.,]){re.escape(x)}(?![\d,]|\.\d)", text)} == set()
        assert not re.search(r"USD \d|USD -\d", text)
        assert "tin" in text


def test_no_target_is_left() -> None:
    """Of a copy without targets: no days of cover, no shortage, no cause of one, no mend."""
    days = {"47.25", "budget (2.5)", "3.2 to 4.8", "3.0 to 4.0", "8.3 weighted", "7.0 of 10.0", "3.0 days"}
    whole = "".join(texts(()))
    assert {x for x in days if x not in whole} == set()
    for text in texts(("targets",)):
        assert {x for x in days if x in text} == set()
        assert not re.search(r"\d days", text)
        assert "Targets, days of cover and shortages are left out of this copy." in text
        assert "3,668" in text


def test_no_house_is_left_and_each_has_one_letter() -> None:
    """In names of offers, rows, sentences, changes, commands and the title; hartree has most order cash: House A."""
    assert letters(plan_to_tell()) == {"hartree": "A", "traxys": "B"}
    for text in texts(("houses",), ("offer traxys-gallium: refuted",)):
        assert "traxys" not in text.lower()
        assert "hartree" not in text.lower()
        for said in (
            "A sample for House B",
            "house-b-gallium",
            "share_max[*,house,House B]",
            "houses.house-b.max_spend_usd=98761",
            "house_spend[House B]",
            "offer house-b-gallium: refuted",
        ):
            assert said in text
        assert "3,668" in text
    assert "shares.*/house/house-b.max_share=none" in unescape(html(plan_to_tell(), FACTS, ("houses",)))


def test_all_of_it_can_be_hidden_at_once() -> None:
    """What is left still says what is bought, and that this copy goes without the rest."""
    for text in texts(ALL):
        assert "This copy goes without names of houses, prices, targets." in text
        assert "2 tickets for 2 minerals with 2 houses" in text
        assert not re.search(r"traxys|hartree|USD \d|\d days", text, re.IGNORECASE)


def test_nothing_withheld_is_shown_as_none() -> None:
    """A hidden amount never reads as zero, and no column or chart of hidden amounts is left."""
    page = html(plan_to_tell(), FACTS, ("prices",))
    assert "USD 0" not in page
    assert not re.search(r">nan<|\bnan\b", page)
    assert "order cash USD" not in page
    assert "Order cash by house" not in page


def test_nothing_is_touched_where_nothing_is_hidden() -> None:
    """The plan, its facts and what was dropped come back themselves."""
    plan = sample_plan()
    assert redacted(plan, FACTS, ("x",), frozenset()) == (plan, FACTS, ("x",))


def test_the_plan_itself_holds_nothing_that_is_hidden() -> None:
    """Whoever writes another form from it finds no price and no target: not in the instance's rows either."""
    shown, facts, _ = redacted(plan_to_tell(), FACTS, (), frozenset(ALL))
    rows = shown.problem.document
    assert all(t.order_cash_usd != t.order_cash_usd for t in shown.document.tickets)
    assert all(m.price_usd_per_t != m.price_usd_per_t and m.daily_use_t != m.daily_use_t for m in rows.minerals)
    assert (shown.document.cover, shown.problem.targets, rows.targets) == ((), (), None)
    assert {h.house for h in rows.houses} == {"House A", "House B"}
    assert not {fact.kind for fact in facts} & {"shortage", "mend"}
    assert not any("won_days" in name for fact in facts for name in fact.figures)
    assert shown.judgement.measures["tickets"] == Fraction(2)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("with Glen Core.", "with House A."),
        ("glen-core-tin", "house-a-tin"),
        ("houses.glen_core.capacity_t=none", "houses.house-a.capacity_t=none"),
        ("house_week[glen core,3]", "house_week[House A,3]"),
        ("x and y", "House B and y"),
        ("xenon", "xenon"),
        ("max-x/week", "max-house-b/week"),
    ],
)
def test_names_are_found_however_they_are_written(text: str, shown: str) -> None:
    """Any joint between words, any case; a short name only where it stands alone."""
    assert Veil(frozenset({"houses"}), {"glen core": "A", "x": "B"}).sentence(text) == shown


@settings(max_examples=50)
@given(st.text(min_size=1), st.sampled_from(["traxys", "Hartree"]), st.text(min_size=1))
def test_a_name_never_gets_through(before: str, name: str, after: str) -> None:
    """Whatever stands around it."""
    veil = Veil(frozenset({"houses"}), {"traxys": "A", "hartree": "B"})
    assert name.lower() not in veil.sentence(before + name + after).lower()


def test_more_houses_than_letters() -> None:
    """After Z comes AA."""
    houses = [{"house": f"h{n:02}"} for n in range(30)] + [{"house": "traxys"}, {"house": "hartree"}]
    found = letters(sample_plan(sample_problem(houses=houses)))
    assert (found["hartree"], found["traxys"], found["h00"], found["h29"]) == ("A", "B", "C", "AF")
