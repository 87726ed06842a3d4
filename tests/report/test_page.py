"""report.html and report.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tests.builders import make_problem
from tests.report.known import FACTS
from tests.report.sample import sample_plan, sample_problem

from orebook.decisions import Decisions, Order
from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.report import files_of
from orebook.report.bullets import Bullets
from orebook.report.heat import Heat
from orebook.report.page import html, markdown
from orebook.report.rendering import markdown_text
from orebook.report.report_input import Brief
from orebook.report.section import Section
from orebook.report.sections import sections
from orebook.schema.facts import Fact
from orebook.schema.plan import GivenUp

NASTY = "<script>alert('x')</script>|`_*"


def nasty_plan() -> Plan:
    """A plan whose names and texts try to be markup."""
    problem = make_problem(
        {"weeks": 3, "title": NASTY}, offers=[{"offer": "<i>a|b", "house": "traxys", "mineral": "tin"}]
    )
    given_up = GivenUp(rule="shares", row="share_max[tin,house,traxys]", by=0.1, why=NASTY, unit="share")
    return sample_plan(problem, Decisions((Order("<i>a|b", 1, Fraction(2)),)), (given_up,))


def parts(plan: Plan, facts: tuple[Fact, ...] = ()) -> tuple[Section, ...]:
    """The sections of a report."""
    return sections(Brief.of(plan, facts))


class Page(HTMLParser):
    """What a browser would make of the page: tags with their attributes, and balanced or not."""

    void = frozenset({"meta", "link", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag


@pytest.mark.parametrize("make", [sample_plan, nasty_plan])
def test_the_page_is_whole_and_needs_nothing(make: Callable[[], Plan]) -> None:
    """Tags balance, ids are unique, no script, and no address but the page's own and the SVG name spaces."""
    plan = make()
    text = html(plan, FACTS, dropped=["the check failed"])
    page = Page(text)
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert page.open == []
    assert len(ids) == len(set(ids))
    assert not {"script", "img", "iframe", "i"} & {tag for tag, _ in page.tags}
    assert {a["href"] for _, a in page.tags if "href" in a} == {"data:,", "#board", *(f"#{s.id}" for s in parts(plan))}
    assert {a["href"] for _, a in page.tags if "href" in a} - {"data:,"} <= {f"#{i}" for i in ids}
    assert set(re.findall(r"https?://[\w./]+", text)) == {"http://www.w3.org/2000/svg"}


