"""Named events that a planner thinks in, each written out as changes of the instance as it stands.

    house_out(house=hartree, week=5)    ->    offers.hartree-copper-canada.to_week=4, ...

An event is written wherever a change may be. Its first line of documentation is what it means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from orebook.changes.values import rounded
from orebook.exact import Fraction, exact
from orebook.extensions import Extended
from orebook.schema.document import Document
from orebook.schema.tables import OfferRow

Changes = Iterator[str]


def house_out(document: Document, house: str, week: int = 1) -> Changes:
    """A house takes no orders from a week on; what was committed to it lapses."""
    for offer in (o for o in document.offers if o.house == house):
        yield from _stopped(document, offer, week)


def offer_out(document: Document, offer: str, week: int = 1) -> Changes:
    """An offer takes no orders from a week on; what was committed to it lapses."""
    for row in (o for o in document.offers if o.offer == offer):
        yield from _stopped(document, row, week)


def _stopped(document: Document, offer: OfferRow, week: int) -> Changes:
    """Nothing where the offer has ended by then: what was committed to it stands."""
    last = document.instance.weeks if offer.to_week is None else min(offer.to_week, document.instance.weeks)
    if week > last:
        return
    if offer.commit_t:
        yield f"offers.{offer.offer}.commit_t=0"
    if week <= offer.from_week:
        yield f"offers.{offer.offer}.max_week_t=0"
    else:
        yield f"offers.{offer.offer}.to_week={week - 1}"


def origin_barred(document: Document, origin: str, week: int = 1) -> Changes:
    """Nothing from an origin, or from those of a group, may arrive in a week or after it; a bar that comes sooner stays."""
    sooner = {o.origin for o in document.rows("origins") if (o.barred_from_week or week + 1) <= week}
    for name in _meant(document, origin):
        if name not in sooner:
            yield from _listed(document, name)
            yield f"origins.{name}.barred_from_week={week}"


def licence_delay(document: Document, origin: str, weeks: int) -> Changes:
    """Export licences of an origin, or of those of a group, take so many weeks longer: all goods arrive that much later."""
    for name in _meant(document, origin):
        yield from _listed(document, name)
        yield f"origins.{name}.extra_lead_weeks=+{weeks}"


def _meant(document: Document, origin: str) -> list[str]:
    """The origins of a group; the origin itself where no group has the name."""
    return [o.origin for o in document.rows("origins") if o.group == origin] or [origin]


def _listed(document: Document, origin: str) -> Changes:
    """A row for the origin where there is none; the first rows of origins.csv have to be of every origin that offers name."""
    known = {o.origin for o in document.rows("origins")}
    wanted = {origin} if known else {o.origin for o in document.offers if o.origin}
    yield from (f"origins+=origin:{name}" for name in sorted(wanted - known))


def duty(document: Document, origin: str, pct: float, mineral: str = "*") -> Changes:
    """Goods of an origin or group, of one mineral or of all, pay a duty of so many per cent, whatever they pay now."""
    rows = [(d.origin, d.mineral) for d in document.rows("duties")]
    places = [origin, *(name for name in _meant(document, origin) if name != origin)]
    for place in places:
        if mineral == "*":
            if any(p == place for p, _ in rows):
                yield f"duties.{place}/*=none"  # every row of the place
            continue
        if (place, mineral) in rows:
            yield f"duties.{place}/{mineral}=none"
        if place != origin and (place, "*") in rows:  # it would come before the group's
            yield f"duties+=origin:{place},mineral:{mineral},duty_pct:{_number(pct)}"
    yield f"duties+=origin:{origin},mineral:{mineral},duty_pct:{_number(pct)}"


def floor(document: Document, mineral: str, usd_per_t: float, origin: str = "") -> Changes:
    """The price floor of a mineral (from an origin or group) moves; where there is none yet, a `minimum` comes."""
    if any((f.mineral, f.origin or "") == (mineral, origin) for f in document.rows("floors")):
        yield f"floors.{mineral}/{origin}.floor_usd_per_t={_number(usd_per_t)}"
    else:
        yield f"floors+=mineral:{mineral},origin:{origin or 'none'},floor_usd_per_t:{_number(usd_per_t)},mechanism:minimum"


def floor_lifted(document: Document, mineral: str) -> Changes:
    """Every price floor of a mineral falls."""
    yield f"floors.{mineral}/*=none"


def store_lost(document: Document, site: str) -> Changes:
    """A store burns down: what is in it is lost, what is on its way there too, and it takes nothing more.

    What members owe comes to another.
    """
    if any(s.site == site for s in document.rows("stock")):
        yield f"stock.*/{site}/*=none"
    if any(i.site == site for i in document.rows("inbound")):
        yield f"inbound.*/{site}/*=none"
    if any(o.site == site for o in document.rows("owed")):
        yield f"owed[site={site}].site=none"
    yield f"sites.{site}=none"


def store_closed(document: Document, site: str) -> Changes:
    """A store takes nothing more; what is in it stays and can be drawn."""
    yield f"sites.{site}.inbound_t_per_week=0"


def budget_cut(document: Document, pct: float) -> Changes:
    """The budget falls by so many per cent, and every release of money with it."""
    if document.instance.budget_usd is not None or not document.rows("releases"):
        yield f"instance.budget_usd=-{_number(pct)}%"
    if document.rows("releases"):
        yield f"releases.*.usd=-{_number(pct)}%"


def release_slips(document: Document, week: int, weeks: int) -> Changes:
    """The money that was to come free in a week comes so many weeks later."""
    usd = {r.week: exact(r.usd) for r in document.rows("releases")}
    moved, to = usd.get(week), week + weeks
    yield f"releases.{week}=none"
    if moved is not None and to in usd:
        yield f"releases.{to}=none"
    if moved is not None:
        yield f"releases+=week:{to},usd:{_number(moved + usd.get(to, Fraction(0)))}"


def use_up(document: Document, member: str, pct: float) -> Changes:
    """A member uses so many per cent more of everything."""
    yield f"use.{member}/*.daily_use_t=+{_number(pct)}%"


def emergency_draw(
    document: Document,
    days: float,
    week: int,
    members: str = "*",
    replenish_by: int = 0,
    kind: str = "take",
    repay_week: int = 0,
    premium_pct: float = 0,
) -> Changes:
    """Members (names with `;`, or all) draw so many days of their use in a week, by a `kind` of withdrawals.

    Where entitlements are listed, no more than those leave beside what is asked for already. With `replenish_by` the cover
    that is wanted at the end has to be there in that week too.
    """
    wanted = None if members == "*" else {m.strip() for m in members.split(";")}
    minerals, drawn = [], {w.withdrawal: w.week for w in document.rows("withdrawals")}
    loan = f",repay_week:{repay_week}" if repay_week else ""
    loan += f",premium_pct:{_number(premium_pct)}" if premium_pct else ""
    terms = "" if kind == "take" and not loan else f",kind:{kind}{loan}"
    for row in document.rows("use"):
        if not row.daily_use_t or (wanted is not None and row.member not in wanted):
            continue
        tonnes = min(exact(days) * exact(row.daily_use_t), _entitled(document, row.member, row.mineral, week))
        if tonnes <= 0:
            continue
        name, amount = f"emergency-{row.member}-{row.mineral}-{week}", _number(tonnes)
        while drawn.get(name, week) != week:  # named by a plan of an earlier week, in which it was another
            name += "-more"
        if name in drawn:
            yield f"withdrawals.{name}.tonnes=+{amount}"
        else:
            of = f"withdrawal:{name},member:{row.member},mineral:{row.mineral}"
            yield f"withdrawals+={of},week:{week},tonnes:{amount}{terms}"
        minerals.append(row.mineral)
    for mineral in dict.fromkeys(minerals) if replenish_by else ():
        yield from _wanted_by(document, mineral, replenish_by)


def _entitled(document: Document, member: str, mineral: str, week: int) -> Fraction | float:
    """Tonnes that a member may still draw in a week beside all that it asks for; no end where nothing is listed."""
    rows = document.rows("entitlements")
    if not rows:
        return math.inf
    row = next((e for e in rows if (e.member, e.mineral) == (member, mineral)), None)
    if row is None:
        return 0.0
    asked = [w for w in document.rows("withdrawals") if (w.member, w.mineral) == (member, mineral)]
    out = [w for w in asked if w.repay_week is None or w.repay_week > week]
    limits = ((row.tonnes, out), (row.max_week_t, [w for w in asked if w.week == week]))
    left = [exact(most) - sum((exact(w.tonnes) for w in of), Fraction(0)) for most, of in limits if most is not None]
    return min(left, default=math.inf)


def _wanted_by(document: Document, mineral: str, week: int) -> Changes:
    """A target in a week at least as high as the mineral's last one, which stays."""
    rows = [t for t in document.rows("targets") if t.mineral == mineral]
    row = next(m for m in document.minerals if m.mineral == mineral)
    last = document.instance.weeks
    default = document.instance.target_days if row.target_days is None else row.target_days
    days = max(rows, key=lambda t: t.week).days if rows else default
    there = next((t for t in rows if t.week == week), None)
    if there is not None:
        if there.days < days:
            yield f"targets.{mineral}/{week}.days={_number(days)}"
        return
    if not rows and last == week:
        return
    must = f",must_days:{_number(row.must_days)}" if row.must_days is not None and not rows else ""
    if not rows:
        yield f"targets+=mineral:{mineral},week:{last},days:{_number(days)}{must}"
    yield f"targets+=mineral:{mineral},week:{week},days:{_number(days)}"


def _number(x: float | Fraction) -> str:
    return repr(rounded(x if isinstance(x, Fraction) else exact(x)))


EVENTS: Mapping[str, Callable[..., Changes]] = Extended(
    {
        event.__name__: event
        for event in (
            house_out,
            offer_out,
            origin_barred,
            licence_delay,
            duty,
            floor,
            floor_lifted,
            store_lost,
            store_closed,
            budget_cut,
            release_slips,
            use_up,
            emergency_draw,
        )
    },
    "events",
)
"""name -> what it means for a document."""
