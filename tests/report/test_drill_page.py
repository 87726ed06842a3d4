"""A drill as a page and as a workbook: the one worked out by hand in `tests/rolling/test_drill.py`."""

from __future__ import annotations

import re
from functools import cache

from tests.report.books import opened, rows
from tests.rolling.test_drill import BAN, drilled, tin

from orebook.report.studies.drill_page import drill_page
from orebook.report.studies.drill_rows import set_backs, target_rows
from orebook.report.studies.drill_tables import targets_table, unserved_table, ways_table
from orebook.report.studies.drill_week_tables import cover_table, members_table
from orebook.report.studies.drill_words import in_short, shock_says
from orebook.report.workbook.drill import drill_workbook
from orebook.rolling.drilled import DrillResult
from orebook.rolling.shock import Shock


@cache
def ban() -> DrillResult:
    """A bar in week 2, drilled for three weeks."""
    return drilled(tin(), BAN)


@cache
def surge() -> DrillResult:
    """Engines ask six tonnes of the four there are."""
    return drilled(
        tin(), Shock(week=2, changes=("withdrawals+=withdrawal:s,member:engines,mineral:tin,week:2,tonnes:6",))
    )


def test_in_short_says_what_a_board_asks() -> None:
    """Targets, when it is whole, who went without, cost, the other ways, and what would have helped."""
    assert list(filter(None, in_short(ban()))) == [
        "1 of 2 targets is whole on time; 2 would be, had no shock come. 1 target is set back, most of all tin to 7.0 of "
        "10.0 days.",
        "Of those set back, whole again: tin in week 5.",
        "Nobody asked for anything.",
        "Nearest to running out at the end of week 3: engines with 4.0 days of tin.",
        "It cost USD 1,800 in 3 weeks, with carrying: USD 1,200 more than had no shock come. USD 600.00 were paid for goods "
        "that are lost.",
        "The rule of thumb ends as short of all targets as the plan, and pays USD 1,800.",
        "Foresight, which knows every shock from week 1, ends 3.0 weighted days less short of all targets than the plan, and "
        "pays USD 1,200.",
        "What would have helped: 3 t of near in week 1, ordered before the last shock.",
    ]


def test_who_went_without_is_named_with_what() -> None:
    """Two tonnes, two days of its use; in week 2 by every way that had the shock."""
    (_targets, _whole, without, *_rest) = in_short(surge())
    assert without == "1 of 1 withdrawal is not served whole: engines without 2 t of tin, 2.0 days of its use."
    (row,) = unserved_table(surge()).rows
    assert row[:8] == ("2", "engines", "tin", "take", "6", "4", "2.0", "stock")


def test_a_shock_says_what_it_did() -> None:
    """To goods under way, and to the target that was expected whole the week before."""
    assert shock_says(ban(), BAN) == (
        "Week 2: origin_barred(origin=china, week=2). Of what is under way 6 t of 1 mineral are lost."
    )
    (back,) = set_backs(ban())
    assert (back.week, back.target.week, back.before_days, back.after_days) == (2, 4, 10, 7)


def test_a_shock_of_week_1_is_held_against_the_calm() -> None:
    """There is no plan of a week before it."""
    found = drilled(tin(), Shock(week=1, changes=("origin_barred(origin=china, week=1)", "offers.near.max_week_t=2")))
    assert [(b.week, b.before_days, b.after_days) for b in set_backs(found)] == [(1, 10, 8)]


def test_tables_have_the_figures_worked_out() -> None:
    """Targets, cover week by week and the ways."""
    late, in_time = targets_table(ban()).rows
    assert late[:7] == ("tin", "4", "7.0 of 10.0", "week 5", "week 4", "week 5", "week 3")
    assert late[7] == "what is under way and open offers bring enough in week 5, no sooner"
    assert in_time[:4] == ("tin", "6", "10.0 of 10.0", "week 5")
    assert cover_table(ban()).rows == (("tin", "10.0", "4.0", "4.0", "4.0", "4.0", "10.0", "engines"),)
    assert members_table(ban()).rows == (("engines", "4.0 tin", "4.0 tin", "4.0 tin", "4.0 tin"),)
    assert [row[:3] for row in ways_table(ban()).rows] == [
        ("plan", "1 of 2", "3.0"),
        ("foresight", "2 of 2", "0.0"),
        ("thumb", "1 of 2", "3.0"),
        ("calm", "2 of 2", "0.0"),
    ]
    assert [row.back_days for row in target_rows(ban())] == [3, 0]


def test_the_page_is_one_offline_file() -> None:
    """Every section, and nothing from elsewhere."""
    page = drill_page(ban())
    titles = re.findall(r"<h3[^>]*>([^<]+)</h3>", page)
    assert titles == [
        "In short",
        "What each shock did",
        "Who went without",
        "When it is whole again",
        "Days of cover, week by week",
        "What would have helped",
        "What was done",
    ]
    assert "Nobody: every withdrawal is served whole." in page
    assert not re.search(r"<script|https?://(?!www\.w3\.org)", page)
    assert "Written by orebook from drill.json" in page


def test_the_workbook_has_the_same() -> None:
    """A sheet a question, its tables with the figures worked out; the same drill makes the same bytes."""
    content = drill_workbook(ban())
    assert content == drill_workbook(ban())
    book = opened(content)
    assert book.sheetnames == ["Drill", "Shocks", "Withdrawals", "Whole", "Cover", "Orders", "Weeks"]
    (struck,) = rows(book["Shocks"], "Struck")
    assert (struck["mineral"], struck["t"], struck["paid by then USD"]) == ("tin", 6, 600)
    assert [row["whole from week"] for row in rows(book["Whole"], "Whole")] == [5, 5]
    (cover,) = rows(book["Cover"], "Cover")
    assert [cover[f"week {w}"] for w in (1, 2, 3)] == [4, 4, 4]
    assert [row["weighted days short"] for row in rows(book["Drill"], "Ways")] == [3, 0, 3, 0]
    (helped,) = rows(book["Orders"], "Helped")
    assert (helped["offer"], helped["foresight t"], helped["plan t"]) == ("near", 3, 0)
    (served,) = [r for r in rows(opened(drill_workbook(surge()))["Withdrawals"], "Withdrawals") if r["way"] == "plan"]
    assert (served["asked t"], served["served t"], served["went without t"]) == (6, 4, 2)


def test_a_drill_without_a_week_says_so() -> None:
    """No way came to a plan: the page is there, and says it."""
    nothing = drilled(tin(targets=[{"mineral": "tin", "week": 1, "days": 10, "must_days": 10}]), BAN)
    assert all(way.ended or way.way == "thumb" for way in nothing.ways)
    assert "No week was planned." in drill_page(nothing)
    assert opened(drill_workbook(nothing)).sheetnames[0] == "Drill"
