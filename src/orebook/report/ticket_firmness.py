"""How sure the tickets are, from facts: which of them stand in every plan that is nearly as good."""

from __future__ import annotations

from collections.abc import Mapping

from orebook import formats as f
from orebook.report.report_input import Brief

CLASSES = ("firm", "likely", "interchangeable")
INPUTS = ("prices", "assumed")
MEANS = (
    "Firm: the ticket stands in every plan found that is nearly as good; likely: in most of them; "
    "interchangeable: other tickets do as well."
)


def of_tickets(brief: Brief) -> Mapping[tuple[str, int], str]:
    """(offer, week) -> how sure the ticket is, where it is known."""
    return {
        (x.about.offer, x.about.week): x.about.against
        for x in brief.of_kind("confidence")
        if x.about.offer and x.about.week and x.about.against in CLASSES
    }


def headline(brief: Brief) -> str:
    """How many tickets are firm, likely and interchangeable; empty where nothing is known."""
    known = list(of_tickets(brief).values())
    if not known:
        return ""
    counts = ", ".join(f"{known.count(name):,} {name}" for name in CLASSES)
    return f"Of {f.count(len(brief.plan.document.tickets), 'ticket')}: {counts}."


def others(brief: Brief) -> tuple[str, ...]:
    """What is said of the inputs: when prices are from, and which are assumed."""
    return brief.said(x for x in brief.of_kind("confidence") if x.about.against in INPUTS)
