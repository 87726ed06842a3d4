"""Whole small problems, drawn: every table is used in some of them, and every one reads without a fault.

`problems()` is for properties. `problems(lots_only=True)` is for an oracle that tries everything: every offer is in
lots of whole tonnes, few enough that at most `MOST_COMBINATIONS` sets of orders can be placed, and once the orders are
set some best plan moves whole tonnes: a mineral has at most one withdrawal, m3_per_t is 0 or 1, only the mineral
`tin` ever has a choice of store, and limits that two minerals would have to share are left out where that could split
a tonne. With `leaving` there is one store, and what is sold and converted is in lots. There are at most two sources of
money, so the dearer one is best drawn on as late and little as may be.
"""

from __future__ import annotations

from hypothesis import strategies as st

from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document
from tests import drawn_rows as rows


def problems(*, lots_only: bool = False, members: bool = False, leaving: bool = False) -> st.SearchStrategy[Problem]:
    """Valid problems of 1 or 2 minerals and houses, 1 to 4 offers and 1 to 3 weeks; `members`: also with their tables,
    `leaving`: also with stock that ages, bids, conversions and substitutes.
    """
    return documents(lots_only=lots_only, members=members, leaving=leaving).map(problem_of)


@st.composite
def documents(draw: st.DrawFn, *, lots_only: bool = False, members: bool = False, leaving: bool = False) -> Document:
    """The documents of `problems`; a table without rows is missing."""
    weeks = draw(rows.one_of(2, 3, 2, 3, 1))
    minerals = ["tin", "cobalt"][: draw(st.integers(1, 2))]
    houses = ["hartree", "traxys"][: draw(st.integers(1, 2))]
    use = rows.use_rows(draw, minerals)
    offers = rows.offer_rows(draw, minerals, houses, weeks, lots_only)
    origins = rows.origin_rows(draw)
    places = sorted({*rows.ORIGINS, *(o["group"] for o in origins if o["group"])})
    sites = rows.site_rows(draw, minerals, lots_only)
    sites = sites[:1] if leaving and lots_only else sites
    stores = [(m, s["site"]) for m in minerals for s in sites if not lots_only or m == "tin" or s["site"] == "store"]
    tables = {
        "minerals": rows.mineral_rows(draw, minerals, use, houses, lots_only),
        "houses": rows.house_rows(draw, houses),
        "offers": offers,
        "use": use,
        "tiers": [tier for offer in offers for tier in rows.tier_rows(draw, offer)],
        "prices": rows.price_rows(draw, minerals, weeks),
        "origins": origins,
        "duties": rows.duty_rows(draw, minerals, places),
        "floors": rows.floor_rows(draw, minerals, places),
        "shares": rows.share_rows(draw, minerals, houses, places),
        "sites": sites if len(sites) > 1 or draw(st.booleans()) else [],
        "stock": rows.stock_rows(draw, stores, lots_only),
        "inbound": rows.inbound_rows(draw, stores, weeks, lots_only),
        "releases": rows.release_rows(draw, weeks) if draw(st.booleans()) else [],
        "funding": rows.funding_rows(draw, weeks) if draw(st.booleans()) else [],
        "targets": rows.target_rows(draw, minerals, weeks),
        "withdrawals": rows.withdrawal_rows(draw, minerals, weeks, lots_only),
        "prior": rows.prior_rows(draw, offers, lots_only),
        "volatility": rows.volatility_rows(draw, minerals),
        "correlations": rows.correlation_rows(draw, minerals),
    }
    moving = tables["volatility"]
    tables["futures"] = rows.future_rows(moving, weeks)
    tables["future_changes"] = rows.future_change_rows(moving)
    tables["hazards"] = rows.hazard_rows(moving, houses)
    if members:
        tables |= rows.member_tables(draw, tables["withdrawals"], minerals, stores, weeks, lots_only)
    if leaving:
        tables |= rows.leaving_tables(draw, minerals, houses, weeks, lots_only)
        tables |= rows.aged(draw, tables["minerals"], tables["stock"])
    listed = {name: table for name, table in tables.items() if table}
    return Document.model_validate({"instance": rows.head(draw, weeks), **listed})
