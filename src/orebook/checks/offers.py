"""Offers that nobody can use, or not as much of as was promised."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.checks.context import CheckContext
from orebook.findings import Finding
from orebook.reading.quoting import figure
from orebook.schema.tables import OfferRow


def offer_never_open(case: CheckContext) -> Iterator[Finding]:
    """An offer that no rule lets through in any week; names the rule."""
    sheet = case.sheet(OfferRow)
    for entry, row in sheet.rows():
        _, shut = case.open[row.offer]
        if shut is not None:
            says = f'"{row.offer}" can never be ordered: {shut.why} (rule {shut.rule})'
            yield sheet.warning("offer_never_open", entry, "offer", says)


def commitment_out_of_reach(case: CheckContext) -> Iterator[Finding]:
    """Tonnes committed that are more than the offer's own maxima, or its open weeks, let be ordered."""
    sheet = case.sheet(OfferRow)
    for entry, row in sheet.rows():
        if row.commit_t == 0:
            continue
        weeks, _ = case.open[row.offer]
        reach = [(row.max_t, "max_t")]
        if row.max_week_t is not None:
            reach.append((row.max_week_t * len(weeks), f"what {len(weeks)} open weeks of max_week_t give"))
        for most, name in reach:
            if most is not None and row.commit_t > most:
                says = f"{figure(row.commit_t)} is over {name} ({figure(most)} t): no plan can keep it"
                yield sheet.warning("commitment_out_of_reach", entry, "commit_t", says)
                break
