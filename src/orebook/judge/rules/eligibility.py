"""No order from a barred origin, over the restricted content without a licence, or below the least ESG score.

Frozen tickets are exempt. These compare figures of the offer with each other, so they have no margin.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.priced_orders import PricedOrder
from orebook.exact import ZERO, exact
from orebook.judge.figures import plain, tonnes
from orebook.judge.judgement import Breach
from orebook.problem import Problem


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows origin_barred (t), content_restricted (%) and esg_minimum (score) [o,w]."""
    for order in ledger.orders:
        if not order.frozen:
            terms = ledger.case.problem.terms(order.week)
            yield from _barred(order, terms)
            yield from _content(order, terms)
            yield from _esg(order, terms)


def _barred(order: PricedOrder, problem: Problem) -> Iterator[Breach]:
    origin = problem.origin_of(order.offer)
    if origin is None:
        return
    row = f"origin_barred[{order.offer.name},{order.week}]"
    what = f"{tonnes(order.tonnes)} of {order.offer.name} ordered in week {order.week}"
    if origin.barred:
        yield Breach("eligibility", row, order.tonnes, ZERO, "t", f"{what} are from {origin.name}, which is barred")
    elif origin.barred_from_week is not None and order.arrives >= origin.barred_from_week:
        says = f"{what} arrive from {origin.name} in week {order.arrives}, barred from week {origin.barred_from_week}"
        yield Breach("eligibility", row, order.tonnes, ZERO, "t", says)


def _content(order: PricedOrder, problem: Problem) -> Iterator[Breach]:
    offer, most = order.offer, problem.max_restricted_content_pct
    if most is None or offer.licensed or offer.restricted_content_pct <= most:
        return
    content, limit = exact(offer.restricted_content_pct), exact(most)
    row = f"content_restricted[{offer.name},{order.week}]"
    says = f"{offer.name} has {plain(content)} % restricted content and no licence, at most {plain(limit)} %"
    yield Breach("eligibility", row, content - limit, limit, "%", says)


def _esg(order: PricedOrder, problem: Problem) -> Iterator[Breach]:
    offer, least = order.offer, problem.min_esg_score
    if least is None or offer.esg_score is None or offer.esg_score >= least:
        return
    score, limit = exact(offer.esg_score), exact(least)
    says = f"{offer.name} has an ESG score of {plain(score)}, at least {plain(limit)} is asked"
    yield Breach("eligibility", f"esg_minimum[{offer.name},{order.week}]", limit - score, limit, "score", says)
