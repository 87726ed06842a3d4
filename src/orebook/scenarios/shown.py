"""Outcomes as a table of text and as rows of figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orebook.report import formats as f
from orebook.report.table import Column, Table
from orebook.scenarios.outcome import Outcome


def table(base: Outcome, outcomes: Sequence[Outcome]) -> Table:
    """A row a scenario, the base first; differences are from the base, dearer and worse with a plus."""
    columns: list[Column[Outcome]] = [
        ("scenario", "words", lambda o: o.name),
        ("status", "left", lambda o: o.status),
        ("cost, USD", "right", lambda o: _or_none(o.total_usd, f.money)),
        ("more", "right", lambda o: _apart(o.total_usd, base.total_usd, f.money)),
        ("days short", "right", lambda o: _or_none(o.measures.get("cover"), f.days)),
        ("more", "right", lambda o: _apart(o.measures.get("cover"), base.measures.get("cover"), f.days)),
        ("orders changed (forced)", "right", lambda o: _or_none(o.changed, lambda n: f"{n} ({o.forced})")),
        ("s", "right", lambda o: f.grouped(o.seconds, 1)),
    ]
    return Table.of("Scenarios", [base, *outcomes], columns)


def rows(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """A row a scenario with units in the names, for a DataFrame or a CSV file."""
    return [
        {
            "scenario": o.name,
            "note": o.note,
            "changes": "; ".join(o.changes),
            "status": o.status,
            "why": o.why,
            "total_usd": o.total_usd,
            "cash_usd": o.cash_usd,
            "short_weighted_days": o.measures.get("cover"),
            "unmet_weighted_days": o.measures.get("unmet"),
            "targets_missed": len(o.short) if o.has_plan else None,
            "tickets": len(o.tickets) if o.has_plan else None,
            "orders_changed": o.changed,
            "orders_forced": o.forced,
            **{f"gap_{s.stage}": s.gap for s in o.stages},
            "seconds": o.seconds,
        }
        for o in outcomes
    ]


def _or_none(value: float | None, write: Any) -> str:
    return "" if value is None else write(value)


def _apart(value: float | None, base: float | None, write: Any) -> str:
    if value is None or base is None:
        return ""
    apart = value - base
    text = str(write(abs(apart)))
    return text if text.strip("0., ") == "" or text == "0" else ("+" if apart > 0 else "-") + text
