"""A house, origin or group supplies between its least and largest share: of a mineral's tonnes, or of all order cash.

min_share * total <= supplied <= max_share * total, total and supplied in t of the mineral, for `*` in order cash, which may be
below 0: then whoever sells nothing has more than a part of it

What frozen tickets alone break stands where nothing more is ordered against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from orebook.accounting.ledger import Ledger
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.tolerance import beyond, beyond_cent
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import percent, usd
from orebook.judge.judgement import Breach
from orebook.problem import Problem, Share


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows share_min and share_max [m,by,name], by as a part of 1."""
    for share in ledger.case.problem.shares:
        yield from _share(ledger, share)


def _share(ledger: Ledger, share: Share) -> Iterator[Breach]:
    in_cash = share.mineral == "*"
    over: Callable[[Fraction, Fraction], Fraction] = beyond_cent if in_cash else beyond
    named = [
        (o, _supplier(ledger.case.problem, o, share) == share.name)
        for o in ledger.orders
        if in_cash or o.offer.mineral == share.mineral
    ]
    total, supplied = _amounts(named, in_cash)
    if not total:
        return
    standing, standing_supplied = _amounts([(o, own) for o, own in named if o.frozen], in_cash)
    more_inside, more_outside = (any(own is side and not o.frozen for o, own in named) for side in (True, False))
    what = "all order cash" if in_cash else f"the tonnes of {share.mineral}"
    part = percent(supplied / total) if total > 0 else f"{usd(supplied)} of {usd(total)},"
    says = f"{share.by} {share.name} has {part} of {what}"
    row = f"[{share.mineral},{share.by},{share.name}]"
    if share.min_share is not None:
        least = exact(share.min_share)
        stands = not more_outside and standing_supplied < least * standing
        if not stands and (by := over(least * total - supplied, least * total)):
            yield Breach(
                "shares", f"share_min{row}", by / abs(total), least, "share", f"{says}, at least {percent(least)}"
            )
    if share.max_share is not None:
        most = exact(share.max_share)
        stands = not more_inside and standing_supplied > most * standing
        if not stands and (by := over(supplied - most * total, most * total)):
            yield Breach(
                "shares", f"share_max{row}", by / abs(total), most, "share", f"{says}, at most {percent(most)}"
            )


def _amounts(named: Sequence[tuple[PricedOrder, bool]], in_cash: bool) -> tuple[Fraction, Fraction]:
    """What some orders come to, and those of them that are the share's, in t or USD."""
    amounts = [(o.order_cash if in_cash else o.tonnes, own) for o, own in named]
    return sum((amount for amount, _ in amounts), ZERO), sum((amount for amount, own in amounts if own), ZERO)


def _supplier(problem: Problem, order: PricedOrder, share: Share) -> str | None:
    """The house, origin or group of the order, whichever the share is by."""
    if share.by == "house":
        return order.offer.house
    return order.offer.origin if share.by == "origin" else problem.terms(order.week).group_of(order.offer)
