"""The report of a hedged plan: what to order now, and how sure, on page, text and sheets, whole and redacted."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Any

import pytest

import orebook
from orebook.explanations.hedging.catalogue import explain_hedge
from orebook.explanations.hedging.joint_questions import JointQuestions
from orebook.hedged import HedgedPlan
from orebook.report import files_of_hedge, html, markdown, plan_workbook
from orebook.report.lender import loan_markdown, loan_of
from orebook.report.member import statement_markdown, statement_of
from orebook.report.method import HEDGED, command
from orebook.report.report_input import Brief
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden
from tests.hedge.cases import hedged_fates
from tests.hedge.test_teaching import ban
from tests.report.books import opened, rows

Explained = tuple[HedgedPlan, tuple[Fact, ...]]


@cache
def likely() -> Explained:
    """`ban` at a half: to order now."""
    return _explained(orebook.hedge(ban(0.5, "arrive"), gap=0.0))


@cache
def rare() -> Explained:
    """`ban` at 5 %: to wait."""
    return _explained(orebook.hedge(ban(0.05, "arrive"), gap=0.0, audit=False))


def _explained(hedged: HedgedPlan) -> Explained:
    return hedged, tuple(explain_hedge(JointQuestions(hedged)).facts)


def test_the_first_part_says_what_to_order_now_and_how_sure() -> None:
    """One hedge of 10,000 USD, worth 4,550, that turns at 6.67 %; then futures, turns, worth, tail; the main plan after it."""
    hedged, facts = likely()
    text = markdown(hedged, facts).replace("\\", "")
    parts = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert parts == [
        "What to order now, and how sure",
        "In short, should as-it-stands come",
        "In detail, should as-it-stands come",
    ]
    first = text.split("\n## ")[1]
    assert re.findall(r"^### (.*)$", first, re.MULTILINE) == [
        "To order now",
        "What may come",
        "Where orders turn",
        "What knowing and planning for all are worth",
        "The worst part, and what would help",
        "Proof over all futures",
    ]
    assert "1 ticket of week 1, USD 10,000. 0 no-regret, 1 hedge, 0 wait." in first
    assert "| 1 | china-now | tin | china | 100 | 10,000 | hedge | 1 of 2 | 0.0 | 4,550 | ban over 6.67 % |" in first
    assert "Knowing the future from week 1 would be worth USD 350.00." in first
    assert "as-it-stands makes 100 % of the worst part" in first
    assert "The audit confirms it." in first
    assert "Not asked yet" not in text


def test_what_can_wait_has_a_table_of_its_own() -> None:
    """Nothing is ordered; 100 t of china-now would cost 175 USD more now."""
    text = markdown(*rare()).replace("\\", "")
    assert "To order before anyone knows which of 2 futures comes: nothing. 0 no-regret, 0 hedge, 1 wait." in text
    assert "| china-now | 1 | tin | 100 | ban | 0.0 | 175.00 | ban over 6.67 % |" in text


def test_the_page_says_the_same() -> None:
    """In the part that is read first, to which the skip link leads."""
    hedged, facts = likely()
    page = unescape(html(hedged, facts))
    assert "<title>Order today, or wait for a ban that may come - hedged plan</title>" in page
    assert page.index('id="hedge"') < page.index('id="board"') < page.index('id="details"')
    assert '<a class="skip" href="#hedge">' in page
    assert "<dt>hedge</dt><dd>1</dd>" in page
    assert all(fact.says in page for fact in facts)


def test_what_was_not_asked_is_said() -> None:
    """Without facts: tickets, futures and worth, and what `orebook explain` would add."""
    text = markdown(hedged_fates()).replace("\\", "")
    assert text.count("Not asked yet") == 3
    assert "**futures**" not in text
    assert "| bar | 10 % | 2 |" in text
    assert "no-regret, " not in text.split("\n## ")[1].split("Not asked yet")[0]


def test_the_workbook_begins_with_what_to_order() -> None:
    """A row a ticket with both ends of each difference; a row a future; the plan's own sheets behind."""
    hedged, facts = likely()
    book = opened(plan_workbook(hedged, facts), values=True)
    assert book.sheetnames[:3] == ["Order now", "Futures", "Summary"]
    (ticket,) = rows(book["Order now"], "OrderNow")
    assert (ticket["offer"], ticket["how sure"], ticket["tonnes"]) == ("china-now", "hedge", 100)
    assert (ticket["own plans that have it"], ticket["futures"]) == (1, 2)
    assert ticket["without it at least: cost, USD"] == pytest.approx(4550, abs=0.01)
    assert ticket["without it at most: cost, USD"] == pytest.approx(4550, abs=0.01)
    futures = {row["future"]: row for row in rows(book["Futures"], "Futures")}
    assert futures["ban"]["probability"] == 0.5
    assert (futures["as-it-stands"]["cost, USD"], futures["as-it-stands"]["cost had one known it"]) == (10400, 9700)
    kinds = {row["kind"] for row in rows(book["Why"], "Why")}
    assert {"stance", "turn", "worth", "tail", "exposed"} <= kinds
    (left,) = rows(opened(plan_workbook(*rare()), values=True)["Order now"], "Wait")
    assert (left["offer"], left["would order it now by itself"]) == ("china-now", "ban")


