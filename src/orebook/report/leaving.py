"""What leaves by other ways than withdrawals, what stands for what, and what lapses; tables without rows where nothing does."""

from __future__ import annotations

from orebook import formats as f
from orebook.plan import Plan
from orebook.report.table import Column, Table
from orebook.schema.plan import Converted, Cover, Sale, StandIn, Waste


def tables(plan: Plan) -> list[Table]:
    """Sales, conversions, minerals that stand in, and what lapses."""
    return [sales(plan), conversions(plan), stand_ins(plan), lapsed(plan)]


def sales(plan: Plan) -> Table:
    """A row a sale out of a store."""
    columns: list[Column[Sale]] = [
        ("week", "right", lambda s: str(s.week)),
        ("bid", "left", lambda s: s.bid),
        ("mineral", "left", lambda s: s.mineral),
        ("out of", "left", lambda s: s.site),
        ("tonnes", "right", lambda s: f.tonnes(s.tonnes)),
        ("USD/t", "right", lambda s: f.grouped(s.price_usd_per_t)),
        ("USD", "right", lambda s: f.grouped(s.usd)),
        ("fee USD", "right", lambda s: f.grouped(s.fee_usd)),
    ]
    return Table.of("Sold out of the reserve", list(plan.document.sales), columns)


def conversions(plan: Plan) -> Table:
    """A row a conversion out of a store."""
    into = {c.name: c.into for c in plan.problem.conversions.values()}
    source = {c.name: c.source for c in plan.problem.conversions.values()}
    columns: list[Column[Converted]] = [
        ("week", "right", lambda c: str(c.week)),
        ("conversion", "left", lambda c: c.conversion),
        ("takes", "left", lambda c: source[c.conversion]),
        ("tonnes", "right", lambda c: f.tonnes(c.tonnes)),
        ("gives", "left", lambda c: into[c.conversion]),
        ("tonnes of it", "right", lambda c: f.tonnes(c.gives_t)),
        ("in week", "right", lambda c: str(c.arrives)),
        ("fee USD", "right", lambda c: f.grouped(c.fee_usd)),
    ]
    return Table.of("Converted", list(plan.document.conversions), columns)


def stand_ins(plan: Plan) -> Table:
    """A row a mineral that stands for another in a target, as part of its cover."""
    factors = plan.problem.substitutes
    rows = [(cover, stand_in) for cover in plan.judgement.cover for stand_in in cover.stand_in]
    columns: list[Column[tuple[Cover, StandIn]]] = [
        ("target of", "left", lambda r: r[0].mineral),
        ("week", "right", lambda r: str(r[0].week)),
        ("stands in", "left", lambda r: r[1].by),
        ("tonnes", "right", lambda r: f.tonnes(r[1].tonnes)),
        ("stand for, t", "right", lambda r: f.tonnes(r[1].tonnes * factors[r[0].mineral, r[1].by].factor)),
    ]
    return Table.of("Minerals that stand for others", rows, columns)


def lapsed(plan: Plan) -> Table:
    """A row a mineral and week in which more lapses."""
    columns: list[Column[Waste]] = [
        ("mineral", "left", lambda w: w.mineral),
        ("by week", "right", lambda w: str(w.week)),
        ("lapsed, t", "right", lambda w: f.tonnes(w.tonnes)),
    ]
    return Table.of("Too old: in store, and no cover", list(plan.judgement.waste), columns)
