"""The page that a board reads first: what we buy, what it costs, where we stay short and why, what to board_decisions."""

from __future__ import annotations

from orebook.report import board_decisions, buys, cover, gains_section, money, proof, ticket_firmness, why
from orebook.report.report_input import Brief
from orebook.report.section import Section, section

TOP = 10
"""Rows and bars shown here, where the whole stands among the details."""


def board(brief: Brief) -> tuple[Section, ...]:
    """The answers, in the order in which a board asks."""
    return (_buy(brief), _cost(brief), _short(brief), _won(brief), _decide(brief), _proof(brief))


def _buy(brief: Brief) -> Section:
    bought = buys.by_mineral(brief.plan).first(TOP, "minerals under Tickets")
    return section("buy", "What we buy", buys.headline(brief.plan), tables=[bought])


def _cost(brief: Brief) -> Section:
    if brief.hides("prices"):
        return section("cost", "What it costs", "Prices and amounts of money are left out of this copy.")
    return section("cost", "What it costs", money.headline(brief.plan), tables=[money.costs(brief.plan)])


def _short(brief: Brief) -> Section:
    title = "Where we stay short, and why"
    if brief.hides("targets"):
        return section("short", title, "Targets, days of cover and shortages are left out of this copy.")
    plan = brief.plan
    return section(
        "short",
        title,
        cover.headline(plan),
        hint="why each mineral is short, and the cheapest mend" if plan.missed and not why.asked(brief) else "",
        charts=[cover.chart(plan, TOP)],
        tables=[why.shortages(brief).first(TOP, "under Cover"), cover.unserved(plan)],
    )


def _won(brief: Brief) -> Section:
    facts = brief.of_kind("baseline")
    hint = (
        ""
        if facts
        else "how the plan compares with the prior one, a rule of thumb, buying nothing and having no policy"
    )
    points = brief.said(facts)
    return section("won", "What the optimizer won", points=points, hint=hint, tables=[gains_section.baselines(brief)])


def _decide(brief: Brief) -> Section:
    hint = "" if brief.facts else "the mends, the rules that cost most and what more money buys"
    points, mends = board_decisions.points(brief), why.mends(brief).first(TOP, "under Cover")
    none = "" if points or mends.rows or hint else "Nothing waits for a decision."
    return section("decide", "What to decide", none, points=points, hint=hint, tables=[mends])


def _proof(brief: Brief) -> Section:
    plan = brief.plan
    return section(
        "proof",
        "How sure it is",
        proof.status(plan),
        proof.audit(plan),
        ticket_firmness.headline(brief),
        proof.kept(plan),
        points=ticket_firmness.others(brief),
        tables=[proof.stages(plan), proof.given_up(plan)],
    )
