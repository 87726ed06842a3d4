"""Outcomes as rows of figures, for a DataFrame or a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orebook.scenarios.outcome import Outcome


def outcome_rows(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """A row a scenario, with units in the names."""
    return [
        {
            "scenario": o.name,
            "note": o.note,
            "changes": "; ".join(o.changes),
            "known": o.known or 1,
            "in_transit": o.in_transit if o.known else None,
            "status": o.status,
            "why": o.why,
            "total_usd": o.total_usd,
            "cash_usd": o.cash_usd,
            "as_ordered_usd": o.as_ordered.total_usd if o.as_ordered else None,
            "short_weighted_days": o.measures.get("cover"),
            "unmet_weighted_days": o.measures.get("unmet"),
            "targets_missed": len(o.short) if o.has_plan else None,
            "tickets": len(o.tickets) if o.has_plan else None,
            "tickets_lost": o.lost,
            "tickets_late": o.late,
            "orders_changed": o.changed,
            "orders_forced": o.forced,
            **{f"gap_{s.stage}": s.gap for s in o.stages},
            "seconds": o.seconds,
        }
        for o in outcomes
    ]
