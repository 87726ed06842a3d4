"""Houses, shares and the prior plan: rows that leave nothing to do, or cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.checks.context import CheckContext
from orebook.findings import Finding
from orebook.problem import Offer, Problem, Share
from orebook.reading import suggest
from orebook.reading.quoting import figure
from orebook.schema.tables import MineralRow, OfferRow, PriorRow, ShareRow


def no_house_allowed(case: CheckContext) -> Iterator[Finding]:
    """No house may be engaged, so nothing can be bought."""
    if case.problem.max_houses == 0:
        says = "0 lets nothing be bought; leave it out for no limit"
        yield case.book.head_warning("no_house_allowed", "max_houses", says)


def prior_offer_gone(case: CheckContext) -> Iterator[Finding]:
    """A prior order of an offer that is gone."""
    sheet, known = case.sheet(PriorRow), suggest.Suggestions(case.problem.offers)
    for entry, row in sheet.rows():
        if row.offer not in case.problem.offers:
            like = known.nearest(row.offer)
            mend = f"; {suggest.meant(row.offer, like)}" if like else ""
            says = f'"{row.offer}" is not in {case.sheet(OfferRow).file}, so the order counts as changed{mend}'
            yield sheet.warning("prior_offer_gone", entry, "offer", says)


def prior_after_plan(case: CheckContext) -> Iterator[Finding]:
    """A prior order in a week after T."""
    sheet = case.sheet(PriorRow)
    for entry, row in sheet.rows():
        if row.week > case.problem.weeks:
            says = f"{row.week} is after the last week, {case.problem.weeks}, so the order counts as changed"
            yield sheet.warning("prior_after_plan", entry, "week", says)


def share_without_offer(case: CheckContext) -> Iterator[Finding]:
    """A least share of a house, origin or group that has no offer of the mineral."""
    sheet = case.sheet(ShareRow)
    for entry, row in sheet.rows():
        share = Share(row.mineral, row.by, row.name, row.min_share, row.max_share)
        if share.min_share and not any(_counts(case.problem, share, offer) for offer in case.problem.offers.values()):
            what = "anything" if row.mineral == "*" else f'"{row.mineral}"'
            nobody = f'no offer of {what} is from {row.by} "{row.name}"'
            says = f"{nobody}, so min_share {figure(share.min_share)} cannot be kept"
            yield sheet.warning("share_without_offer", entry, "name", says)


def _counts(problem: Problem, share: Share, offer: Offer) -> bool:
    name = {"house": offer.house, "origin": offer.origin, "group": problem.group_of(offer)}[share.by]
    return share.mineral in ("*", offer.mineral) and name == share.name


def split_cannot_hold(case: CheckContext) -> Iterator[Finding]:
    """More houses asked for than are allowed, or than the least share leaves room for."""
    sheet = case.sheet(MineralRow)
    for entry, row in sheet.rows():
        if row.min_houses is None:
            continue
        if row.max_houses is not None and row.min_houses > row.max_houses:
            says = f"{row.min_houses} is over max_houses {row.max_houses}: no purchase keeps both"
            yield sheet.warning("split_cannot_hold", entry, "min_houses", says)
        elif row.min_houses * row.split_min_share > 1 + 1e-9:
            says = f"{row.min_houses} houses cannot each supply a share of {figure(row.split_min_share)}"
            yield sheet.warning("split_cannot_hold", entry, "min_houses", says)
