"""A problem: an instance with its defaults filled in and its look-ups worked out, immutable.

No formula of the model is worked out here: the formulation and the judge each do that on their own, so that
one can be held against the other. Everything is sorted by key, so the order of rows in a file means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from orebook.exact import Fraction
from orebook.late import Late
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.schema.tables import Discount, InTransit, Mechanism, Payer, ShareBy, WithdrawalKind

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Mineral:
    """A mineral; `use_t_per_day` is 0 where nobody uses it: no targets, no ceiling, no cover."""

    name: str
    use_t_per_day: float
    price_usd_per_t: float
    critical_days: float
    max_days: float | None
    criticality: float
    value_usd_per_day: float | None
    storage_class: str
    m3_per_t: float
    budget_usd: float | None
    min_houses: int | None
    max_houses: int | None
    split_min_share: float
    market_t_per_week: float | None
    shelf_weeks: int | None = None
    """The age, in weeks, at which a tonne has lapsed; None: it does not age."""


@dataclass(frozen=True, slots=True)
class House:
    """A trading house."""

    name: str
    commission_pct: float
    engage_fee_usd: float
    engaged: bool
    weekly_capacity_t: float | None
    capacity_t: float | None
    max_spend_usd: float | None


@dataclass(frozen=True, slots=True)
class Tier:
    """A quantity tier from `from_t` to `to_t` (None: no end), both in tonnes and both included."""

    from_t: float
    to_t: float | None
    discount_pct: float


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer; it always has a tier, the first from 0 t where the file lists none."""

    name: str
    house: str
    mineral: str
    origin: str | None
    price_usd_per_t: float | None
    premium_pct: float
    premium_usd_per_t: float
    lot_t: float | None
    min_order_t: float
    max_week_t: float | None
    max_t: float | None
    commit_t: float
    from_week: int
    to_week: int
    lead_weeks: int
    order_fee_usd: float
    freight_usd_per_t: float
    pay_on_order_pct: float
    pay_after_weeks: int
    """After arrival, in which what is not paid on order is paid."""
    discount: Discount
    restricted_content_pct: float
    licensed: bool
    esg_score: float | None
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """A country of origin."""

    name: str
    group: str | None
    barred: bool
    barred_from_week: int | None
    extra_lead_weeks: int


@dataclass(frozen=True, slots=True)
class Floor:
    """A price floor; `origin` is an origin, a group, or None for every origin."""

    mineral: str
    origin: str | None
    floor_usd_per_t: float
    mechanism: Mechanism
    payer: Payer = "reserve"
    upside_pct: float = 0.0
    """Of what a tier is above the floor, paid to the reserve under a `cfd` of its own."""


@dataclass(frozen=True, slots=True)
class Share:
    """Bounds on a share; `mineral` is `*` for order cash of all tickets."""

    mineral: str
    by: ShareBy
    name: str
    min_share: float | None
    max_share: float | None


@dataclass(frozen=True, slots=True)
class Site:
    """A store; `accepts` is None where it takes every storage class."""

    name: str
    capacity_m3: float | None
    inbound_t_per_week: float | None
    handling_usd_per_t: float
    rent_usd_per_m3_week: float
    max_value_usd: float | None
    accepts: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Inbound:
    """Goods under way before the plan."""

    mineral: str
    site: str
    week: int
    tonnes: float
    due_usd: float


@dataclass(frozen=True, slots=True)
class Source:
    """A source of money."""

    name: str
    limit_usd: float | None
    rate_pct: float
    from_week: int
    max_share: float | None
    drawn_usd: float
    to_week: int | None = None
    """The last week of draws; 0 where that was before the plan, None where there is none."""
    undrawn_pct: float = 0.0
    """A year, on the limit less the balance, up to `to_week`."""
    draw_fee_pct: float = 0.0

    def undrawn_in(self, week: int) -> float:
        """% a year on what is not drawn in a week; 0 after the last one in which it lends."""
        return 0.0 if self.ended(week) else self.undrawn_pct

    def ended(self, week: int) -> bool:
        """Whether its last week of draws is over in a week."""
        return self.to_week is not None and week > self.to_week


