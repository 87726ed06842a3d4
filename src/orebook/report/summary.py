"""The summary on a terminal: what a planner reads in a minute, in 80 columns, colours or none."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from orebook import formats as f
from orebook.plan import Plan
from orebook.report import buys, cover, leaving, money, news, proof, stores
from orebook.report.table import Table

TICKETS = 12
TARGETS = 15
MAX_WEEKS = 14
GIVEN_UP = 6


def summary(plan: Plan, *, warnings: int = 0) -> RenderableType:
    """The plan in a minute; `warnings` is how many findings of the instance only warn."""
    tables = [
        buys.tickets_brief(plan, TICKETS),
        cover.brief(plan, TARGETS),
        cover.unserved(plan),
        cover.returns(plan),
        *leaving.tables(plan),
        money.by_week(plan, MAX_WEEKS),
        stores.table(plan),
        proof.stages(plan),
        proof.given_up(plan).first(GIVEN_UP, "in plan.json"),
    ]
    lines = [proof.status(plan), proof.audit(plan)]
    if plan.document.given_up:
        lines.append(f"Given up: {proof.kept(plan)}")
    if warnings:
        lines.append(f"{f.count(warnings, 'warning')} on the instance; see them with `orebook check`.")
    heads = filter(None, [news.says(plan), buys.headline(plan), cover.headline(plan), money.headline(plan)])
    return Group(
        Text(plan.problem.title or plan.problem.name, style="bold"),
        *(Text(line) for line in heads),
        Text(),
        *(drawn(table) for table in tables if table.rows),
        *(Text(line, style="bold" if n == 0 else "") for n, line in enumerate(lines)),
    )


def drawn(table: Table) -> RenderableType:
    """A table for a terminal, its title and note with it."""
    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for n, (head, align) in enumerate(zip(table.heads, table.aligns, strict=True)):
        # Heads may break between words; numbers never break.
        widest = max(len(row[n]) for row in table.rows) if align == "right" else None
        grid.add_column(Text(head), justify="right" if align == "right" else "left", min_width=widest, overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    note = [Text(table.note, style="italic")] if table.note else []
    return Group(Text(table.title, style="bold"), grid, *note, Text())
