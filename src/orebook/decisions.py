"""What a plan decides, and nothing that follows from it, in exact numbers: orders, puts, outs, sales, conversions, what stands
in for what, draws and repays."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.exact import Fraction, exact
from orebook.schema.plan import PlanDocument


@dataclass(frozen=True, slots=True)
class Order:
    """Tonnes ordered from an offer in a week. `tier` is from_t of the tier that prices it, None the cheapest."""

    offer: str
    week: int
    tonnes: Fraction
    tier: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """Tonnes put into a store in a week."""

    mineral: str
    site: str
    week: int
    tonnes: Fraction


@dataclass(frozen=True, slots=True)
class Out:
    """Tonnes taken out of a store for a withdrawal, in the withdrawal's week."""

    withdrawal: str
    site: str
    tonnes: Fraction


@dataclass(frozen=True, slots=True)
class Sale:
    """Tonnes taken out of a store for a bid in a week."""

    bid: str
    site: str
    week: int
    tonnes: Fraction


@dataclass(frozen=True, slots=True)
class Converted:
    """Tonnes taken out of a store for a conversion in a week."""

    conversion: str
    site: str
    week: int
    tonnes: Fraction


@dataclass(frozen=True, slots=True)
class StandIn:
    """Tonnes of `by` that stand for a mineral in its target of a week."""

    mineral: str
    by: str
    week: int
    tonnes: Fraction


@dataclass(frozen=True, slots=True)
class Draw:
    """USD drawn from a source in a week."""

    source: str
    week: int
    usd: Fraction


@dataclass(frozen=True, slots=True)
class Repay:
    """USD paid back to a source in a week."""

    source: str
    week: int
    usd: Fraction


@dataclass(frozen=True, slots=True)
class Decisions:
    """A whole plan's decisions, zero amounts left out, each part sorted.

    What lies idle is none: it is what draws, receipts, cash and repays leave. `engaged` houses are so whether or not a ticket
    is theirs, as they have one in another future of a hedged plan.
    """

    orders: tuple[Order, ...] = ()
    puts: tuple[Put, ...] = ()
    outs: tuple[Out, ...] = ()
    sales: tuple[Sale, ...] = ()
    conversions: tuple[Converted, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    draws: tuple[Draw, ...] = ()
    repays: tuple[Repay, ...] = ()
    engaged: tuple[str, ...] = ()

    @classmethod
    def of(cls, plan: PlanDocument) -> Decisions:
        """The decisions that stand in a plan.json; its other figures are ignored."""
        return cls(
            orders=tuple(
                Order(t.offer, t.week, exact(t.tonnes), None if t.tier is None else exact(t.tier))
                for t in plan.tickets
                if t.tonnes > 0
            ),
            puts=tuple(Put(p.mineral, p.site, p.week, exact(p.tonnes)) for p in plan.puts if p.tonnes > 0),
            outs=tuple(Out(o.withdrawal, o.site, exact(o.tonnes)) for o in plan.outs if o.tonnes > 0),
            sales=tuple(Sale(x.bid, x.site, x.week, exact(x.tonnes)) for x in plan.sales if x.tonnes > 0),
            conversions=tuple(
                Converted(x.conversion, x.site, x.week, exact(x.tonnes)) for x in plan.conversions if x.tonnes > 0
            ),
            stand_ins=tuple(
                StandIn(c.mineral, x.by, c.week, exact(x.tonnes))
                for c in plan.cover
                for x in c.stand_in
                if x.tonnes > 0
            ),
            draws=tuple(Draw(d.source, d.week, exact(d.usd)) for d in plan.draws if d.usd > 0),
            repays=tuple(Repay(r.source, r.week, exact(r.usd)) for r in plan.repays if r.usd > 0),
            engaged=plan.engaged if plan.future is not None else (),
        )
