"""What is in store and what may become of it: stock by age, bids, conversions and substitutes."""

from __future__ import annotations

from collections import defaultdict

from orebook import problem as p
from orebook.exact import ZERO, Fraction, exact
from orebook.schema.document import Document


def stock_by_age_of(document: Document) -> dict[tuple[str, str, int], float]:
    """(mineral, site, age in weeks) -> tonnes, zeros left out."""
    return {(r.mineral, r.site, r.age_weeks): r.tonnes for r in document.rows("stock") if r.tonnes > 0}


def stock_of(document: Document) -> dict[tuple[str, str], float]:
    """(mineral, site) -> tonnes of every age, zeros left out."""
    held: dict[tuple[str, str], Fraction] = defaultdict(lambda: ZERO)
    for (mineral, site, _), tonnes in stock_by_age_of(document).items():
        held[mineral, site] += exact(tonnes)
    return {place: float(tonnes) for place, tonnes in held.items()}


def bids_of(document: Document) -> dict[str, p.Bid]:
    """Every bid by name, open to the last week of the plan where it says no other."""
    weeks = document.instance.weeks
    return {
        r.bid: p.Bid(
            name=r.bid,
            to_week=weeks if r.to_week is None else min(r.to_week, weeks),
            **r.model_dump(exclude={"bid", "to_week"}),
        )
        for r in document.rows("bids")
    }


def conversions_of(document: Document) -> dict[str, p.Conversion]:
    """Every conversion by name."""
    rows = (row.model_dump() for row in document.rows("conversions"))
    return {
        r["conversion"]: p.Conversion(
            name=r["conversion"],
            source=r["from"],
            into=r["to"],
            yield_t=r["yield"],
            fee_usd_per_t=r["fee_usd_per_t"],
            capacity_t_per_week=r["capacity_t_per_week"],
            lead_weeks=r["lead_weeks"],
            lot_t=r["lot_t"],
        )
        for r in rows
    }


def substitutes_of(document: Document) -> dict[tuple[str, str], p.Substitute]:
    """(mineral, what stands for it) -> how."""
    return {row.key(): p.Substitute(**row.model_dump()) for row in document.rows("substitutes")}
