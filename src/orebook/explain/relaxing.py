"""Whether taking something out leaves every plan a plan that is worth as much in the first stage: then it can only help.

A row that is gone cannot be broken. A price that falls can break rows all the same: a share of all order cash grows when
the rest of the cash falls, and a source that may give a part of all draws gives less when less is drawn. And tickets that
stand are exempt from other rules while `frozen` holds, and only then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from orebook.changes import changed
from orebook.decisions import Decisions, Order
from orebook.exact import exact
from orebook.explain.ground import Ground
from orebook.explain.removals import PRICES, Removal
from orebook.explain.slack import supplies
from orebook.judge import Judge
from orebook.judge.prices import TierPrice, tier_prices
from orebook.problem import Problem
from orebook.schema.model import RuleName

Effect = Literal["nothing", "looser", "other"]
"""What a removal does to the set of plans: the very same plans at the same cost, no plan fewer or worse, or anything."""

TOLD_BY_ROWS: frozenset[RuleName] = frozenset(
    {"budget", "houses", "commit", "must", "frozen", "shares", "ceiling", "market", "split"}
)
"""Rules that are nothing but limits which the tables tell of (`_limits`); any other may be at work unseen."""
LOOSE: frozenset[RuleName] = TOLD_BY_ROWS | {"offers", "storage", "funding", "eligibility"}
"""Rules that only take plans away; of any other nothing is known beforehand."""


def effect_of(ground: Ground, removal: Removal) -> Effect:
    """What is known of a removal beforehand, from the tables alone."""
    if not _at_work(ground, removal):
        return "nothing"
    if ground.plan.document.given_up:  # with a row gone other policy rows may hold that gave way
        return "other"
    if removal.about.rule in PRICES:
        return _of_prices(ground, removal)
    if removal.about.rule not in LOOSE or (removal.about.rule == "frozen" and not _stand_alone(ground)):
        return "other"
    return "looser"


def _at_work(ground: Ground, removal: Removal) -> bool:
    rule, row, problem = removal.about.rule, removal.about.row, ground.problem
    if rule in PRICES:
        return True
    if removal.share is not None:
        share, offers = removal.share, problem.offers.values()
        of = [o for o in offers if share.mineral in ("*", o.mineral)]
        return any(supplies(problem, share, o.name) for o in of) or (bool(of) and (row or "").startswith("share_min"))
    if rule == "eligibility":
        return offers_out(problem, row) > 0
    return rule not in TOLD_BY_ROWS or any(name == rule and _limits(ground, name) for name in TOLD_BY_ROWS)


def _limits(ground: Ground, rule: RuleName) -> bool:
    """Whether the problem has a limit of a rule; where the plan comes to no row of it there may be one all the same."""
    problem = ground.problem
    minerals, houses = problem.minerals.values(), problem.houses.values()
    own = {
        "budget": (problem.budget_usd, problem.released, *(m.budget_usd for m in minerals)),
        "houses": (
            problem.max_houses,
            *(limit for h in houses for limit in (h.weekly_capacity_t, h.capacity_t, h.max_spend_usd)),
        ),
        "ceiling": tuple(m.max_days for m in minerals),
        "market": tuple(m.market_t_per_week for m in minerals if problem.max_market_share is not None),
        "split": tuple(limit for m in minerals for limit in (m.min_houses, m.max_houses)),
        "shares": problem.shares,
        "frozen": (problem.prior,) if problem.frozen(1) else (),
        "commit": tuple(o.commit_t or None for o in problem.offers.values()),
        "must": tuple(t.must_days or None for t in problem.targets),
    }
    return any(limit is not None for limit in own[rule])


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


def _of_prices(ground: Ground, removal: Removal) -> Effect:
    """Where every price stays, nothing; where none rises and no limit is a part of all cash, no plan is lost."""
    problem, after = ground.problem, changed(ground.problem, removal.changes)
    pairs = [
        (old, new)
        for name, offer in problem.offers.items()
        for week in range(1, problem.weeks + 1)
        for old, new in zip(
            tier_prices(problem, offer, week), tier_prices(after, after.offers[name], week), strict=True
        )
    ]
    if all(old == new for old, new in pairs):
        return "nothing"
    standing = ground.model.on("frozen") and problem.frozen(1)
    in_cash = ground.model.on("shares") and any(s.mineral == "*" for s in problem.shares)
    drawn = ground.model.on("funding") and any(s.max_share is not None for s in problem.sources.values())
    return "other" if in_cash or drawn or any(_dearer(*pair, standing) for pair in pairs) else "looser"


def _dearer(old: TierPrice, new: TierPrice, standing: bool) -> bool:
    """Whether a tier may cost a plan more, or pays it; of tickets that stand the tiers kept out say which one prices."""
    kept_out = old.rejected != new.rejected if standing else new.rejected > old.rejected
    return new.landed > old.landed or new.landed < 0 or kept_out


def _stand_alone(ground: Ground) -> bool:
    """Whether the tickets that stand keep by themselves the rules that they are exempt from."""
    problem = ground.problem
    standing = tuple(
        Order(offer, week, exact(tonnes))
        for (offer, week), tonnes in problem.prior.items()
        if problem.frozen(week) and week <= problem.weeks and offer in problem.offers
    )
    judgement = Judge(problem, ground.model.without("frozen")).judge(Decisions(orders=standing))
    return not any(b.rule in ("offers", "eligibility") for b in judgement.breaches)
