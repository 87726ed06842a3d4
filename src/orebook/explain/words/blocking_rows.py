"""What a row that keeps an offer out means, said of that offer."""

from __future__ import annotations

_KEEPS = {
    "order_window": "it is not on offer in that week",
    "order_arrival": "its goods would come after the plan's last week",
    "order_min": "no order of its sizes fits",
    "order_lots": "no order of its sizes fits",
    "order_tier": "no order of its sizes fits",
    "order_max": "it gives no more in a week",
    "offer_max": "it gives no more in all",
    "tier_rejected": "its price is under the floor below which nothing is bought",
    "origin_barred": "its origin is barred",
    "content_restricted": "its restricted content is over the limit, and it has no licence",
    "esg_minimum": "its ESG score is too low",
    "frozen_order": "frozen tickets stay as they are",
    "commitment": "a commitment must be taken",
    "must_cover": "cover that must be there would be missing",
    "house_week": "its house delivers no more in a week",
    "house_total": "its house delivers no more in all",
    "house_spend": "its house may be paid no more",
    "houses_engaged": "no more houses may be engaged",
    "share_max": "a largest share is reached",
    "share_min": "a least share would be missed",
    "market_week": "the cap on the share of the market is reached",
    "split_min_houses": "fewer houses than required would supply the mineral",
    "split_max_houses": "more houses than allowed would supply the mineral",
    "budget_total": "the budget is spent",
    "budget_released": "the money is not released by then",
    "budget_mineral": "the mineral's own budget is spent",
    "target": "its goods would come too late for a target",
    "stock": "its goods would come after they are needed",
    "cover_ceiling": "more would be in store than the ceiling allows",
    "site_inbound": "the stores take in no more in that week",
    "site_room": "the stores have no room",
    "site_value": "the stores may hold no more value",
}


def kept_says(row: str) -> str:
    """Why, and the row; of several rows that clash, the rows alone."""
    name = row.partition("[")[0]
    if name not in _KEEPS or "], " in row:
        return f"these rules clash: {row}"
    return f"{_KEEPS[name]} ({row})"