@dataclass(frozen=True, slots=True)
class Target:
    """Cover wanted of a mineral (one with use) at the end of a week."""

    mineral: str
    week: int
    days: float
    must_days: float | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A planned withdrawal."""

    name: str
    member: str | None
    mineral: str
    week: int
    tonnes: float
    pays_usd_per_t: float = 0.0
    kind: WithdrawalKind = "take"
    repay_week: int | None = None
    """Of a loan; it may be after the plan."""
    premium_pct: float = 0.0

    def is_out(self, week: int) -> bool:
        """Whether what is drawn is out of the reserve at the end of a week: from its own on, a loan until it is back."""
        return self.week <= week and (self.repay_week is None or week < self.repay_week)


USUAL_PRIORITY = 5
"""Of a withdrawal without a member, and of a member that is not listed."""


@dataclass(frozen=True, slots=True)
class Member:
    """Who may draw. `carry_share` is its part of what carrying the reserve costs, exact; those of all members are 1."""

    name: str
    priority: int
    fee_usd_per_year: float
    carry_share: Fraction


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a member may draw of a mineral: over the plan and in a week; None: no limit."""

    member: str
    mineral: str
    tonnes: float | None
    max_week_t: float | None
    inventory_usd_per_t: float | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A loan from before the plan that comes back; it is among what is `inbound`, where its week is in the plan."""

    member: str
    mineral: str
    site: str
    week: int
    tonnes: float


@dataclass(frozen=True, slots=True)
class Bid:
    """What a house would buy out of the reserve; a sale of it is of one week."""

    name: str
    house: str
    mineral: str
    price_usd_per_t: float | None
    premium_pct: float
    premium_usd_per_t: float
    lot_t: float | None
    min_t: float
    max_week_t: float | None
    max_t: float | None
    from_week: int
    to_week: int
    fee_usd: float
    surplus: bool
    """Whether it buys more than what would lapse."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What makes one mineral of another: `yield_t` tonnes of `into` of a tonne of `source`, `lead_weeks` later."""

    name: str
    source: str
    into: str
    yield_t: float
    fee_usd_per_t: float
    capacity_t_per_week: float | None
    lead_weeks: int
    lot_t: float | None


@dataclass(frozen=True, slots=True)
class Substitute:
    """A mineral that stands for another in its targets: a tonne of `by` for `factor` tonnes, up to a part of the target."""

    mineral: str
    by: str
    factor: float
    max_share: float | None


