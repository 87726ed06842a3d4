"""From a document to the parts of a problem: defaults filled in, keys sorted, prices carried forward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from orebook import problem as p
from orebook.exact import ZERO, exact
from orebook.resolve_members import entitlements_of, members_of, owed_of, withdrawals_of
from orebook.resolve_stock import bids_of, conversions_of, stock_by_age_of, stock_of, substitutes_of
from orebook.schema.document import Document, digest
from orebook.schema.rules import RuleName
from orebook.schema.tables import FutureChangeRow, FutureRow, MineralRow, OfferRow, TierRow

K = TypeVar("K", bound=Any)
V = TypeVar("V")


def _sorted(items: dict[K, V]) -> Mapping[K, V]:
    return MappingProxyType({k: items[k] for k in sorted(items)})


def _use(document: Document) -> dict[str, float]:
    """Use a day by mineral: minerals.csv's, else the members' added up exactly, else 0."""
    members: dict[str, Any] = defaultdict(int)
    for row in document.rows("use"):
        members[row.mineral] += exact(row.daily_use_t)
    return {
        m.mineral: float(members.get(m.mineral, 0)) if m.daily_use_t is None else m.daily_use_t
        for m in document.minerals
    }


def _mineral(row: MineralRow, use: float) -> p.Mineral:
    return p.Mineral(
        name=row.mineral,
        use_t_per_day=use,
        price_usd_per_t=row.price_usd_per_t,
        critical_days=row.critical_days,
        max_days=row.max_days,
        criticality=row.criticality,
        value_usd_per_day=row.value_usd_per_day,
        storage_class=row.storage_class,
        m3_per_t=row.m3_per_t,
        budget_usd=row.budget_usd,
        min_houses=row.min_houses,
        max_houses=row.max_houses,
        split_min_share=row.split_min_share,
        market_t_per_week=row.market_t_per_week,
        shelf_weeks=row.shelf_weeks,
    )


def _tiers(rows: list[TierRow]) -> tuple[p.Tier, ...]:
    if not rows:
        return (p.Tier(0.0, None, 0.0),)
    rows = sorted(rows, key=lambda r: r.from_t)
    ends = [*(r.from_t for r in rows[1:]), None]
    return tuple(
        p.Tier(r.from_t, end if r.to_t is None else r.to_t, r.discount_pct) for r, end in zip(rows, ends, strict=True)
    )


def _offer(row: OfferRow, tiers: list[TierRow], weeks: int) -> p.Offer:
    values = row.model_dump(exclude={"offer", "to_week"})
    return p.Offer(
        name=row.offer, to_week=weeks if row.to_week is None else min(row.to_week, weeks), tiers=_tiers(tiers), **values
    )


def _benchmark(document: Document) -> dict[tuple[str, int], float]:
    """minerals.csv's price until the first week listed in prices.csv, then the last one listed."""
    listed = {(r.mineral, r.week): r.price_usd_per_t for r in document.rows("prices")}
    benchmark = {}
    for m in document.minerals:
        price = m.price_usd_per_t
        for week in range(1, document.instance.weeks + 1):
            price = listed.get((m.mineral, week), price)
            benchmark[m.mineral, week] = price
    return benchmark


def _targets(document: Document, use: dict[str, float]) -> tuple[p.Target, ...]:
    head = document.instance
    listed = {r.mineral for r in document.rows("targets")}
    own = [p.Target(r.mineral, r.week, r.days, r.must_days) for r in document.rows("targets") if use[r.mineral] > 0]
    rest = [
        p.Target(m.mineral, head.weeks, head.target_days if m.target_days is None else m.target_days, m.must_days)
        for m in document.minerals
        if m.mineral not in listed and use[m.mineral] > 0
    ]
    return tuple(sorted(own + rest, key=lambda t: (t.mineral, t.week)))


def _sites(document: Document) -> dict[str, p.Site]:
    if document.sites is None:
        return {"store": p.Site("store", None, None, 0.0, 0.0, None, None)}
    sites = {}
    for r in document.sites:
        accepts = None if r.accepts is None else frozenset(c.strip() for c in r.accepts.split(";") if c.strip())
        sites[r.site] = p.Site(
            r.site,
            r.capacity_m3,
            r.inbound_t_per_week,
            r.handling_usd_per_t,
            r.rent_usd_per_m3_week,
            r.max_value_usd,
            accepts,
        )
    return sites


def _sources(document: Document) -> dict[str, p.Source]:
    if document.funding is None:
        return {"cash": p.Source("cash", None, 0.0, 1, None, 0.0)}
    return {
        r.source: p.Source(
            r.source,
            r.limit_usd,
            r.rate_pct,
            r.from_week,
            r.max_share,
            r.drawn_usd,
            r.to_week,
            r.undrawn_pct,
            r.draw_fee_pct,
        )
        for r in document.funding
    }


