"""report.html and report.md, from the same sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from orebook import formats as f
from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report import hedge, method, news
from orebook.report.board import board
from orebook.report.rendering import render
from orebook.report.report_input import Brief
from orebook.report.section import Section
from orebook.report.sections import details
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden

MAX_TABLE_ROWS = 40
"""Rows of a table in markdown; the page has all."""


def html(
    plan: Plan | HedgedPlan, facts: Iterable[Fact] = (), hide: Iterable[Hidden] = (), dropped: Sequence[str] = ()
) -> str:
    """One page that needs no network, no script and no other file; `dropped` are answers that failed their check.

    Of a hedged plan what to order now comes first, then the plan of its main future.
    """
    return _render("report.html.j2", Brief.of(plan, facts, hide, dropped))


def markdown(
    plan: Plan | HedgedPlan, facts: Iterable[Fact] = (), hide: Iterable[Hidden] = (), dropped: Sequence[str] = ()
) -> str:
    """The same in short as text, with charts made of signs."""
    return _render("report.md.j2", Brief.of(plan, facts, hide, dropped))


def _render(template: str, brief: Brief) -> str:
    return render(
        template,
        problem=brief.plan.problem,
        model=brief.plan.model,
        future=brief.plan.document.future if brief.hedged else None,
        changes=(brief.hedged or brief.plan).document.instance.changes,
        known="" if brief.hedged else news.says(brief.plan),
        hidden=sorted(brief.hidden),
        dropped=method.dropped(brief),
        tiles=hedge.tiles(brief, brief.hedged) if brief.hedged else _tiles(brief),
        parts=tuple(_parts(brief)),
        rows=MAX_TABLE_ROWS,
    )


def _parts(brief: Brief) -> Iterator[tuple[str, str, tuple[Section, ...]]]:
    """Id, title and sections of each part."""
    of, short, long = "", board(brief), details(brief)
    if brief.hedged:
        yield "hedge", hedge.TITLE, hedge.sections(brief, brief.hedged)
        of = f", should {brief.plan.document.future} come"
        short, long = _unasked(short), _unasked(long)
    yield "board", f"In short{of}", short
    yield "details", f"In detail{of}", long


def _unasked(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Without hints: what could be asked of a plan is not asked of the main plan of a hedged one."""
    return tuple(replace(section, hint="") for section in sections)


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
