"""Bars as text."""

from __future__ import annotations

import pytest

from orebook.report.bullets import Bullet, Bullets, text_bar, text_chart

NAMES = ("before", "after", "target")


@pytest.mark.parametrize(
    ("bullet", "drawn"),
    [
        (Bullet("short", 2, 5, 10), "==###....|"),
        (Bullet("met", 2, 12, 10), "==#######|##"),
        (Bullet("exact", 0, 10, 10), "#########|"),
        (Bullet("no mark", 3, 4, None), "===#"),
        (Bullet("nothing", 0, 0, 0), ""),
        (Bullet("too long", 0, 99, 10), "#########|##########"),
    ],
)
def test_text_bar_shows_before_bought_and_missing(bullet: Bullet, drawn: str) -> None:
    """`=` before, `#` bought, `.` missing up to the mark; one sign a unit here (full 20, width 20)."""
    assert text_bar(bullet, 20, 20) == drawn


def test_the_axis_ends_at_twice_the_highest_mark() -> None:
    """A bar of 400 days does not squeeze targets of 60 and 30; the cut is said."""
    chart = Bullets("t", "days", NAMES, (Bullet("a", 0, 400, 60), Bullet("b", 0, 10, 30), Bullet("c", 0, 121, 60)))
    assert chart.full == 120
    assert chart.cut == "Bars end at 120 days; 2 would be longer."
    assert Bullets("t", "days", NAMES, chart.bars[1:2]).cut == ""


def test_a_chart_without_marks_or_bars_has_an_axis_all_the_same() -> None:
    """No mark: the longest bar; no bar: nothing."""
    assert Bullets("t", "USD", NAMES, (Bullet("a", 0, 5, None),)).full == 5
    assert Bullets("t", "USD", NAMES, ()).full == 0
    assert text_chart(Bullets("t", "USD", NAMES, (Bullet("a", 0, 0, None),))).endswith("\na")


def test_an_axis_can_be_told_where_to_end() -> None:
    """Parts of a whole end at 100, however small their limits are."""
    assert Bullets("t", "%", NAMES, (Bullet("a", 0, 60, 10),), 100.0).full == 100


def test_what_a_chart_does_not_have_is_not_in_its_key() -> None:
    """Without a mark there is no sign for one."""
    assert text_chart(Bullets("t", "%", ("", "part", ""), (Bullet("a", 0, 5, None),))).startswith("# part   (%")