@dataclass(frozen=True, slots=True)
class Future:
    """One way things may go: from the start of `known_week` on (2..T+1) it is known, and the changes hold.

    `probability` is above 0; those of all futures come to 1. `in_transit` is what becomes of goods under way that it bars.
    """

    name: str
    probability: float
    known_week: int
    in_transit: InTransit
    note: str | None
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """Everything a plan is made from: an instance with its defaults filled in, immutable; every mapping sorted by its key.

    Money is in USD, amounts in tonnes, targets in days of use, weeks count from 1 to `weeks`. Figures are floats as typed;
    `orebook.exact.exact` gives the decimal that was meant. `orebook.read` makes one of files, `Problem.from_frames` of
    DataFrames. Problems can be pickled; those of equal content have an equal `digest`, by which they are hashed.

        >>> import orebook
        >>> problem = orebook.read("vault-small")
        >>> problem
        Problem vault-small: 6 minerals, 16 offers, 4 weeks
        >>> problem.minerals["copper"].price_usd_per_t
        13000.0
        >>> problem.change("minerals.copper.price_usd_per_t=+10%").minerals["copper"].price_usd_per_t
        14300.0
    """

    name: str
    """Short; plans go to plans/NAME."""
    title: str | None
    """A line for people."""
    start: date | None
    """The first day of week 1."""
    weeks: int
    """T, the length of the plan."""
    budget_usd: float | None
    """Cash over the plan in USD; None: no limit."""
    max_restricted_content_pct: float | None
    """The most restricted content of an unlicensed offer in %; None: no limit."""
    min_esg_score: float | None
    """The least score of an offer that has one; None: no limit."""
    frozen_weeks: int
    """Weeks, from the first, in which the prior plan's tickets stand."""
    max_market_share: float | None
    """The largest part (0 to 1) of a mineral's weekly market; None: no limit."""
    max_houses: int | None
    """Houses engaged in the whole plan; None: no limit."""
    minerals: Mapping[str, Mineral]
    """Name -> mineral; so of houses, offers, origins, sites, sources and withdrawals."""
    houses: Mapping[str, House]
    """Who sells."""
    offers: Mapping[str, Offer]
    """What is sold, by whom, in which weeks and tiers; prices in USD/t."""
    origins: Mapping[str, Origin]
    """Countries, which may be barred or late."""
    duties: Mapping[tuple[str, str], float]
    """(origin or group, mineral or `*`) -> duty_pct."""
    floors: tuple[Floor, ...]
    """Least prices in USD/t, by mineral and origin."""
    shares: tuple[Share, ...]
    """Bounds (0 to 1) on the share of a house, an origin or a group."""
    sites: Mapping[str, Site]
    """Stores; where the instance has none, one of any size."""
    stock: Mapping[tuple[str, str], float]
    """(mineral, site) -> tonnes before week 1, zeros left out."""
    inbound: tuple[Inbound, ...]
    """Arrivals in weeks 1..T; later ones are left out (and warned of)."""
    released: Mapping[int, float] | None
    """week -> USD that comes free in it; None: no release limit."""
    sources: Mapping[str, Source]
    """Of money; where the instance has none, one without a limit."""
    targets: tuple[Target, ...]
    """Days of cover wanted, by mineral and week."""
    withdrawals: Mapping[str, Withdrawal]
    """Planned ones, in tonnes."""
    prior: Mapping[tuple[str, int], float]
    """(offer, week) -> tonnes, offers and weeks that no longer exist included; empty: no prior plan."""
    benchmark: Mapping[tuple[str, int], float]
    """(mineral, week) -> USD/t for every mineral and week 1..T."""
    document: Document = field(repr=False, compare=False)
    """The instance as its tables say it."""
    digest: str
    """A hash of the content: the same for any order of rows, and for a number however it was typed."""
    changes: tuple[str, ...] = ()
    """The changes that made this problem from the instance that was read."""
    members: Mapping[str, Member] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Who may draw, by name: those listed, and those that any other table names."""
    entitlements: Mapping[tuple[str, str], Entitlement] | None = field(default=None, repr=False)
    """(member, mineral) -> what it may draw; a member without one draws nothing of it. None: nobody is limited."""
    owed: tuple[Owed, ...] = field(default=(), repr=False)
    """Loans from before the plan that come back, those of later weeks too."""
    stock_by_age: Mapping[tuple[str, str, int], float] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """(mineral, site, weeks since it came in) -> tonnes before week 1, zeros left out."""
    bids: Mapping[str, Bid] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Who would buy what out of the reserve."""
    conversions: Mapping[str, Conversion] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """What can be made of what; they form no ring."""
    substitutes: Mapping[tuple[str, str], Substitute] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """(mineral, by) -> how `by` stands for it."""
    futures: tuple[Future, ...] = field(default=(), repr=False, compare=False)
    """What may come, by name; no plan of `solve` hangs on them. Empty: one future, the instance as it stands."""
    rules_off: frozenset[RuleName] = frozenset()
    """Rules that a change switched off; `governing` leaves them out of a model."""
    world: World | None = field(default=None, repr=False)
    """Where the changes are known only from a week on: what holds before it and from it; see `at` and `terms`."""

    def __repr__(self) -> str:
        counts = ", ".join(f"{there:,} {what if there != 1 else what[:-1]}" for what, there in self._counts().items())
        changed = f", after {'; '.join(self.changes)}" if self.changes else ""
        return f"Problem {self.name}: {counts}{changed}"

    def _repr_html_(self) -> str:
        """What a notebook shows: a row a figure."""
        figures: dict[str, object] = {
            **{what: f"{there:,}" for what, there in self._counts().items()},
            "houses": f"{len(self.houses):,}",
            "stores": f"{len(self.sites):,}",
            "starts": self.start,
            "budget": None if self.budget_usd is None else f"{self.budget_usd:,.0f} USD",
            "changes": "; ".join(self.changes),
            "digest": self.digest,
        }
        rows = "".join(f"<tr><th>{k}</th><td>{escape(str(v))}</td></tr>" for k, v in figures.items() if v)
        return f"<table><caption>{escape(self.title or self.name)}</caption>{rows}</table>"

    def _counts(self) -> dict[str, int]:
        return {"minerals": len(self.minerals), "offers": len(self.offers), "weeks": self.weeks}

    def __hash__(self) -> int:
        return hash(self.digest)

    def __getstate__(self) -> dict[str, Any]:
        return {name: dict(v) if isinstance(v, MappingProxyType) else v for name, v in self.__dict__.items()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update({k: MappingProxyType(v) if isinstance(v, dict) else v for k, v in state.items()})

    @classmethod
    def from_frames(
        cls, frames: Mapping[str, DataFrame], *, weeks: int, name: str = "frames", **head: object
    ) -> Problem:
        """The problem in DataFrames, one a table.

        `frames`: the name of a table -> a DataFrame with a row a row and a column a column of `TABLE.csv`, as
          `orebook workbook` explains them: minerals, houses and offers at least. NaN, NaT, None and an empty text
          are blanks; an index with a name is a column. `weeks` is the length of the plan, `name` its short name,
          and `head` has any other key of `instance.toml`, such as `budget_usd=2e6` or `start=date(2026, 1, 5)`.

        Raises InputError with every fault; rows are counted as in a file, whose header is row 1.

            >>> import pandas as pd
            >>> from orebook import Problem
            >>> minerals = pd.DataFrame({"mineral": ["tin"], "daily_use_t": [1.0], "price_usd_per_t": [30_000.0]})
            >>> houses = pd.DataFrame({"house": ["traxys"]})
            >>> offers = pd.DataFrame({"offer": ["a"], "house": ["traxys"], "mineral": ["tin"], "max_week_t": [float("nan")]})
            >>> Problem.from_frames({"minerals": minerals, "houses": houses, "offers": offers}, weeks=4, target_days=30)
            Problem frames: 1 mineral, 1 offer, 4 weeks
        """
        return FROM_FRAMES(frames, {"name": name, "weeks": weeks, **head})

    def change(self, *changes: str, known: int | None = None, in_transit: InTransit = "lost") -> Problem:
        """The problem after changes, made in order; this one stays as it is.

        `changes`: texts such as `minerals.copper.price_usd_per_t=+10%`, `rules.shares=off` or
          `house_out(house=hartree, week=5)`, as README lists them.
        `known`: the first week at whose start they are known, 2 to T + 1 (never in the plan); None: all along. Orders of
          earlier weeks are placed at the terms before the changes.
        `in_transit`: what becomes of goods under way then whose origin the changes bar: `lost`, lost with a `refund` of what
          was paid on order, or they `arrive` all the same.

        Raises InputError where a change names nothing or does not fit: the fault's file is the change.

            >>> import orebook
            >>> orebook.read("vault-small").change("instance.budget_usd=-20%", "rules.shares=off")
            Problem vault-small: 6 minerals, 16 offers, 4 weeks, after instance.budget_usd=-20%; rules.shares=off
        """
        return CHANGE(self, changes, known, in_transit)

    def governing(self, model: Model) -> Model:
        """The model that holds for this problem: without the rules that a change switched off."""
        return model.without(*sorted(self.rules_off)) if self.rules_off else model

    def at(self, week: int) -> Problem:
        """The problem whose figures hold in a week; the problem itself where no later week brings news."""
        return self if self.world is None else self.world.at(week)

    def ages(self, mineral: str) -> bool:
        """Whether the mineral has a shelf life in any week."""
        return any(self.at(w).minerals[mineral].shelf_weeks is not None for w in range(1, self.weeks + 1))

    def terms(self, week: int) -> Problem:
        """The problem at whose terms an order of a week is placed: a frozen ticket's are those before any news."""
        return (
            self if self.world is None else self.world.before.terms(week) if self.frozen(week) else self.world.at(week)
        )

    def source(self, name: str, week: int) -> Source:
        """A source of money as it lends in a week; one that is not there then lends nothing, at the rate that it has else."""
        row = self.at(week).sources.get(name)
        return row or replace(self.sources[name], to_week=0, max_share=None, draw_fee_pct=0.0)

    def priority(self, withdrawal: Withdrawal) -> int:
        """The priority of who draws, in the week of the withdrawal; 5 where nobody is named."""
        member = self.at(withdrawal.week).members.get(withdrawal.member or "")
        return USUAL_PRIORITY if member is None else member.priority

    def bid_open(self, bid: str, week: int) -> bool:
        """Whether anything can be sold to a bid in a week."""
        row = self.at(week).bids.get(bid)
        return row is not None and row.from_week <= week <= row.to_week

    def group_of(self, offer: Offer) -> str | None:
        """The group of the offer's origin; None where it has no origin or the origin no group."""
        origin = self.origin_of(offer)
        return origin.group if origin else None

    def origin_of(self, offer: Offer) -> Origin | None:
        """The row of the offer's origin; None where there is none."""
        return self.origins.get(offer.origin) if offer.origin else None

    def arrives(self, offer: Offer, week: int) -> int:
        """The week in which an order of that week arrives; may lie beyond T, as it does for goods lost on the way."""
        if self.world is not None:
            return self.world.arrives(offer, week, frozen=self.frozen(week))
        origin = self.origin_of(offer)
        return week + offer.lead_weeks + (origin.extra_lead_weeks if origin else 0)

    def promised(self, offer: str, week: int) -> int:
        """The week in which an order of that week was to arrive, as it was ordered; it may be late, or lost, by news since."""
        terms = self.terms(week)
        return terms.arrives(terms.offers[offer], week)

    def late(self, offer: str, week: int) -> bool:
        """Whether an order of that week arrives later than it was ordered for."""
        if self.world is None:
            return False
        ordered = self.terms(week).offers[offer]
        return not self.lost(ordered, week) and self.arrives(ordered, week) > self.promised(offer, week)

    def lost(self, offer: Offer, week: int) -> bool:
        """Whether what is ordered in that week never arrives, as its origin is barred while it is under way."""
        return self.world is not None and self.world.lost(offer, week, frozen=self.frozen(week))

    def refunds(self, offer: Offer, week: int) -> bool:
        """Whether what was paid on such an order, its fee apart, is given back as it is lost."""
        return self.lost(offer, week) and self.world is not None and self.world.in_transit == "refund"

    def frozen(self, week: int) -> bool:
        """Whether the prior plan's tickets stand in that week."""
        return bool(self.prior) and week <= self.frozen_weeks

    @property
    def money_returns_from(self) -> int | None:
        """The first week in which money may come in; None where none ever does, so that sources are drawn and no more."""
        weeks = [w.week for w in self.withdrawals.values() if w.pays_usd_per_t > 0 and w.tonnes > 0]
        weeks += [week for bid in self.bids for week in range(1, self.weeks + 1) if self.bid_open(bid, week)]
        refunds = self.world is not None and any(
            self.refunds(offer, week)
            for week in range(1, self.weeks + 1)
            for offer in self.terms(week).offers.values()
            if offer.pay_on_order_pct > 0
        )
        return min([*weeks, self.world.known_week] if refunds and self.world else weeks, default=None)

    def monday(self, week: int) -> date | None:
        """The first day of a week; None where the instance has no start."""
        return self.start + timedelta(weeks=week - 1) if self.start else None


@dataclass(frozen=True, slots=True)
class World:
    """What holds before `known_week` and from it on. Where news comes more than once, `before` has a world of its own."""

    before: Problem
    after: Problem
    known_week: int
    in_transit: InTransit

    def at(self, week: int) -> Problem:
        """The problem that holds in a week."""
        return self.before.at(week) if week < self.known_week else self.after

    def arrives(self, offer: Offer, week: int, *, frozen: bool) -> int:
        """The week in which an order of a week arrives; T + 1 where it is lost."""
        if week >= self.known_week and not frozen:
            return self.after.arrives(offer, week)
        if self.lost(offer, week, frozen=frozen):
            return self.before.weeks + 1
        return self._late(offer, week)

    def lost(self, offer: Offer, week: int, *, frozen: bool) -> bool:
        """Whether an order was under way when its origin was barred, and the bar stops it."""
        if week >= self.known_week and not frozen:
            return False
        if self.before.lost(offer, week):
            return True
        if self.in_transit == "arrive":
            return False
        planned, late = self.before.arrives(offer, week), self._late(offer, week)
        return planned >= self.known_week and _bars(self.after, offer, late) and not _bars(self.before, offer, planned)

    def _late(self, offer: Offer, week: int) -> int:
        """The week of arrival of an order placed before the news: later by what its origin takes longer, if under way."""
        planned = self.before.arrives(offer, week)
        if planned < self.known_week:
            return planned
        return planned + max(0, _extra_weeks(self.after, offer) - _extra_weeks(self.before, offer))


def _bars(problem: Problem, offer: Offer, arrives: int) -> bool:
    """Whether the offer's origin is barred in the week of arrival."""
    origin = problem.origin_of(offer)
    if origin is None:
        return False
    return origin.barred or (origin.barred_from_week is not None and arrives >= origin.barred_from_week)


def _extra_weeks(problem: Problem, offer: Offer) -> int:
    origin = problem.origin_of(offer)
    return origin.extra_lead_weeks if origin else 0


CHANGE: Late[[Problem, Sequence[str], int | None, InTransit], Problem] = Late()
"""The problem after changes."""
FROM_FRAMES: Late[[Mapping[str, DataFrame], Mapping[str, object]], Problem] = Late()
"""The problem in DataFrames by table, and the head of its instance."""
