"""report.html and report.md, from the same sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orebook import formats as f
from orebook.plan import Plan
from orebook.report import method, news
from orebook.report.board import board
from orebook.report.rendering import render
from orebook.report.report_input import Brief
from orebook.report.sections import details
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden

MAX_TABLE_ROWS = 40
"""Rows of a table in markdown; the page has all."""


def html(plan: Plan, facts: Iterable[Fact] = (), hide: Iterable[Hidden] = (), dropped: Sequence[str] = ()) -> str:
    """One page that needs no network, no script and no other file; `dropped` are answers that failed their check."""
    return _render("report.html.j2", Brief.of(plan, facts, hide, dropped))


def markdown(plan: Plan, facts: Iterable[Fact] = (), hide: Iterable[Hidden] = (), dropped: Sequence[str] = ()) -> str:
    """The same in short as text, with charts made of signs."""
    return _render("report.md.j2", Brief.of(plan, facts, hide, dropped))


def _render(template: str, brief: Brief) -> str:
    return render(
        template,
        problem=brief.plan.problem,
        model=brief.plan.model,
        changes=brief.plan.document.instance.changes,
        known=news.says(brief.plan),
        hidden=sorted(brief.hidden),
        dropped=method.dropped(brief),
        tiles=_tiles(brief),
        parts=(("board", "In short", board(brief)), ("details", "In detail", details(brief))),
        rows=MAX_TABLE_ROWS,
    )


def _tiles(brief: Brief) -> list[tuple[str, str]]:
    """The figures at the head of the report, without what is hidden."""
    plan, tiles = brief.plan, []
    if not brief.hides("prices"):
        tiles += [("cash", f.usd(plan.costs.cash_usd)), ("cost with carrying", f.usd(plan.costs.total_usd))]
    tiles.append(("tickets", f.grouped(len(plan.document.tickets))))
    if not brief.hides("targets"):
        targets = len(plan.document.cover)
        tiles.append(("targets met", f"{targets - len(plan.missed):,} of {targets:,}"))
    return [*tiles, ("proof", f"{plan.status}{', audited' if plan.audit is True else ''}")]
