"""Since when changes are known, and which tickets are lost and late for it: in every report of a plan and of a study."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.builders import make_problem

import orebook
from orebook.plan import Plan
from orebook.report import news
from orebook.report.buys import tickets_brief, tickets_full
from orebook.report.compared import page as compared_page
from orebook.report.compared import tables
from orebook.report.page import html, markdown
from orebook.report.studies.scenario_page import study_page, study_tables
from orebook.report.workbook.book import plan_workbook
from orebook.report.workbook.compared import compared_workbook
from orebook.scenarios.outcome_rows import outcome_rows
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.study import run_study
from orebook.scenarios.study_request import StudyRequest
from orebook.schema.hidden import Hidden
from orebook.schema.tables import InTransit

BAR, DELAY = "origins.china.barred=yes", "licence_delay(origin=chile, weeks=2)"


@cache
def base() -> Plan:
    """In week 1 10 t of tin from China and 7 t of zinc from Chile are ordered, to arrive in week 2 of four.

    A change that was made before is known from week 1.
    """
    days = {"tin": 10, "zinc": 7}
    problem = make_problem(
        {"weeks": 4},
        minerals=[
            {"mineral": m, "daily_use_t": 1, "price_usd_per_t": 100, "target_days": n, "must_days": n}
            for m, n in days.items()
        ],
        houses=[{"house": "traxys"}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "china", "lead_weeks": 1, "to_week": 1},
            {"offer": "z", "house": "traxys", "mineral": "zinc", "origin": "chile", "lead_weeks": 1, "to_week": 1},
        ],
        origins=[{"origin": "china"}, {"origin": "chile"}],
        prior=[{"offer": "a", "week": 1, "tonnes": 10}, {"offer": "z", "week": 1, "tonnes": 7}],
    )
    return orebook.solve(problem.change("minerals.tin.must_days=none"), gap=0.0, audit=False)


@cache
def surprised(in_transit: InTransit = "lost") -> Plan:
    """The same, a bar of China and two weeks more from Chile being known in week 2."""
    return orebook.whatif(base(), BAR, DELAY, known=2, in_transit=in_transit, gap=0.0)


def test_what_is_lost_and_late_is_a_property_of_the_plan() -> None:
    """Zinc comes in week 4 instead of 2, tin never; nothing is either where all was known."""
    plan = surprised()
    assert [(t.offer, t.tonnes) for t in base().document.tickets] == [("a", 10), ("z", 7)]
    assert [(t.offer, t.arrives) for t in plan.lost] == [("a", None)]
    assert [(t.offer, t.arrives, plan.problem.promised(t.offer, t.week)) for t in plan.late] == [("z", 4, 2)]
    assert (base().lost, base().late) == ((), ())
    assert [t.offer for t in surprised("arrive").late] == ["z"]


@pytest.mark.parametrize(
    ("in_transit", "fate", "lost"),
    [
        ("lost", "lost", "1 (10 t) is lost"),
        ("refund", "lost, and what was paid on order is given back", "1 (10 t) is lost"),
        ("arrive", "let through", "none is lost"),
    ],
)
def test_the_sentence_says_since_when_and_what_becomes_of_goods_under_way(
    in_transit: InTransit, fate: str, lost: str
) -> None:
    """On the page, in its text, in the workbook and on the terminal."""
    plan = surprised(in_transit)
    says = (
        "The changes are known from week 2: tickets of earlier weeks stand as they were ordered, and goods under way then that "
        f"are barred are {fate}. Of the tickets {lost}, 1 (7 t) is late."
    )
    assert news.says(plan) == says
    assert says in html(plan)
    assert says.replace("(", "").replace(")", "") in markdown(plan).replace("\\", "").replace("(", "").replace(")", "")
    cells = [
        c for row in load_workbook(BytesIO(plan_workbook(plan)))["Summary"].iter_rows(values_only=True) for c in row
    ]
    assert says in cells


def test_changes_known_all_along_are_said_to_be() -> None:
    """And a plan without changes says nothing."""
    dearer = orebook.whatif(base(), "minerals.tin.price_usd_per_t=+10%", gap=0.0)
    plain = orebook.solve(make_problem(), gap=0.0, audit=False)
    assert (news.says(dearer), news.since(dearer)) == ("The changes are known from week 1.", "week 1")
    assert (news.says(plain), news.since(plain)) == ("", "")
    assert "known from week" not in html(plain)


def test_the_tables_of_tickets_say_what_arrives_when() -> None:
    """Lost, or late with the week it was ordered for."""
    for table in (tickets_brief(surprised(), 5), tickets_full(surprised(), {})):
        at = table.heads.index("arrives")
        assert [row[at] for row in table.rows] == ["lost", "4, late for 2"]
    book = load_workbook(BytesIO(plan_workbook(surprised())))["Buy plan"]
    rows = [row for row in book.iter_rows(values_only=True) if row[0] in ("offer", "a", "z")]
    heads, *told = rows
    places = [heads.index(head) for head in ("arrives, week", "lost or late", "ordered for, week")]
    assert [[row[k] for k in places] for row in told] == [[None, "lost", 2], [4, "late", 2]]
    plain = load_workbook(BytesIO(plan_workbook(base())))["Buy plan"]
    assert "lost or late" not in [c for row in plain.iter_rows(values_only=True) for c in row]


@pytest.mark.parametrize("hide", [("houses",), ("prices",), ("targets",)])
def test_a_redacted_page_says_it_too(hide: tuple[Hidden, ...]) -> None:
    """Names, money or targets left out."""
    assert "1 (7 t) is late" in html(surprised(), hide=hide)
    assert "4, late for 2" in html(surprised(), hide=hide)


def test_plans_side_by_side_say_since_when() -> None:
    """A row of the week, and of lost and late tickets where there may be some; on the page and in the workbook."""
    rows = {row[0]: row[1:] for row in tables({"base": base(), "whatif": surprised()})[0].rows}
    assert rows["changes known from"] == ("week 1", "week 2, barred goods under way lost")
    assert (rows["tickets lost"], rows["tickets late"]) == (("0", "1"), ("0", "1"))
    assert "week 2, barred goods under way lost" in compared_page({"base": base(), "whatif": surprised()})
    heads = {row[0] for row in tables({"base": base(), "same": base()})[0].rows}
    assert {"changes known from", "tickets lost"} & heads == {"changes known from"}
    book = load_workbook(BytesIO(compared_workbook({"base": base(), "whatif": surprised()})))["Plans"]
    listed = [row for row in book.iter_rows(values_only=True) if row[0] in ("plan", "whatif")]
    at = [listed[0].index(head) for head in ("changes known from", "tickets lost", "tickets late")]
    assert [listed[1][k] for k in at] == ["week 2, barred goods under way lost", 1, 1]


def test_a_study_says_since_when_each_change_is_known() -> None:
    """In its rows, its table and the sentence of its page; where all is known from week 1 the table has no such columns."""
    later = StudyRequest(scenarios=(Scenario(name="bar", changes=(BAR, DELAY), known=2),), gap=0.0)
    both = StudyRequest(scenarios=(*later.scenarios, Scenario(name="told", changes=(DELAY,))), gap=0.0)
    result = run_study(base(), both)
    found = [(r["known"], r["in_transit"], r["tickets_lost"], r["tickets_late"]) for r in outcome_rows(result.outcomes)]
    assert found == [(2, "lost", 1, 1), (1, None, 0, 0)]
    (table,) = study_tables(result)
    at = table.heads.index("known from week")
    assert [row[at : at + 2] for row in table.rows] == [("", "0, 0"), ("2", "1, 1"), ("1", "0, 0")]
    assert "Changes are known from the week that each scenario says." in study_page(result)
    assert "Changes are known from week 2." in study_page(run_study(base(), later))
    early = run_study(base(), StudyRequest(scenarios=both.scenarios[1:], gap=0.0))
    assert "known from week" not in study_tables(early)[0].heads
    assert study_tables(early)[0].note == "Changes are known from week 1."


def test_whoever_asks_of_a_plan_that_learns_later_is_told_its_week() -> None:
    """Changes of such a plan are known from its week too, whether or not the scenario says so."""
    result = run_study(surprised(), StudyRequest(scenarios=(Scenario(name="x", changes=("instance.budget_usd=1e6",)),)))
    assert [o.known for o in result.outcomes] == [2]
    assert result.base.known == 2
