"""Charts as SVG."""

from __future__ import annotations

from math import nan
from xml.etree import ElementTree

import pytest

from orebook.report.bullets import Bullet, Bullets
from orebook.report.curve import Curve, Point
from orebook.report.drawing import svg, ticks

NAMES = ("before", "after", "target")
SVG = "{http://www.w3.org/2000/svg}"


def bars(*bullets: Bullet) -> Bullets:
    """A chart of these bars."""
    return Bullets("t", "days", NAMES, bullets)


def rects(drawn: str, name: str) -> list[tuple[float, float]]:
    """x and width of the rectangles of a class."""
    found = [r for r in ElementTree.fromstring(drawn).iter(f"{SVG}rect") if r.get("class") == name]
    return [(float(r.attrib["x"]), float(r.attrib["width"])) for r in found]


def test_a_chart_is_well_formed_as_wide_as_asked_and_has_no_id() -> None:
    """The drawing parses, names are escaped, colours come from the page's classes."""
    drawn = svg(bars(Bullet("<b>&", 1, 2, 3), Bullet("b", 0, 0, None)), 320)
    root = ElementTree.fromstring(drawn)
    assert root.attrib["width"] == "320"
    assert "&lt;b&gt;&amp;" in drawn
    assert " id=" not in drawn
    assert "fill=" not in drawn


def test_bars_are_as_long_as_their_amounts() -> None:
    """Of an axis that ends at 10: the bar of 10 is twice that of 5, what was before lies in it, the mark at its end."""
    drawn = svg(bars(Bullet("a", 2, 10, 10), Bullet("b", 9, 5, None)), 720)
    (left, long), (_, half) = rects(drawn, "bought")
    (_, before), (_, cut) = rects(drawn, "before")
    ((mark, _),) = rects(drawn, "mark")
    assert half == pytest.approx(long / 2, abs=0.1)
    assert before == pytest.approx(long / 5, abs=0.1)
    assert cut == pytest.approx(half, abs=0.1)  # never longer than the whole bar
    assert mark + 1.5 == pytest.approx(left + long, abs=0.1)


def test_a_bar_that_is_cut_has_an_arrow_and_its_amount_in_words() -> None:
    """400 days on an axis that ends at twice the target of 60."""
    drawn = svg(bars(Bullet("a", 0, 400, 60)), 320)
    assert drawn.count("<path") == 1
    assert "<title>a: before 0, after 400, target 60</title>" in drawn


def test_a_long_name_is_cut_and_stands_whole_in_its_title() -> None:
    """A label takes two fifths of the chart at most."""
    drawn = svg(bars(Bullet("a-very-long-name-of-an-offer-from-far-away", 0, 1, None)), 320)
    assert "far-away: " in drawn
    assert "\N{HORIZONTAL ELLIPSIS}</text>" in drawn


def test_a_curve_has_a_band_a_line_and_the_plan_itself() -> None:
    """Three points: the line has three, the band six; the upright stands at the middle one."""
    points = (Point(9, 2, 2), Point(10, 0, 0), Point(11, -4, -3))
    root = ElementTree.fromstring(svg(Curve("t", "USD", "days", 10, points), 320))
    band, line = (root.find(f"{SVG}{tag}") for tag in ("polygon", "polyline"))
    assert band is not None
    assert line is not None
    assert len(band.attrib["points"].split()) == 6
    shown = [tuple(map(float, p.split(","))) for p in line.attrib["points"].split()]
    here = next(x for x in root.iter(f"{SVG}line") if x.get("class") == "here")
    assert float(here.attrib["x1"]) == shown[1][0]
    assert [y for _, y in shown] == sorted(y for _, y in shown)  # less short is lower on the page


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [(0, 10, 5, [0, 2, 4, 6, 8, 10]), (0, 1, 2, [0, 0.5, 1]), (-3, 2, 5, [-3, -2, -1, 0, 1, 2]), (36, 54, 2, [40, 50])],
)
def test_ticks_are_round_and_inside(low: float, high: float, most: int, expected: list[float]) -> None:
    """Steps of 1, 2, 2.5 or 5 times a power of ten."""
    assert ticks(low, high, most) == expected


def test_what_is_withheld_or_empty_is_not_drawn() -> None:
    """NaN is no amount; bars of nothing and one point are no chart."""
    assert not bars(Bullet("a", 0, nan, 1)).known
    assert not bars(Bullet("a", 0, 0, None)).known
    assert not bars().known
    assert not Curve("t", "USD", "days", 1, (Point(1, 0, 0),)).known
    assert not Curve("t", "USD", "days", 1, (Point(1, 0, 0), Point(2, nan, nan))).known