def test_tables_say_what_their_heads_are_of() -> None:
    """Every head has a scope, every table a caption, every chart a name."""
    page = Page(html(sample_plan(), FACTS))
    assert all(a.get("scope") in ("col", "row") for tag, a in page.tags if tag == "th")
    tables = [tag for tag, _ in page.tags if tag in ("table", "caption")]
    assert tables == ["table", "caption"] * (len(tables) // 2)
    charts = [a for _, a in page.tags if a.get("role") == "img"]
    # Cover twice, money, houses, origins, groups, goods under way, the rules in days and in money, the budget: narrow and wide.
    assert len(charts) == 2 * 10
    assert all(a["aria-label"] for a in charts)


def test_headings_come_in_order() -> None:
    """One first heading, two parts, and the sections below them: no level is skipped."""
    levels = [int(tag[1]) for tag, _ in Page(html(sample_plan(), FACTS)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[:3] == [1, 2, 3]
    assert (levels.count(1), levels.count(2)) == (1, 2)
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("write", [html, markdown])
def test_page_and_markdown_say_the_same(write: Callable[[Plan], str]) -> None:
    """Every sentence, head and cell of every section stands in both."""
    plan = sample_plan()
    text = unescape(html(plan, FACTS)) if write is html else markdown(plan, FACTS).replace("\\", "")
    for section in parts(plan, FACTS):
        assert section.title in text
        for words in (*section.texts, *section.points, section.hint, section.command):
            assert words in text
        for table in section.tables if write is html else [t for t in section.tables if not t.folded]:
            for cell in (table.title, *table.heads, *(c for row in table.rows for c in row)):
                assert cell in text


def test_markdown_tables_keep_their_columns() -> None:
    """A pipe in a name does not start a column, a tag in a name is no tag."""
    text = markdown(nasty_plan())
    ticket = next(x for x in text.splitlines() if x.startswith("| \\<i\\>a\\|b"))
    head = next(x for x in text.splitlines() if x.startswith("| offer"))
    assert len(re.findall(r"(?<!\\)\|", ticket)) == len(re.findall(r"(?<!\\)\|", head)) == 18
    assert "<script>" not in text.replace("\\<script\\>", "")


def test_markdown_text_is_one_line_without_markup() -> None:
    """Signs that markdown would act on are escaped, line ends become blanks."""
    assert markdown_text("a_b*\nc|<d>&") == "a\\_b\\* c\\|\\<d\\>\\&"


def test_the_command_to_check_carries_model_and_changes() -> None:
    """Whoever types it checks the same instance: changes are quoted for the shell."""
    plan = sample_plan()
    stamp = plan.document.instance.model_copy(
        update={"changes": ("rules.market=off", "duties+=origin:china,mineral:*")}
    )
    changed = Plan(plan.document.model_copy(update={"instance": stamp}), plan.problem, plan.model, plan.judgement)
    command = parts(changed)[-1].command
    assert command == (
        "orebook verify INSTANCE plan.json --model weekly --set rules.market=off --set 'duties+=origin:china,mineral:*'"
    )


def test_sums_by_house_and_origin_are_of_all_order_cash() -> None:
    """618 of 3618 with traxys from chile is 17.08 %, the rest with hartree from japan."""
    found = {t.title: t.rows for s in parts(sample_plan()) for t in s.tables}
    assert [(r[0], r[3], r[4]) for r in found["Houses"]] == [
        ("hartree", "3,000", "82.92 %"),
        ("traxys", "618", "17.08 %"),
    ]
    assert [(r[0], r[1], r[5]) for r in found["Origins"]] == [
        ("japan", "allied", "82.92 %"),
        ("chile", "other", "17.08 %"),
    ]


def test_costs_show_parts_that_are_there_and_their_sum() -> None:
    """Goods 3600, commission 6, freight 12, engagement 50, under way 300 make 3968 in cash; no line of nothing."""
    costs = next(t for s in parts(sample_plan()) for t in s.tables if t.title == "Cash and cost, part by part")
    assert [(r[0], r[1]) for r in costs.rows][:6] == [
        ("goods", "3,600"),
        ("commission", "6"),
        ("freight", "12"),
        ("engagement fees", "50"),
        ("orders already under way", "300"),
        ("cash of the plan", "3,968"),
    ]


def test_the_money_chart_holds_what_is_paid_to_date_against_release() -> None:
    """Week 2 adds 300 to the 3668 of week 1, against 5000 released; in USD, as it is under a million."""
    (chart,) = next(s.charts for s in parts(sample_plan()) if s.id == "money")
    assert isinstance(chart, Bullets)
    assert chart.unit == "USD"
    assert [(b.before, b.after, b.mark) for b in chart.bars] == [
        (0, 3668, 5000),
        (3668, 3968, 5000),
        (3968, 3968, 5000),
    ]


def test_what_falls_due_after_the_last_week_is_taken_off() -> None:
    """A frozen ticket of 2 t at 100, paid on an arrival after the last week, costs goods but no cash of the plan."""
    offer = {"offer": "a", "house": "traxys", "mineral": "tin", "lead_weeks": 2, "pay_on_order_pct": 0}
    prior = [{"offer": "a", "week": 2, "tonnes": 2}]
    problem = make_problem({"frozen_weeks": 2}, offers=[offer], prior=prior)
    plan = sample_plan(problem, Decisions((Order("a", 2, Fraction(2)),)))
    costs = next(t for s in parts(plan) for t in s.tables if t.title == "Cash and cost, part by part")
    assert costs.rows[:3] == (
        ("goods", "200"),
        ("less what is paid after the last week", "-200"),
        ("cash of the plan", "0"),
    )


def test_files_of_a_plan() -> None:
    """Nine files, the same every time."""
    files = files_of(sample_plan())
    names = "plan.json instance.json model.json tickets.csv cover.csv cash.csv report.md report.html plan.xlsx"
    assert list(files) == names.split()
    assert files == files_of(sample_plan(sample_problem()))


def test_a_plan_that_buys_nothing_has_a_report() -> None:
    """No tickets, targets of nothing met or missed: the page still stands."""
    text = html(sample_plan(make_problem({"weeks": 3}), Decisions()))
    assert "Nothing is bought." in text
    assert "Every ticket" not in text


def test_goods_under_way_are_told_mapped_and_listed() -> None:
    """Japan's 3 t of gallium, 3,000 USD and 6 days, are under way at the end of week 1; Chile's tin is never."""
    exposed = next(s for s in parts(sample_plan()) if s.id == "exposed")
    assert exposed.points == (
        "An unforeseen bar on exports of japan in week 2 would strand 1 of 1 ticket: 3 t of 1 mineral, USD 3,000 as ordered, "
        "all of it paid by then, at worst 6.0 days of gallium.",
        "An unforeseen bar on exports of chile would strand none of 1 ticket, whatever its week.",
    )
    (chart,) = exposed.charts
    assert isinstance(chart, Heat)
    assert (chart.rows, chart.columns, chart.cells, chart.unit) == (("japan",), ("2", "3"), ((3000, 0),), "USD")
    minerals, weeks = exposed.tables
    assert minerals.rows == (("japan", "2", "gallium", "1", "3", "3,000", "3,000", "6.0"),)
    assert weeks.rows == (("japan", "1", "1", "1", "3", "3,000", "3,000"),)


def test_goods_under_way_go_without_what_is_hidden() -> None:
    """Tonnes are left without prices and targets; there is no map of money, and no column of either."""
    exposed = next(s for s in sections(Brief.of(sample_plan(), (), ("prices", "targets"))) if s.id == "exposed")
    assert exposed.points[0].endswith("in week 2 would strand 1 of 1 ticket: 3 t of 1 mineral.")
    assert exposed.charts == ()
    assert [table.rows[0] for table in exposed.tables] == [
        ("japan", "2", "gallium", "1", "3"),
        ("japan", "1", "1", "1", "3"),
    ]


def test_of_many_origins_the_worst_are_told_and_the_rest_counted() -> None:
    """Ten origins with a ticket each, one dearer than the other: eight sentences, and two more."""
    offers = [
        {"offer": f"o{n}", "house": "traxys", "mineral": "tin", "origin": f"land {n}", "lead_weeks": 1}
        for n in range(10)
    ]
    problem = make_problem({"weeks": 3}, offers=offers)
    plan = sample_plan(problem, Decisions(tuple(Order(f"o{n}", 1, Fraction(n + 1)) for n in range(10))))
    exposed = next(s for s in parts(plan) if s.id == "exposed")
    assert [text.split(" in week")[0].rpartition(" ")[2] for text in exposed.points[:8]] == list("98765432")
    assert exposed.points[8:] == ("2 origins more: in the tables.",)
