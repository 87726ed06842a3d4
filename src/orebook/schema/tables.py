"""The tables of an instance, a model a row, as the contract's `files.md` names them.

Blank or missing cells are None where the contract marks a column optional without a default, else the default.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from orebook.schema.base import (
    Correlation,
    Count,
    Name,
    NameOrAny,
    NonNegative,
    Number,
    Percent,
    Positive,
    Row,
    Share,
    Text,
    Week,
    Written,
    YesNo,
    column,
    required,
)

InTransit = Literal["lost", "arrive", "refund"]
"""What becomes of goods under way that a change bars: lost, let through, or lost with the part paid on order given back."""
Mechanism = Literal["minimum", "reject", "cfd", "levy"]
Payer = Literal["reserve", "other"]
"""Who pays the difference of a contract for difference: the reserve, or another (a ministry) beside it."""
Discount = Literal["all_units", "incremental"]
ShareBy = Literal["house", "origin", "group"]
WithdrawalKind = Literal["take", "loan", "sale"]
"""A member takes for good, borrows and brings more back, or buys."""
Priority = Annotated[int, Field(ge=1, le=9)]
"""1 is served first."""


class MineralRow(Row):
    """minerals.csv"""

    KEY: ClassVar = ("mineral",)
    mineral: Name = required("", "name of the mineral")
    daily_use_t: NonNegative | None = column("t/day", "use a day; here or in use.csv, not in both")
    price_usd_per_t: NonNegative = required("USD/t", "benchmark price")
    target_days: NonNegative | None = column("days", "cover to have at the end of week T")
    critical_days: NonNegative = column("days", "the critical part of a target", 30.0)
    must_days: NonNegative | None = column("days", "cover that must be there at every target")
    max_days: NonNegative | None = column("days", "most cover in any week")
    criticality: NonNegative = column("1", "weight of a day short", 1.0)
    value_usd_per_day: NonNegative | None = column("USD/day", "worth of a day of cover; none: use * benchmark")
    storage_class: Name = column("", "what a site must accept", "general")
    m3_per_t: NonNegative = column("m3/t", "room a tonne takes", 0.0)
    budget_usd: NonNegative | None = column("USD", "most order cash of the mineral's tickets")
    min_houses: Count | None = column("houses", "houses that each supply at least split_min_share")
    max_houses: Count | None = column("houses", "houses with a ticket for the mineral")
    split_min_share: Share = column("1", "share that makes a house count for min_houses", 0.1)
    market_t_per_week: NonNegative | None = column("t/week", "tonnes traded in the market a week")
    use_draws: YesNo | None = column("yes/no", "its use is drawn every week; blank: as use_draws of instance.toml says")
    shelf_weeks: Week | None = column("weeks", "age at which a tonne has lapsed; none: it does not age")


class UseRow(Row):
    """use.csv"""

    KEY: ClassVar = ("member", "mineral")
    member: Name = required("", "name of the member")
    mineral: Name = required("", "mineral it uses")
    daily_use_t: NonNegative = required("t/day", "use a day")


class HouseRow(Row):
    """houses.csv"""

    KEY: ClassVar = ("house",)
    house: Name = required("", "name of the trading house")
    commission_pct: NonNegative = column("%", "commission on what the house is paid", 0.0)
    engage_fee_usd: NonNegative = column("USD", "once, when first engaged", 0.0)
    engaged: YesNo = column("yes/no", "already engaged: no fee any more", False)
    weekly_capacity_t: NonNegative | None = column("t/week", "most tonnes ordered in a week")
    capacity_t: NonNegative | None = column("t", "most tonnes ordered in all")
    max_spend_usd: NonNegative | None = column("USD", "most order cash of its tickets")


class OfferRow(Row):
    """offers.csv"""

    KEY: ClassVar = ("offer",)
    offer: Name = required("", "name of the offer")
    house: Name = required("", "house that makes it")
    mineral: Name = required("", "mineral it sells")
    origin: Name | None = column("", "country the goods come from")
    price_usd_per_t: NonNegative | None = column("USD/t", "fixed quote; none: benchmark with premiums")
    premium_pct: Number = column("%", "on the benchmark, where no price is named", 0.0)
    premium_usd_per_t: Number = column("USD/t", "added after premium_pct, where no price is named", 0.0)
    lot_t: Positive | None = column("t", "orders are whole lots of it")
    min_order_t: NonNegative = column("t", "least tonnes of an order", 0.0)
    max_week_t: NonNegative | None = column("t", "most tonnes of an order")
    max_t: NonNegative | None = column("t", "most tonnes over the plan")
    commit_t: NonNegative = column("t", "least tonnes over the plan (take or pay)", 0.0)
    from_week: Week = column("week", "first week of orders", 1)
    to_week: Week | None = column("week", "last week of orders; none: T")
    lead_weeks: Count = column("weeks", "from order to arrival", 0)
    order_fee_usd: NonNegative = column("USD", "once a ticket", 0.0)
    freight_usd_per_t: NonNegative = column("USD/t", "freight", 0.0)
    pay_on_order_pct: Percent = column("%", "of the landed part, paid in the week of order", 100.0)
    pay_after_weeks: Count = column("weeks", "after arrival, in which the rest is paid", 0)
    discount: Discount = column("", "how tiers price an order", "all_units")
    restricted_content_pct: Percent = column("%", "content of restricted origin", 0.0)
    licensed: YesNo = column("yes/no", "holds an export licence", False)
    esg_score: Number | None = column("score", "blank passes any minimum")


class TierRow(Row):
    """tiers.csv"""

    KEY: ClassVar = ("offer", "from_t")
    offer: Name = required("", "offer the tier belongs to")
    from_t: NonNegative = required("t", "where the tier begins")
    to_t: NonNegative | None = column("t", "where it ends; blank: the next tier's from_t")
    discount_pct: Number = required("%", "off the quote; negative: a surcharge")


class PriceRow(Row):
    """prices.csv"""

    KEY: ClassVar = ("mineral", "week")
    mineral: Name = required("", "mineral")
    week: Week = required("week", "week from which the price holds until the next one listed")
    price_usd_per_t: NonNegative = required("USD/t", "benchmark price")


class OriginRow(Row):
    """origins.csv"""

    KEY: ClassVar = ("origin",)
    origin: Name = required("", "country")
    group: Name | None = column("", "trading club or other group of origins")
    barred: YesNo = column("yes/no", "nothing may be ordered from there", False)
    barred_from_week: Week | None = column("week", "nothing may arrive in or after it")
    extra_lead_weeks: Count = column("weeks", "on top of every offer's lead (licences)", 0)


class DutyRow(Row):
    """duties.csv"""

    KEY: ClassVar = ("origin", "mineral")
    origin: Name = required("", "origin or group")
    mineral: NameOrAny = required("", "mineral, or * for all")
    duty_pct: NonNegative = required("%", "duty on what the house is paid")


class FloorRow(Row):
    """floors.csv"""

    KEY: ClassVar = ("mineral", "origin")
    mineral: Name = required("", "mineral")
    origin: Name | None = column("", "origin or group; blank: every origin")
    floor_usd_per_t: NonNegative = required("USD/t", "the floor")
    mechanism: Mechanism = required(
        "", "minimum: paid to the house; cfd: to the producer; levy: to the border; reject: no sale below"
    )
    payer: Payer = column("", "who pays the difference of a cfd", "reserve")
    upside_pct: Percent = column("%", "of what a price is above the floor, paid to the reserve under its cfd", 0.0)


class ShareRow(Row):
    """shares.csv"""

    KEY: ClassVar = ("mineral", "by", "name")
    mineral: NameOrAny = required("", "mineral, or * for order cash of all tickets")
    by: ShareBy = required("", "what is shared out")
    name: Name = required("", "house, origin or group")
    min_share: Share | None = column("1", "least share")
    max_share: Share | None = column("1", "largest share")


class SiteRow(Row):
    """sites.csv"""

    KEY: ClassVar = ("site",)
    site: Name = required("", "name of the store")
    capacity_m3: NonNegative | None = column("m3", "room")
    inbound_t_per_week: NonNegative | None = column("t/week", "most tonnes put away in a week")
    handling_usd_per_t: NonNegative = column("USD/t", "on what is put away", 0.0)
    rent_usd_per_m3_week: NonNegative = column("USD/m3/week", "on end-of-week volume", 0.0)
    max_value_usd: NonNegative | None = column("USD", "most value in store, at benchmark prices")
    accepts: Text = column("", "storage classes with ; between; blank: all")


class StockRow(Row):
    """stock.csv"""

    KEY: ClassVar = ("mineral", "site", "age_weeks")
    mineral: Name = required("", "mineral")
    site: Name = required("", "store it lies in")
    tonnes: NonNegative = required("t", "in store before week 1")
    age_weeks: Count = column("weeks", "since it came in, at the start of week 1", 0)


class InboundRow(Row):
    """inbound.csv"""

    KEY: ClassVar = ("mineral", "site", "week")
    mineral: Name = required("", "mineral")
    site: Name = required("", "store it goes to")
    week: Week = required("week", "week it arrives")
    tonnes: NonNegative = required("t", "under way")
    due_usd: NonNegative = column("USD", "paid in its week", 0.0)


class ReleaseRow(Row):
    """releases.csv"""

    KEY: ClassVar = ("week",)
    week: Week = required("week", "week the money comes free")
    usd: NonNegative = required("USD", "money that comes free")


class FundingRow(Row):
    """funding.csv"""

    KEY: ClassVar = ("source",)
    source: Name = required("", "source of money")
    limit_usd: NonNegative | None = column("USD", "most drawn, earlier drawings included")
    rate_pct: NonNegative = column("%/year", "interest on the balance drawn", 0.0)
    from_week: Week = column("week", "first week of draws", 1)
    max_share: Share | None = column("1", "largest part of all draws, up to every week")
    drawn_usd: NonNegative = column("USD", "drawn before week 1", 0.0)
    to_week: Count | None = column("week", "last week of draws, 0 where it has ended; what is drawn may stay drawn")
    undrawn_pct: Percent = column("%/year", "fee on limit_usd less what is drawn, up to to_week", 0.0)
    draw_fee_pct: Percent = column("%", "fee on each draw", 0.0)


class TargetRow(Row):
    """targets.csv"""

    KEY: ClassVar = ("mineral", "week")
    mineral: Name = required("", "mineral")
    week: Week = required("week", "at the end of which the cover is wanted")
    days: NonNegative = required("days", "cover wanted")
    must_days: NonNegative | None = column("days", "cover that must be there")


class WithdrawalRow(Row):
    """withdrawals.csv"""

    KEY: ClassVar = ("withdrawal",)
    withdrawal: Name = required("", "name of the withdrawal")
    member: Name | None = column("", "member that draws")
    mineral: Name = required("", "mineral")
    week: Week = required("week", "week")
    tonnes: NonNegative = required("t", "tonnes wanted")
    kind: WithdrawalKind = column("", "taken for good, lent until repay_week, or sold", "take")
    repay_week: Week | None = column("week", "of a loan: in which it comes back, later than its week")
    premium_pct: NonNegative = column("%", "of a loan: so much more comes back than was lent", 0.0)
    pays_usd_per_t: NonNegative | None = column(
        "USD/t",
        "paid by who draws, for what is served, in its week; blank: 0, and of a sale the entitlement's "
        "inventory_usd_per_t, else the benchmark",
    )


class MemberRow(Row):
    """members.csv"""

    KEY: ClassVar = ("member",)
    member: Name = required("", "name of the member")
    priority: Priority = column("", "1 to 9; 1 is served first", 5)
    fee_usd_per_year: NonNegative = column("USD/year", "paid for the right to draw; in no cost", 0.0)
    carry_share: Share | None = column("1", "part of carrying costs; blank: an equal part of what the others leave")


class EntitlementRow(Row):
    """entitlements.csv"""

    KEY: ClassVar = ("member", "mineral")
    member: Name = required("", "member")
    mineral: Name = required("", "mineral")
    tonnes: NonNegative | None = column(
        "t", "most drawn over the plan, loans that are back not counted; none: no limit"
    )
    max_week_t: NonNegative | None = column("t/week", "most drawn in a week; none: no limit")
    inventory_usd_per_t: NonNegative | None = column("USD/t", "price at which it is sold to the member")


class OwedRow(Row):
    """owed.csv"""

    KEY: ClassVar = ("member", "mineral", "week")
    member: Name = required("", "member that borrowed before the plan")
    mineral: Name = required("", "mineral")
    week: Week = required("week", "in which it comes back")
    tonnes: NonNegative = required("t", "tonnes that come back")
    site: Name | None = column("", "store it comes to; blank: the first that takes the mineral's class")


class BidRow(Row):
    """bids.csv"""

    KEY: ClassVar = ("bid",)
    bid: Name = required("", "name of the bid")
    house: Name = required("", "house that buys")
    mineral: Name = required("", "mineral it buys")
    price_usd_per_t: NonNegative | None = column("USD/t", "fixed price; none: benchmark with premiums")
    premium_pct: Number = column("%", "on the benchmark, where no price is named", 0.0)
    premium_usd_per_t: Number = column("USD/t", "added after premium_pct, where no price is named", 0.0)
    lot_t: Positive | None = column("t", "sales are whole lots of it")
    min_t: NonNegative = column("t", "least tonnes of a sale", 0.0)
    max_week_t: NonNegative | None = column("t", "most tonnes of a sale")
    max_t: NonNegative | None = column("t", "most tonnes over the plan")
    from_week: Week = column("week", "first week of sales", 1)
    to_week: Week | None = column("week", "last week of sales; none: T")
    fee_usd: NonNegative = column("USD", "once a sale", 0.0)
    surplus: YesNo = column("yes/no", "buys more than what would lapse in the plan", False)


class SubstituteRow(Row):
    """substitutes.csv"""

    KEY: ClassVar = ("mineral", "by")
    mineral: Name = required("", "mineral whose targets it helps to meet")
    by: Name = required("", "mineral that stands for it")
    factor: Positive = required("t/t", "tonnes of mineral that a tonne of by stands for")
    max_share: Share | None = column("1", "largest part of a target that it may meet; none: all of it")


class PriorRow(Row):
    """prior.csv"""

    KEY: ClassVar = ("offer", "week")
    offer: Name = required("", "offer")
    week: Week = required("week", "week of the order, numbered as in this instance")
    tonnes: NonNegative = required("t", "tonnes ordered")


class VolatilityRow(Row):
    """volatility.csv"""

    KEY: ClassVar = ("mineral",)
    mineral: Name = required("", "mineral whose benchmark moves; one not listed keeps its price in every draw")
    volatility_pct: NonNegative = required("%/year", "standard deviation of the price's log change over a year")
    series: Text = column("", "the series it was worked out from; for the reader")


class CorrelationRow(Row):
    """correlations.csv"""

    KEY: ClassVar = ("mineral", "other")
    mineral: Name = required("", "mineral")
    other: Name = required("", "another mineral; the pair is listed once, in either order")
    correlation: Correlation = required("1", "of their log changes; a pair not listed moves independently")


class FutureRow(Row):
    """futures.csv"""

    KEY: ClassVar = ("future",)
    future: Name = required("", "one way things may go")
    probability: Share | None = column("1", "of all futures together 1; blank: an equal part of what the others leave")
    known_week: Week | None = column(
        "week", "first week at whose start it is known; blank: 2, or after the plan where nothing changes"
    )
    in_transit: InTransit = column("", "what becomes of goods under way that it bars", "lost")
    note: Text = column("", "for the reader")


class FutureChangeRow(Row):
    """future_changes.csv"""

    KEY: ClassVar = ("future", "n")
    future: Name = required("", "future in which it is made")
    n: Count = required("1", "changes of a future are made in the order of these numbers")
    change: Written = required("", "a change or an event, as a what-if takes it")


class HazardRow(Row):
    """hazards.csv"""

    KEY: ClassVar = ("hazard",)
    hazard: Name = required("", "what may strike once")
    change: Written = required("", "a change or an event, with $week for the week in which it strikes")
    chance: Share = required("1", "that it strikes in the plan")
    from_week: Week | None = column("week", "first week in which it may strike; blank: 2")
    to_week: Week | None = column("week", "last week in which it may strike; blank: the last of the plan")
