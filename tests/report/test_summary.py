"""The summary on a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from tests.builders import make_problem
from tests.report.sample import sample_plan, sample_problem

from orebook.decisions import Decisions, Draw, Order, Put
from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.report import summary
from orebook.schema.plan import GivenUp


def printed(plan: Plan, width: int = 80, warnings: int = 0, encoding: str = "utf-8") -> str:
    """The summary as a pipe gets it."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    Console(file=out, width=width).print(summary(plan, warnings=warnings))
    out.seek(0)
    return out.read()


def line(text: str, *words: str) -> str:
    """The first line that has all these words, its blanks squeezed."""
    return next(" ".join(x.split()) for x in text.splitlines() if all(w in x.split() for w in words))


def test_what_is_bought_for_how_much_and_how_well_proven() -> None:
    """Ticket, cover before and after, money with sources, gap in weighted days, status and audit."""
    text = printed(sample_plan().audited(True))
    assert line(text, "a", "traxys") == "a traxys tin 1 1 6 618.00"
    # The bar is 20 signs for 10 days: 2 for the day before, 12 for the six bought, the rest missing up to the target.
    assert line(text, "tin", "7.0", "-") == "tin 3 1.0 7.0 10.0 3.0 - ==############.....|"
    assert line(text, "2026-02-09") == "1 2026-02-09 3,668 3,668 5,000 3,668 0"
    # value 5.5, bound 5, gap 0.5 of 5.5 is 9.09 %; the judge measures 5.
    assert line(text, "weighted") == "cover weighted days 5.5 5.0 0.5 9.09 % 5.0 0.5"
    assert "Optimal: every stage is proven" in text
    assert "Audited: a second path confirmed the proof." in text


def test_shortest_first() -> None:
    """tin, 3 days short, stands above gallium, 2 days short, though gallium comes first by name."""
    cover = printed(sample_plan()).split("Cover in days")[1].split("Money by week")[0]
    assert cover.index("tin") < cover.index("gallium")


def test_stores_show_their_fullest_week() -> None:
    """Room used: week 1 8 t * 0.5 = 4 m3; weeks 2 and 3 7 t * 0.5 + 4 t * 0.25 = 4.5 m3 of 10."""
    assert line(printed(sample_plan()), "vault", "45", "%").startswith("vault 11 4.5 10 45 % w2")


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Lines keep to the width, and no number is broken or cut off."""
    text = printed(sample_plan(), width)
    assert max(map(len, text.splitlines())) <= width
    assert "3,668" in text
    assert "…" not in text


def test_a_plain_terminal_gets_plain_signs() -> None:
    """A pipe in ASCII takes the summary, colours off."""
    text = printed(sample_plan(), encoding="ascii")
    assert text.isascii()
    assert "\x1b" not in text


def test_many_tickets_show_the_largest_and_say_where_the_rest_is() -> None:
    """Of 20 tickets of 1 to 20 t the twelve largest are shown."""
    offers = [{"offer": f"o{n:02}", "house": "traxys", "mineral": "tin"} for n in range(1, 21)]
    orders = tuple(Order(f"o{n:02}", 1, Fraction(n)) for n in range(1, 21))
    problem = make_problem(offers=offers)
    plan = sample_plan(
        problem, Decisions(orders, (Put("tin", "store", 1, Fraction(210)),), draws=(Draw("cash", 1, Fraction(21_000)),))
    )
    text = printed(plan)
    assert "o09" in text
    assert "o08" not in text
    assert "8 more tickets in tickets.csv" in text


def test_smallest_sources_share_a_column() -> None:
    """Of five sources the two that give most have a column each, the other three one together."""
    funding = [{"source": s} for s in ("loan", "private", "x", "y", "z")]
    draws = tuple(
        Draw(s, 1, Fraction(n)) for s, n in (("loan", 3000), ("private", 600), ("x", 50), ("y", 10), ("z", 8))
    )
    text = printed(sample_plan(sample_problem(funding=funding), Decisions(draws=draws)), 100)
    week = line(text.replace("Nothing is bought", ""), "from", "others")
    assert week.endswith("from loan from private from others")
    bought = sample_plan(sample_problem(funding=funding), Decisions((Order("a", 1, Fraction(6)),), draws=draws))
    assert line(printed(bought, 100), "2026-02-09").endswith("3,000 600.00 68.00")


def test_what_was_given_up_and_warnings_are_counted() -> None:
    """A row given up is shown with how much, in its unit; warnings point to the check."""
    row = GivenUp(rule="shares", row="share_max[*,house,traxys]", by=0.1, why="no other house sells tin", unit="share")
    text = printed(sample_plan(given_up=(row,)), warnings=2)
    assert "share_max[*,house,traxys]  10 % points" in text
    assert "1 policy row gave way" in text
    assert "2 warnings on the instance" in text
    assert "warning" not in printed(sample_plan())


def test_a_plan_that_buys_nothing_says_so() -> None:
    """No tickets, no empty table."""
    text = printed(sample_plan(make_problem({"weeks": 3}), Decisions()))
    assert "Nothing is bought." in text
    assert "Tickets" not in text


def test_withdrawals_that_are_not_served_are_named() -> None:
    """The sample's withdrawal of 1 t without an `out` is 1 t unserved."""
    text = printed(sample_plan(decisions=Decisions()))
    assert line(text, "w", "tin") == "w tin 2 1 0 1"
