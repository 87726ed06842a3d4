"""Who may draw and what: members, entitlements, withdrawals by kind, and loans from before the plan."""

from __future__ import annotations

from collections.abc import Mapping

from orebook import problem as p
from orebook.exact import ZERO, Fraction, exact
from orebook.schema.document import Document


def members_of(document: Document) -> dict[str, p.Member]:
    """Those listed, and those that any other table names: without a list each of them carries an equal part."""
    listed = {row.member: row for row in document.rows("members")}
    named = {
        row.member: None
        for table in ("members", "use", "entitlements", "withdrawals", "owed")
        for row in document.rows(table)
        if row.member is not None
    }
    blank = [row for row in listed.values() if row.carry_share is None]
    left = max(ZERO, 1 - sum((exact(r.carry_share) for r in listed.values() if r.carry_share is not None), ZERO))
    equal = Fraction(1, len(named)) if not listed and named else left / max(1, len(blank))
    found = {}
    for name in named:
        row = listed.get(name)
        if row is None:
            found[name] = p.Member(name, p.USUAL_PRIORITY, 0.0, ZERO if listed else equal)
        else:
            share = equal if row.carry_share is None else exact(row.carry_share)
            found[name] = p.Member(name, row.priority, row.fee_usd_per_year, share)
    return found


def entitlements_of(document: Document) -> dict[tuple[str, str], p.Entitlement] | None:
    """(member, mineral) -> what it may draw; None where no table of them has a row."""
    rows = document.rows("entitlements")
    return {row.key(): p.Entitlement(**row.model_dump()) for row in rows} if rows else None


def withdrawals_of(
    document: Document,
    benchmark: Mapping[tuple[str, int], float],
    entitlements: Mapping[tuple[str, str], p.Entitlement],
) -> dict[str, p.Withdrawal]:
    """Every withdrawal by name, use that is drawn among them; a sale without a price is at the entitlement's, else at the
    benchmark of its week."""
    found = {}
    for row in document.rows("withdrawals"):
        pays = row.pays_usd_per_t
        if pays is None and row.kind == "sale":
            entitled = entitlements.get((row.member, row.mineral))
            pays = entitled.inventory_usd_per_t if entitled else None
            pays = benchmark[row.mineral, row.week] if pays is None else pays
        found[row.withdrawal] = p.Withdrawal(
            name=row.withdrawal,
            member=row.member,
            mineral=row.mineral,
            week=row.week,
            tonnes=row.tonnes,
            pays_usd_per_t=pays or 0.0,
            kind=row.kind,
            repay_week=row.repay_week,
            premium_pct=row.premium_pct,
        )
    return {**used_every_week(document), **found}


def used_every_week(document: Document) -> dict[str, p.Withdrawal]:
    """Where use is drawn: seven days of each member's use in every week, or of a mineral's whose members are not listed."""
    head, found = document.instance, dict[str, p.Withdrawal]()
    drawn = {m.mineral for m in document.minerals if (head.use_draws if m.use_draws is None else m.use_draws)}
    own = {m.mineral: m.daily_use_t for m in document.minerals if m.daily_use_t is not None}
    users = [(None, mineral, use) for mineral, use in own.items()]
    users += [(row.member, row.mineral, row.daily_use_t) for row in document.rows("use") if row.mineral not in own]
    for member, mineral, use in users:
        if mineral in drawn and use > 0:
            for week in range(1, head.weeks + 1):
                name = f"use of {mineral} in week {week}" + (f" by {member}" if member else "")
                found[name] = p.Withdrawal(name, member, mineral, week, float(7 * exact(use)))
    return found


def owed_of(document: Document, sites: Mapping[str, p.Site]) -> tuple[p.Owed, ...]:
    """Loans that come back; where no store is named, to the first listed that takes the class, else to the first."""
    classes = {m.mineral: m.storage_class for m in document.minerals}
    rows = sorted(document.rows("owed"), key=lambda row: row.key())
    return tuple(
        p.Owed(r.member, r.mineral, r.site or _first_store(sites, classes[r.mineral]), r.week, r.tonnes) for r in rows
    )


def _first_store(sites: Mapping[str, p.Site], storage_class: str) -> str:
    takes = (name for name, site in sites.items() if site.accepts is None or storage_class in site.accepts)
    return next(takes, next(iter(sites)))