@pytest.mark.parametrize(
    ("hide", "gone"),
    [
        ("prices", ("10,400", "10400", "4,550", "4550", "9,700", "9700")),
        ("targets", ("days short", "weighted days short")),
        ("houses", ("traxys",)),
    ],
)
def test_what_is_hidden_is_in_no_form_of_the_first_part(hide: Hidden, gone: tuple[str, ...]) -> None:
    """Figures, sentences and heads."""
    hedged, facts = likely()
    first = markdown(hedged, facts, (hide,)).split("\n## ")[1]
    cells = [
        str(value)
        for sheet in opened(plan_workbook(hedged, facts, (hide,)), values=True).worksheets
        if sheet.title in ("Order now", "Futures")
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    ]
    for text in (first, " ".join(cells)):
        assert [word for word in gone if word in text.lower()] == []
    assert "china-now" in first


def test_each_fact_has_the_command_that_does_it_again() -> None:
    """Its changes hedged, with the tail where that counts; else the question."""
    averse = orebook.hedge(ban(0.05, "arrive"), tail=0.2, tail_weight=0.5, gap=0.0, audit=False)
    for hedged, facts in (likely(), (averse, _explained(averse)[1])):
        brief = Brief.of(hedged, facts)
        commands = {(x.kind, x.about.against): command(brief, x) for x in facts if x.kind in HEDGED}
        sets = "".join(f" --set {c}" for c in hedged.document.instance.changes)
        options = " --tail 0.2 --tail-weight 0.5" if hedged is averse else ""
        begins = f"orebook hedge INSTANCE --model weekly{options}{sets} --set "
        assert commands["stance", "hedge"] == f"{begins}offers.china-now.max_week_t=0"
        assert commands["turn", "above"].startswith(f"{begins}futures.as-it-stands.probability=")
        assert commands["worth", "knowing"] == "orebook explain PLAN --worth"


def test_the_folder_has_the_report_of_the_hedged_plan() -> None:
    """In the files that a plan has, beside the plan of the main future."""
    hedged, facts = likely()
    files: dict[str, Any] = files_of_hedge(hedged, facts)
    assert files["report.md"] == markdown(hedged, facts)
    assert files["report.html"] == html(hedged, facts)
    assert files["plan.xlsx"] == plan_workbook(hedged, facts)
    assert {"hedge.json", "plan.json", "futures/ban/plan.json"} <= files.keys()


def test_a_member_is_told_that_its_plan_is_one_of_several_futures() -> None:
    """Its statement is of the main plan; neither the futures nor their likelihood are in it."""
    hedged = orebook.hedge(ban(0.5, "arrive").change("members+=member:acme"), gap=0.0, audit=False)
    text = statement_markdown(statement_of(hedged, "acme"))
    assert "the plan for one of several futures" in text
    assert "the plan for one of several futures" not in statement_markdown(statement_of(hedged.main, "acme"))
    assert [future for future in hedged.plans if future in text] == []


def test_a_lender_is_told_that_its_plan_is_one_of_several_futures() -> None:
    """Of the main plan; neither the futures nor their likelihood are in it."""
    hedged = orebook.hedge(ban(0.5, "arrive").change("funding+=source:exim,rate_pct:5"), gap=0.0, audit=False)
    text = loan_markdown(loan_of(hedged, "exim"))
    assert "the plan for one of several futures" in text
    assert "the plan for one of several futures" not in loan_markdown(loan_of(hedged.main, "exim"))
    assert [future for future in hedged.plans if future in text] == []
