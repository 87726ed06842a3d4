"""A fact with its proof as the page shows it: figures by name, how they are known, the command that gives them again."""

from __future__ import annotations

from dataclasses import dataclass

from orebook import formats as f
from orebook.plan import Plan
from orebook.report.method import KNOWN, command
from orebook.report.report_input import Brief
from orebook.schema.facts import Fact, Interval

FIGURE_UNITS = {"usd": "USD", "days": "days", "t": "t", "share": "share", "usd_per_t": "USD/t", "pct": "%", "m3": "m3"}


@dataclass(frozen=True)
class FactView:
    """A sentence, and what it stands on."""

    says: str
    figures: tuple[tuple[str, str], ...]
    known: str
    held: str
    command: str


def fact_views(plan: Plan, facts: tuple[Fact, ...]) -> list[FactView]:
    """Facts for the page, those without a sentence left out."""
    brief = Brief.of(plan, facts)
    return [
        FactView(
            fact.says,
            tuple(_figure(name, value) for name, value in fact.figures.items()),
            KNOWN[fact.method],
            f"{len(fact.held)} of {len(plan.problem.minerals)} minerals were held as they are" if fact.held else "",
            command(brief, fact),
        )
        for fact in brief.facts
        if fact.says
    ]


def _figure(name: str, value: float | Interval) -> tuple[str, str]:
    """A figure's name in words without its unit, and its amount with it; of what of several stands after a point."""
    name, _, of = name.partition(".")
    end = next((end for end in sorted(FIGURE_UNITS, key=len, reverse=True) if name.endswith(f"_{end}")), "")
    unit = FIGURE_UNITS.get(end, "")
    ends = value if isinstance(value, tuple) else (value, value)
    text = f.between(ends, lambda x: f.percent(x) if unit == "share" else f.amount(x, unit))
    shown_unit = "" if unit == "share" else unit
    words = name.removesuffix(f"_{end}").replace("_", " ")
    return f"{words}, {of}" if of else words, f"{text} {shown_unit}".strip()
