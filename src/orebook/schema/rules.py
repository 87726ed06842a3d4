"""The rules, once: what each asks, the rows that it is made of, their units, and what else is known of it everywhere.

Names, units and words alone: what a rule's rows say is told by the formulation and, apart from it, by the judge. A test
(tests/rooms) holds every place that switches on a rule or a row to these tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from orebook.extensions import Chosen, Extended

BuiltInRule = Literal[
    "offers", "storage", "budget", "funding", "houses", "eligibility", "entitlement", "commit", "must", "frozen",
    "bids", "convert", "substitute", "shares", "ceiling", "shelf", "market", "split",
]  # fmt: skip
RuleName = str
"""A rule that is built in, or that a package brings."""
RowUnit = str
"""t, USD, m3, houses, share, weeks, % or score; of a rule that a package brings, what it says."""


@dataclass(frozen=True)
class RuleKind:
    """A rule of a model.

    `gives_way`: its rows can be exceeded by an amount, so that it may be policy; the others shape what an order is.
    `limits_alone`: it is nothing but limits that the tables tell of, so that without such a limit it is not at work.
    """

    name: RuleName
    asks: str
    """What it asks, for a sentence about rules that clash."""
    gives_way: bool
    limits_alone: bool
    one_order: bool = False
    """Whether an order may break it whatever the other orders are."""
    orders_alone: bool = False
    """Whether orders alone decide it, wherever goods are put and whoever lends the money."""
    allows: bool = False
    """Whether it lets something be done that is not done at all under a model without it."""


@dataclass(frozen=True)
class RowKind:
    """A kind of row, as a breach names it: `keys` stand in its brackets, `budget_released[3]`, `unit` is that of its limit."""

    name: str
    rule: RuleName
    keys: tuple[str, ...]
    unit: RowUnit
    keeps_out: str
    """Why it keeps an offer out, said of that offer."""


_RULES = (
    RuleKind(
        "offers",
        "what the offers allow: their sizes, weeks and lead times",
        gives_way=False,
        limits_alone=False,
        one_order=True,
        orders_alone=True,
    ),
    RuleKind("storage", "what the stores hold and take in a week", gives_way=False, limits_alone=False),
    RuleKind("budget", "what may be spent, and by when", gives_way=True, limits_alone=True, orders_alone=True),
    RuleKind("funding", "what the sources of money give, and when", gives_way=False, limits_alone=False),
    RuleKind("houses", "what the houses deliver and are paid", gives_way=True, limits_alone=True, orders_alone=True),
    RuleKind(
        "eligibility",
        "which origins, content and scores may be bought",
        gives_way=False,
        limits_alone=False,
        one_order=True,
    ),
    RuleKind("entitlement", "what members may draw", gives_way=False, limits_alone=True),
    RuleKind("commit", "what is committed from offers", gives_way=True, limits_alone=True),
    RuleKind("must", "the cover that must be there", gives_way=True, limits_alone=True),
    RuleKind(
        "frozen",
        "the prior plan's tickets in the frozen weeks",
        gives_way=False,
        limits_alone=True,
        orders_alone=True,
    ),
    RuleKind("bids", "what the houses buy, and when", gives_way=False, limits_alone=False, allows=True),
    RuleKind("convert", "what can be converted in a week", gives_way=False, limits_alone=False, allows=True),
    RuleKind("substitute", "how far one mineral stands for another", gives_way=False, limits_alone=False, allows=True),
    RuleKind("shares", "limits on shares", gives_way=True, limits_alone=True, orders_alone=True),
    RuleKind("ceiling", "the most cover that is held", gives_way=True, limits_alone=True),
    RuleKind("shelf", "that nothing lapses", gives_way=True, limits_alone=True),
    RuleKind("market", "the cap on the share of the market", gives_way=True, limits_alone=True, orders_alone=True),
    RuleKind("split", "the split over houses", gives_way=True, limits_alone=True, orders_alone=True),
)
BUILT_IN: Mapping[str, RuleKind] = MappingProxyType({kind.name: kind for kind in _RULES})
"""In the order in which models list them."""

RULES: Mapping[str, RuleKind] = Extended(BUILT_IN, "rules", lambda rule: {rule.kind.name: rule.kind})
"""Those, then those that packages bring."""

CAN_GIVE_WAY: Set[RuleName] = Chosen(RULES, lambda kind: kind.gives_way)
"""Rules made of rows that can be exceeded by an amount; the others cannot be policy."""

_ROWS = (
    RowKind("arrivals_put", "flow", ("mineral", "week"), "t", "what arrives must be put away"),
    RowKind("withdrawal_served", "flow", ("withdrawal",), "t", "no more is drawn than is asked for"),
    RowKind("stock_balance", "flow", ("mineral", "site", "week"), "t", "no more can be taken out than is there"),
    RowKind("waste_stays", "flow", ("mineral", "week"), "t", "what has lapsed does not leave"),
    RowKind("order_window", "offers", ("offer", "week"), "weeks", "it is not on offer in that week"),
    RowKind("order_arrival", "offers", ("offer", "week"), "weeks", "its goods would come after the plan's last week"),
    RowKind("order_min", "offers", ("offer", "week"), "t", "no order of its sizes fits"),
    RowKind("order_lots", "offers", ("offer", "week"), "t", "no order of its sizes fits"),
    RowKind("order_tier", "offers", ("offer", "week"), "t", "no order of its sizes fits"),
    RowKind("order_max", "offers", ("offer", "week"), "t", "it gives no more in a week"),
    RowKind("offer_max", "offers", ("offer",), "t", "it gives no more in all"),
    RowKind(
        "tier_rejected", "offers", ("offer", "week"), "t", "its price is under the floor below which nothing is bought"
    ),
    RowKind("site_class", "storage", ("mineral", "site"), "t", "the store does not take it"),
    RowKind("site_inbound", "storage", ("site", "week"), "t", "the stores take in no more in that week"),
    RowKind("site_room", "storage", ("site", "week"), "m3", "the stores have no room"),
    RowKind("site_value", "storage", ("site", "week"), "USD", "the stores may hold no more value"),
    RowKind("budget_total", "budget", (), "USD", "the budget is spent"),
    RowKind("budget_week", "budget", ("week",), "USD", "the budget is spent by then"),
    RowKind("budget_released", "budget", ("week",), "USD", "the money is not released by then"),
    RowKind("budget_mineral", "budget", ("mineral",), "USD", "the mineral's own budget is spent"),
    RowKind("week_funded", "funding", ("week",), "USD", "no source gives the money that week"),
    RowKind("draws_needed", "funding", ("week",), "USD", "no more is drawn than is paid that week"),
    RowKind("source_start", "funding", ("source", "week"), "USD", "the source gives nothing yet"),
    RowKind("source_limit", "funding", ("source", "week"), "USD", "the source gives no more"),
    RowKind("source_repaid", "funding", ("source", "week"), "USD", "no more is paid back than is drawn"),
    RowKind("source_end", "funding", ("source", "week"), "USD", "the source gives nothing any more"),
    RowKind("source_share", "funding", ("source", "week"), "share", "the source gives no larger part"),
    RowKind("house_week", "houses", ("house", "week"), "t", "its house delivers no more in a week"),
    RowKind("house_total", "houses", ("house",), "t", "its house delivers no more in all"),
    RowKind("house_spend", "houses", ("house",), "USD", "its house may be paid no more"),
    RowKind("houses_engaged", "houses", (), "houses", "no more houses may be engaged"),
    RowKind("origin_barred", "eligibility", ("offer", "week"), "t", "its origin is barred"),
    RowKind(
        "content_restricted",
        "eligibility",
        ("offer", "week"),
        "%",
        "its restricted content is over the limit, and it has no licence",
    ),
    RowKind("esg_minimum", "eligibility", ("offer", "week"), "score", "its ESG score is too low"),
    RowKind(
        "entitlement_total", "entitlement", ("member", "mineral", "week"), "t", "a member may draw no more of it in all"
    ),
    RowKind(
        "entitlement_week",
        "entitlement",
        ("member", "mineral", "week"),
        "t",
        "a member may draw no more of it that week",
    ),
    RowKind("entitlement_none", "entitlement", ("withdrawal",), "t", "the member is entitled to none of it"),
    RowKind("commitment", "commit", ("offer",), "t", "a commitment must be taken"),
    RowKind("must_cover", "must", ("mineral", "week"), "t", "cover that must be there would be missing"),
    RowKind("frozen_order", "frozen", ("offer", "week"), "t", "frozen tickets stay as they are"),
    RowKind("share_max", "shares", ("mineral", "by", "name"), "share", "a largest share is reached"),
    RowKind("share_min", "shares", ("mineral", "by", "name"), "share", "a least share would be missed"),
    RowKind("cover_ceiling", "ceiling", ("mineral", "week"), "t", "more would be in store than the ceiling allows"),
    RowKind("bid_window", "bids", ("bid", "week"), "weeks", "the bid is not open in that week"),
    RowKind("bid_lots", "bids", ("bid", "week"), "t", "no sale of the bid's sizes fits"),
    RowKind("bid_least", "bids", ("bid", "week"), "t", "no sale of the bid's sizes fits"),
    RowKind("bid_most", "bids", ("bid", "week"), "t", "the bid takes no more in a week"),
    RowKind("bid_total", "bids", ("bid",), "t", "the bid takes no more in all"),
    RowKind("bid_surplus", "bids", ("mineral",), "t", "no more is sold than would lapse"),
    RowKind("conversion_window", "convert", ("conversion", "week"), "weeks", "it would come back after the last week"),
    RowKind("conversion_whole", "convert", ("conversion", "week"), "t", "no conversion of its lots fits"),
    RowKind("conversion_most", "convert", ("conversion", "week"), "t", "no more can be converted in a week"),
    RowKind("own_stock", "substitute", ("mineral", "week"), "t", "it stands for other minerals already"),
    RowKind("stand_in_most", "substitute", ("mineral", "by", "week"), "t", "it may stand for no more of the target"),
    RowKind("shelf_lapsed", "shelf", ("mineral",), "t", "more would lapse"),
    RowKind("market_week", "market", ("mineral", "week"), "t", "the cap on the share of the market is reached"),
    RowKind("split_min_houses", "split", ("mineral",), "houses", "fewer houses than required would supply the mineral"),
    RowKind("split_max_houses", "split", ("mineral",), "houses", "more houses than allowed would supply the mineral"),
)
ROWS: Mapping[str, RowKind] = Extended(
    {kind.name: kind for kind in _ROWS}, "rules", lambda rule: {row.name: row for row in rule.rows}
)


def name_and_keys(row: str) -> tuple[str, tuple[str, ...]]:
    """`must_cover[gallium,13]` -> ("must_cover", ("gallium", "13"))."""
    name, _, rest = row.partition("[")
    return name, tuple(rest.rstrip("]").split(",")) if rest else ()
