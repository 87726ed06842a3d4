"""Outcomes as a table of text and as rows of figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orebook.report import formats as f
from orebook.report.table import Column, Table
from orebook.scenarios.outcome import Outcome
from orebook.schema.model import StageName


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


def tornado_table(base: Outcome, outcomes: Sequence[Outcome]) -> Table:
    """A row a price, the one that moves cover most first, then cost; `outcomes` come in pairs, lower and higher.

    Money that is all spent either way shows a price in days short, not in cost.
    """
    pairs = sorted(
        zip(outcomes[::2], outcomes[1::2], strict=True), key=lambda p: (-_swing(p, "cover"), -_swing(p, "cost"))
    )
    columns: list[Column[tuple[Outcome, Outcome]]] = [("price of", "left", lambda p: p[0].name.rpartition(" ")[0])]
    for place, sign in enumerate("-+"):
        step = outcomes[place].name.rpartition(" ")[2] if outcomes else sign
        columns += [
            (f"days short at {step}", "right", lambda p, k=place: _apart_of(p[k], base, "cover", f.days)),  # type: ignore[misc]
            (f"cost at {step}", "right", lambda p, k=place: _apart_of(p[k], base, "cost", f.money)),  # type: ignore[misc]
        ]
    columns.append(("orders changed", "right", lambda p: " / ".join(_or_none(o.changed, str) for o in p)))
    return Table.of("What each price moves, against the base plan", pairs, columns)


def _swing(pair: tuple[Outcome, Outcome], stage: StageName) -> float:
    low, high = (o.measures.get(stage) for o in pair)
    return 0.0 if low is None or high is None else abs(high - low)


def _apart_of(outcome: Outcome, base: Outcome, stage: StageName, write: Any) -> str:
    if not outcome.has_plan:
        return outcome.status
    return _apart(outcome.measures.get(stage), base.measures.get(stage), write)


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
