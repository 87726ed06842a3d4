"""The report, part by part: the page a board reads first, and the details behind it."""

from __future__ import annotations

from orebook.report import (
    buys,
    changes,
    cover,
    exposed,
    leaving,
    ledger,
    lending,
    margins,
    method,
    money,
    share_breakdown,
    stores,
    ticket_firmness,
    why,
)
from orebook.report.board import TOP, board
from orebook.report.report_input import Brief
from orebook.report.section import Section, section
from orebook.report.table import Column, Table
from orebook.schema.facts import Fact, Kind


def details(brief: Brief) -> tuple[Section, ...]:
    """What stands behind the answers."""
    plan = brief.plan
    by_origin = [share_breakdown.chart(plan, "origin"), share_breakdown.chart(plan, "group")]
    return (
        _tickets(brief),
        _cover(brief),
        _money(brief),
        section("stores", "Stores", tables=[stores.table(plan)]),
        section(
            "houses", "Houses", charts=[share_breakdown.chart(plan, "house")], tables=[share_breakdown.houses(plan)]
        ),
        section(
            "origins", "Origins", charts=by_origin, tables=[share_breakdown.origins(plan), share_breakdown.groups(plan)]
        ),
        _exposed(brief),
        _ledger(brief),
        _margins(brief),
        _changes(brief),
        section(
            "method",
            "How it is known, and how to check",
            method.dropped(brief),
            *method.texts(brief),
            points=brief.dropped if all(brief.dropped) else (),
            command=method.check(brief),
            tables=[method.facts(brief)],
        ),
    )


def sections(brief: Brief) -> tuple[Section, ...]:
    """All of it, in the order in which it is read."""
    return (*board(brief), *details(brief))


def _tickets(brief: Brief) -> Section:
    known, minerals = ticket_firmness.of_tickets(brief), buys.by_mineral(brief.plan)
    return section(
        "tickets",
        "Tickets",
        ticket_firmness.MEANS if known else "",
        hint="" if known or not brief.plan.document.tickets else "which tickets are firm and which are interchangeable",
        tables=[
            *([minerals] if len(minerals.rows) > TOP else []),
            buys.tickets_full(brief.plan, known),
            _said(brief, "ticket", "Why these tickets"),
            _said(brief, "offer", "Why not these offers"),
        ],
    )


def _said(brief: Brief, kind: Kind, title: str) -> Table:
    """A row an offer and week that a fact speaks of, in words, folded."""
    columns: list[Column[Fact]] = [
        ("offer", "left", lambda x: x.about.offer or ""),
        ("week", "right", lambda x: str(x.about.week or "")),
        ("in words", "words", lambda x: x.says),
    ]
    return Table.of(title, [x for x in brief.of_kind(kind) if x.says], columns).fold()


def _cover(brief: Brief) -> Section:
    if brief.hides("targets"):
        return section("cover", "Cover", "Targets and days of cover are left out of this copy.")
    plan = brief.plan
    tables = [cover.table("Every target, shortest first", cover.told(plan)), why.causes(brief), why.mends(brief)]
    tables += [why.rations(brief), cover.returns(plan), *leaving.tables(plan), why.rotations(brief), why.whole(brief)]
    return section("cover", "Cover", charts=[cover.chart(plan, cover.CHART_BARS)], tables=tables)


def _money(brief: Brief) -> Section:
    if brief.hides("prices"):
        return section("money", "Money by week", "Amounts of money are left out of this copy.")
    plan = brief.plan
    tables = [money.by_week(plan), lending.sources(plan), lending.receipts(plan), *lending.loans(plan)]
    return section("money", "Money by week", charts=[money.chart(plan)], tables=tables)


def _exposed(brief: Brief) -> Section:
    plan = brief.plan
    tables = [exposed.minerals(plan), exposed.by_week(plan)]
    points = exposed.points(plan)
    title = "Goods under way, and what a bar would strand"
    return section(
        "exposed", title, exposed.MEANS if points else "", points=points, charts=[exposed.chart(plan)], tables=tables
    )


def _ledger(brief: Brief) -> Section:
    hint = "" if brief.of_kind("rule") else "what each rule, share, floor, duty and bar costs"
    charts = [ledger.days_chart(brief), ledger.money_chart(brief)]
    told = (
        ""
        if hint
        else "What the plan would win without a rule is what the rule costs; a range is what the solves prove."
    )
    return section("ledger", "What the rules cost", told, hint=hint, charts=charts, tables=[ledger.table(brief)])


def _margins(brief: Brief) -> Section:
    hint = "" if brief.of_kind("margin") else "what more budget, room and capacity buy"
    tables = [margins.curve_table(brief), margins.table(brief, proven=True), margins.table(brief, proven=False)]
    return section("margins", "What more would buy", hint=hint, charts=[margins.curve(brief)], tables=tables)


def _changes(brief: Brief) -> Section:
    hint = "" if brief.of_kind("difference") or not brief.plan.problem.prior else "which input forces each change"
    why_each = changes.reasons(brief)
    differ = why_each if why_each.rows else changes.table(brief.plan)
    tables = [changes.side_by_side(brief), differ, changes.lines(brief)]
    return section(
        "changes", "Changes", changes.headline(brief), points=changes.causes(brief), hint=hint, tables=tables
    )