def _inbound(document: Document, owed: tuple[p.Owed, ...]) -> tuple[p.Inbound, ...]:
    """Orders under way, and loans from before the plan, of which nothing is due; those of weeks after the plan left out."""
    rows = [p.Inbound(r.mineral, r.site, r.week, r.tonnes, r.due_usd) for r in document.rows("inbound")]
    rows.sort(key=lambda r: (r.mineral, r.site, r.week))
    rows += [p.Inbound(r.mineral, r.site, r.week, r.tonnes, 0.0) for r in owed]
    return tuple(r for r in rows if r.week <= document.instance.weeks)


def problem_of(
    document: Document, changes: tuple[str, ...] = (), rules_off: frozenset[RuleName] = frozenset()
) -> p.Problem:
    """The problem of a document in which `orebook.checks.faults` found nothing wrong; the changes are made already."""
    return p.Problem(
        **_resolve(document),
        document=document,
        digest=digest(document),
        changes=changes,
        futures=tuple(future for future in futures_of(document) if future.probability > 0),
        rules_off=rules_off,
    )


def futures_of(document: Document) -> tuple[p.Future, ...]:
    """Every future by name, blanks filled in, those of probability 0 too."""
    changes: dict[str, list[FutureChangeRow]] = defaultdict(list)
    for row in document.rows("future_changes"):
        changes[row.future].append(row)
    rows: list[FutureRow] = sorted(document.rows("futures"), key=lambda row: row.future)
    left = 1 - sum((exact(row.probability) for row in rows if row.probability is not None), ZERO)
    part = float(max(ZERO, left) / max(1, sum(row.probability is None for row in rows)))
    return tuple(
        p.Future(
            name=row.future,
            probability=part if row.probability is None else row.probability,
            known_week=row.known_week or (2 if row.future in changes else document.instance.weeks + 1),
            in_transit=row.in_transit,
            note=row.note,
            changes=tuple(c.change for c in sorted(changes.get(row.future, ()), key=lambda c: c.n)),
        )
        for row in rows
    )


def _resolve(document: Document) -> dict[str, Any]:
    head = document.instance
    use = _use(document)
    tiers: dict[str, list[TierRow]] = defaultdict(list)
    for tier in document.rows("tiers"):
        tiers[tier.offer].append(tier)
    offers = {r.offer: _offer(r, tiers[r.offer], head.weeks) for r in document.offers}
    origins = {
        r.origin: p.Origin(r.origin, r.group, r.barred, r.barred_from_week, r.extra_lead_weeks)
        for r in document.rows("origins")
    }
    benchmark, entitlements = _benchmark(document), entitlements_of(document)
    sites = _sites(document)
    owed = owed_of(document, sites)
    return {
        "name": head.name,
        "title": head.title,
        "start": head.start,
        "weeks": head.weeks,
        "budget_usd": head.budget_usd,
        "max_restricted_content_pct": head.max_restricted_content_pct,
        "min_esg_score": head.min_esg_score,
        "frozen_weeks": head.frozen_weeks,
        "max_market_share": head.max_market_share,
        "max_houses": head.max_houses,
        "minerals": _sorted({m.mineral: _mineral(m, use[m.mineral]) for m in document.minerals}),
        "houses": _sorted({r.house: p.House(r.house, **r.model_dump(exclude={"house"})) for r in document.houses}),
        "offers": _sorted(offers),
        "origins": _sorted(origins),
        "duties": _sorted({(r.origin, r.mineral): r.duty_pct for r in document.rows("duties")}),
        "floors": tuple(
            p.Floor(r.mineral, r.origin, r.floor_usd_per_t, r.mechanism, r.payer, r.upside_pct)
            for r in sorted(document.rows("floors"), key=lambda r: (r.mineral, r.origin or ""))
        ),
        "shares": tuple(
            p.Share(r.mineral, r.by, r.name, r.min_share, r.max_share)
            for r in sorted(document.rows("shares"), key=lambda r: r.key())
        ),
        "sites": _sorted(sites),
        "stock": _sorted(stock_of(document)),
        "stock_by_age": _sorted(stock_by_age_of(document)),
        "inbound": _inbound(document, owed),
        "released": None if document.releases is None else _sorted({r.week: r.usd for r in document.releases}),
        "sources": _sorted(_sources(document)),
        "targets": _targets(document, use),
        "withdrawals": _sorted(withdrawals_of(document, benchmark, entitlements or {})),
        "members": _sorted(members_of(document)),
        "entitlements": None if entitlements is None else _sorted(entitlements),
        "owed": owed,
        "bids": _sorted(bids_of(document)),
        "conversions": _sorted(conversions_of(document)),
        "substitutes": _sorted(substitutes_of(document)),
        "prior": _sorted({(r.offer, r.week): r.tonnes for r in document.rows("prior") if r.tonnes > 0}),
        "benchmark": _sorted(benchmark),
    }
