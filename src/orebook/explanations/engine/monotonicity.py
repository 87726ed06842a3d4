"""Whether taking something out leaves every plan a plan that is worth as much in the first stage: then it can only help.

A row that is gone cannot be broken. A price that falls can break rows all the same: a share of all order cash grows when
the rest of the cash falls, and a source that may give a part of all draws gives less when less is drawn; one with a fee on
what is not drawn then charges more. And tickets that stand are exempt from other rules while `frozen` holds, and only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from orebook.accounting.exact_prices import TierPrice, tier_prices
from orebook.changes import changed
from orebook.decisions import Decisions, Order
from orebook.exact import exact
from orebook.explanations.engine.ablations import PRICES, Ablation
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.slacks import supplies
from orebook.judge import Judge
from orebook.problem import Problem

Effect = Literal["nothing", "looser", "other"]
"""What a removal does to the set of plans: the very same plans at the same cost, no plan fewer or worse, or anything."""

LOOSENING_RULES: frozenset[str] = frozenset(
    {
        "offers", "storage", "budget", "funding", "houses", "eligibility", "entitlement", "commit", "must", "frozen",
        "shares", "ceiling", "shelf", "market", "split",
    }
)  # fmt: skip
"""Rules that only take plans away; of any other nothing is known beforehand."""


def effect_of(counterfactuals: Counterfactuals, removal: Ablation) -> Effect:
    """What is known of a removal beforehand, from the tables alone."""
    if not _at_work(counterfactuals, removal):
        return "nothing"
    if counterfactuals.plan.document.given_up:  # with a row gone other policy rows may hold that gave way
        return "other"
    if removal.about.rule in PRICES:
        return _of_prices(counterfactuals, removal)
    if removal.about.rule not in LOOSENING_RULES or (
        removal.about.rule == "frozen" and not _stand_alone(counterfactuals)
    ):
        return "other"
    if removal.about.rule == "funding" and any(s.undrawn_pct for s in counterfactuals.problem.sources.values()):
        return "other"  # what is drawn of a limit saves its fee
    return "looser"


def _at_work(counterfactuals: Counterfactuals, removal: Ablation) -> bool:
    rule, row, problem = removal.about.rule, removal.about.row, counterfactuals.problem
    if rule in PRICES:
        return True
    if removal.share is not None:
        share, offers = removal.share, problem.offers.values()
        of = [o for o in offers if share.mineral in ("*", o.mineral)]
        return any(supplies(problem, share, o.name) for o in of) or (bool(of) and (row or "").startswith("share_min"))
    if rule == "eligibility":
        return offers_out(problem, row) > 0
    return _limits(counterfactuals, rule or "")


def _limits(counterfactuals: Counterfactuals, rule: str) -> bool:
    """Whether the problem has a limit of a rule; where the plan comes to no row of it there may be one all the same.

    A rule whose limits are not known here may have one.
    """
    return rule not in LIMITS or any(limit is not None for limit in LIMITS[rule](counterfactuals.problem))


def _budget(problem: Problem) -> Iterator[object]:
    yield from (problem.budget_usd, problem.released)
    yield from (m.budget_usd for m in problem.minerals.values())


def _houses(problem: Problem) -> Iterator[object]:
    yield problem.max_houses
    for house in problem.houses.values():
        yield from (house.weekly_capacity_t, house.capacity_t, house.max_spend_usd)


def _market(problem: Problem) -> Iterator[object]:
    if problem.max_market_share is not None:
        yield from (m.market_t_per_week for m in problem.minerals.values())


def _split(problem: Problem) -> Iterator[object]:
    for mineral in problem.minerals.values():
        yield from (mineral.min_houses, mineral.max_houses)


def _entitlement(problem: Problem) -> Iterator[object]:
    """Where anything is entitled to, a member that is entitled to none is limited too."""
    members = {j.member for j in problem.withdrawals.values()} - {None}
    yield problem.entitlements if members else None


LIMITS: Mapping[str, Callable[[Problem], Iterable[object]]] = {
    "budget": _budget,
    "houses": _houses,
    "ceiling": lambda problem: (m.max_days for m in problem.minerals.values()),
    "shelf": lambda problem: (m.shelf_weeks for m in problem.minerals.values()),
    "market": _market,
    "split": _split,
    "shares": lambda problem: problem.shares,
    "entitlement": _entitlement,
    "frozen": lambda problem: (problem.prior,) if problem.frozen(1) else (),
    "commit": lambda problem: (o.commit_t or None for o in problem.offers.values()),
    "must": lambda problem: (t.must_days or None for t in problem.targets),
}
"""The limits in the tables of rules that are nothing but limits, None where there is none."""


def offers_out(problem: Problem, row: str | None) -> int:
    """Offers that a bar keeps out, wholly or in some weeks; None: all bars together."""
    return sum(any(row in (None, reason) for reason in _reasons(problem, name)) for name in problem.offers)


def _reasons(problem: Problem, name: str) -> Iterator[str]:
    offer = problem.offers[name]
    origin = problem.origins.get(offer.origin) if offer.origin else None
    if origin and (origin.barred or origin.barred_from_week is not None):
        yield f"origin_barred[{origin.name}]"
    most, least = problem.max_restricted_content_pct, problem.min_esg_score
    if most is not None and offer.restricted_content_pct > most and not offer.licensed:
        yield "content_restricted"
    if least is not None and offer.esg_score is not None and offer.esg_score < least:
        yield "esg_minimum"


def _of_prices(counterfactuals: Counterfactuals, removal: Ablation) -> Effect:
    """Where every price stays, nothing; where none rises and no limit is a part of all cash, no plan is lost."""
    problem, after = counterfactuals.problem, changed(counterfactuals.problem, removal.changes)
    pairs = [
        (old, new)
        for name, offer in problem.offers.items()
        for week in range(1, problem.weeks + 1)
        for old, new in zip(
            tier_prices(problem, offer, week), tier_prices(after, after.offers[name], week), strict=True
        )
    ]
    if all((old.landed, old.rejected) == (new.landed, new.rejected) for old, new in pairs):
        return "nothing"
    standing = counterfactuals.model.on("frozen") and problem.frozen(1)
    in_cash = counterfactuals.model.on("shares") and any(s.mineral == "*" for s in problem.shares)
    drawn = counterfactuals.model.on("funding") and any(
        s.max_share is not None or s.undrawn_pct for s in problem.sources.values()
    )
    return "other" if in_cash or drawn or any(_dearer(*pair, standing) for pair in pairs) else "looser"


def _dearer(old: TierPrice, new: TierPrice, standing: bool) -> bool:
    """Whether a tier may cost a plan more, or pays it; of tickets that stand the tiers kept out say which one prices."""
    kept_out = old.rejected != new.rejected if standing else new.rejected > old.rejected
    return new.landed > old.landed or new.landed < 0 or kept_out


def _stand_alone(counterfactuals: Counterfactuals) -> bool:
    """Whether the tickets that stand keep by themselves the rules that they are exempt from."""
    problem = counterfactuals.problem
    standing = tuple(
        Order(offer, week, exact(tonnes))
        for (offer, week), tonnes in problem.prior.items()
        if problem.frozen(week) and week <= problem.weeks and offer in problem.offers
    )
    judgement = Judge(problem, counterfactuals.model.without("frozen")).judge(Decisions(orders=standing))
    return not any(b.rule in ("offers", "eligibility") for b in judgement.breaches)
