"""A problem: an instance with its defaults filled in and its look-ups worked out, immutable.

No formula of the model is worked out here: the formulation and the judge each do that on their own, so that
one can be held against the other. Everything is sorted by key, so the order of rows in a file means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from orebook.late import Late
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.schema.tables import Discount, InTransit, Mechanism, ShareBy

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
    futures: tuple[Future, ...] = field(default=(), repr=False, compare=False)
    """What may come, by name; no plan of `solve` hangs on them. Empty: one future, the instance as it stands."""
    rules_off: frozenset[RuleName] = frozenset()
    """Rules that a change switched off; `governing` leaves them out of a model."""

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

    def change(self, *changes: str) -> Problem:
        """The problem after changes, made in order; this one stays as it is.

        `changes`: texts such as `minerals.copper.price_usd_per_t=+10%`, `rules.shares=off` or
          `house_out(house=hartree, week=5)`, as README lists them.

        Raises InputError where a change names nothing or does not fit: the fault's file is the change.

            >>> import orebook
            >>> orebook.read("vault-small").change("instance.budget_usd=-20%", "rules.shares=off")
            Problem vault-small: 6 minerals, 16 offers, 4 weeks, after instance.budget_usd=-20%; rules.shares=off
        """
        return CHANGE(self, changes)

    def governing(self, model: Model) -> Model:
        """The model that holds for this problem: without the rules that a change switched off."""
        return model.without(*sorted(self.rules_off)) if self.rules_off else model

    def group_of(self, offer: Offer) -> str | None:
        """The group of the offer's origin; None where it has no origin or the origin no group."""
        origin = self.origins.get(offer.origin) if offer.origin else None
        return origin.group if origin else None

    def arrives(self, offer: Offer, week: int) -> int:
        """The week in which an order of that week arrives; may lie beyond T."""
        origin = self.origins.get(offer.origin) if offer.origin else None
        return week + offer.lead_weeks + (origin.extra_lead_weeks if origin else 0)

    def frozen(self, week: int) -> bool:
        """Whether the prior plan's tickets stand in that week."""
        return bool(self.prior) and week <= self.frozen_weeks

    def monday(self, week: int) -> date | None:
        """The first day of a week; None where the instance has no start."""
        return self.start + timedelta(weeks=week - 1) if self.start else None


CHANGE: Late[[Problem, Sequence[str]], Problem] = Late()
"""The problem after changes."""
FROM_FRAMES: Late[[Mapping[str, DataFrame], Mapping[str, object]], Problem] = Late()
"""The problem in DataFrames by table, and the head of its instance."""
