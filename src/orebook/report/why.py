"""Why minerals stay short: what keeps each from its target, and the cheapest mend, from facts."""

from __future__ import annotations

from dataclasses import dataclass

from orebook import formats as f
from orebook.report.cover import Row, told
from orebook.report.report_input import Brief, ends, less, number
from orebook.report.table import Column, Table
from orebook.schema.facts import Fact

BUDGET_FIGURE = "budget_usd"
CAUSES = 3
"""Causes named in a row."""


@dataclass(frozen=True)
class _Short:
    """A target that stays short, the causes that win most of it back, and its mend."""

    row: Row
    causes: tuple[Fact, ...]
    mend: Fact | None
    asked: bool


def shortages(brief: Brief) -> Table:
    """A row a target that stays short; the causes and the mend stand at the mineral's shortest target."""
    columns: list[Column[_Short]] = [
        ("mineral", "left", lambda s: s.row["mineral"]),
        ("week", "right", lambda s: str(s.row["week"])),
        ("has, days", "right", lambda s: f.days(s.row["cover_days"])),
        ("target, days", "right", lambda s: f.days(s.row["target_days"])),
        ("short, days", "right", lambda s: f.days(s.row["short_days"])),
        ("critical short, days", "right", lambda s: f.days(s.row["critical_short_days"])),
    ]
    if asked(brief):
        columns += [
            ("kept short by (days that each keeps away)", "words", _causes),
            ("cheapest single mend", "words", lambda s: s.mend.about.against or "" if s.mend else ""),
            ("wins, days", "right", lambda s: f.days(number(s.mend, "won_days")) if s.mend else ""),
            ("for USD", "right", lambda s: f.money(number(s.mend, "extra_cost_usd")) if s.mend else ""),
        ]
    return Table.of("Targets that stay short", _short(brief), columns)


def asked(brief: Brief) -> bool:
    """Whether there are facts about shortages."""
    return bool(brief.of_kind("shortage"))


def rations(brief: Brief) -> Table:
    """A row a withdrawal that goes without some of what it asks for, in words; empty where nobody asked."""
    columns: list[Column[Fact]] = [
        ("withdrawal", "left", lambda x: x.about.withdrawal or ""),
        ("week", "right", lambda x: str(x.about.week or "")),
        ("in words", "words", lambda x: x.says),
    ]
    return Table.of("Who goes without, and why", brief.of_kind("ration"), columns)


def whole(brief: Brief) -> Table:
    """A row a mineral that is under its target in some week, in words; empty where nobody asked."""
    columns: list[Column[Fact]] = [
        ("mineral", "left", lambda x: x.about.mineral or ""),
        ("from week", "right", lambda x: f"{number(x, 'whole_week'):.0f}" if "whole_week" in x.figures else "never"),
        ("in words", "words", lambda x: x.says),
    ]
    return Table.of("When targets are met again", brief.of_kind("whole"), columns).fold()


def rotations(brief: Brief) -> Table:
    """A row a mineral of which some would lapse, in words; empty where nobody asked."""
    columns: list[Column[Fact]] = [
        ("mineral", "left", lambda x: x.about.mineral or ""),
        ("in words", "words", lambda x: x.says),
    ]
    return Table.of("What leaves for its age", brief.of_kind("rotation"), columns)


def causes(brief: Brief) -> Table:
    """A row a cause and a mineral: what taking it away wins back, and what that costs."""
    columns: list[Column[Fact]] = [
        ("mineral", "left", lambda c: c.about.mineral or ""),
        ("cause", "left", lambda c: c.about.against or ""),
        ("wins back, days", "right", lambda c: f.days(number(c, "won_days"))),
        ("of days short", "right", lambda c: f.days(number(c, "short_days"))),
        ("wins back, t", "right", lambda c: f.tonnes(number(c, "won_t"))),
        ("for USD", "right", lambda c: f.grouped(number(c, "extra_cost_usd"))),
        ("all minerals: weighted days fewer", "right", lambda c: f.between(less(ends(c, "cover_days")), f.days)),
    ]
    found = [fact for fact in brief.of_kind("shortage") if fact.about.against]
    return Table.of("Causes of each shortage, taken away one by one or together", found, columns)


def mends(brief: Brief) -> Table:
    """A row a mend, the cheapest day first."""
    columns: list[Column[Fact]] = [
        ("mineral", "left", lambda m: m.about.mineral or ""),
        ("mend", "left", lambda m: m.about.against or ""),
        ("wins, days", "right", lambda m: f.days(number(m, "won_days"))),
        ("for USD", "right", lambda m: f.money(number(m, "extra_cost_usd"))),
        ("USD a day", "right", lambda m: f.money(_per_day(m))),
    ]
    found = [fact for fact in brief.of_kind("mend") if fact.about.mineral and number(fact, "won_days") > 0]
    if any(BUDGET_FIGURE in fact.figures for fact in found):
        head = "more budget, USD"
        columns.append(
            (head, "right", lambda m: f.money(number(m, BUDGET_FIGURE)) if BUDGET_FIGURE in m.figures else "")
        )
    return Table.of("Single mends, the cheapest day first", sorted(found, key=_per_day), columns)


def _per_day(mend: Fact) -> float:
    return number(mend, "extra_cost_usd") / number(mend, "won_days")


def _short(brief: Brief) -> list[_Short]:
    facts = [fact for fact in brief.of_kind("shortage") if fact.about.mineral]
    mended = {(m.about.mineral, m.about.week): m for m in brief.of_kind("mend")}
    rows = []
    for row in told(brief.plan):
        if row["short_days"] > 0:
            mine = [x for x in facts if (x.about.mineral, x.about.week) == (row["mineral"], row["week"])]
            found = sorted((x for x in mine if x.about.against), key=lambda x: -number(x, "won_days"))
            rows.append(_Short(row, tuple(found), mended.get((row["mineral"], row["week"])), bool(mine)))
    return rows


def _causes(short: _Short) -> str:
    if not short.causes:
        return "no limit keeps it short" if short.asked else ""
    named = [f"{c.about.against} ({f.days(number(c, 'won_days'))})" for c in short.causes[:CAUSES]]
    more = len(short.causes) - CAUSES
    return ", ".join(named) + (f", {more} more" if more > 0 else "")
