"""tickets.csv, cover.csv and cash.csv: units in the heads, plain numbers, the Monday of each week where it is known."""

from __future__ import annotations

import csv
import io
from typing import Any

from orebook import formats as f
from orebook.plan import Plan
from orebook.plan_tables import Rows, cash_rows
from orebook.report.buys import in_order
from orebook.report.cover import listed


def tickets_csv(plan: Plan) -> str:
    """A row a ticket by week, house and mineral, columns as in plan.json."""
    rows = [{"tier_from_t" if k == "tier" else k: v for k, v in t.model_dump().items()} for t in in_order(plan)]
    return _csv(_dated(plan, rows, "week", "arrives"))


def cover_csv(plan: Plan) -> str:
    """A row a target, shortest first: cover without buying and with the plan, in days."""
    return _csv(_dated(plan, listed(plan), "week"))


def cash_csv(plan: Plan) -> str:
    """A row a week: what is paid, for what, what is released up to it, and what is drawn from each source."""
    return _csv(_dated(plan, cash_rows(plan.problem, plan.judgement), "week"))


def _dated(plan: Plan, rows: Rows, *weeks: str) -> Rows:
    """A column of Mondays after each column of weeks, where the instance has a start."""
    if plan.problem.start is None:
        return rows
    dated = []
    for row in rows:
        cells: dict[str, Any] = {}
        for key, value in row.items():
            cells[key] = value
            if key in weeks:
                cells[f"{key}_from"] = None if value is None else plan.problem.monday(value)
        dated.append(cells)
    return dated


def _csv(rows: Rows) -> str:
    out = io.StringIO()
    if rows:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_text(head) for head in rows[0])
        writer.writerows([_cell(head, value) for head, value in row.items()] for row in rows)
    text = out.getvalue()
    # Excel takes a file for ANSI unless it opens with a byte order mark.
    return text if text.isascii() else f"\ufeff{text}"


def _cell(head: str, value: object) -> str:
    if isinstance(value, float):
        return f.plain(value, 2 if head.endswith("_usd") else 6)
    return "" if value is None else _text(str(value))


def _text(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
