"""An instance moved on a week: what the first week committed is done, every week's number is one less.

- Stock is what lies in store at the end of the week, a week older where it ages; orders under way, and what is being
  converted, come in as inbound, with what is still to pay.
- Money paid beyond what came in is off the budget, what was free and not paid stays free, draws are drawn and repays paid back.
  What lies idle can be drawn for nothing (`IDLE`).
- What offers, houses and minerals have left of their limits is left of them; commitments are met as far as bought.
- A target comes a week nearer. One whose week has passed, the last of its mineral, is wanted again at the plan's end.
- Offers whose last week has passed are gone. The plan's later orders are the prior plan.
- Futures and hazards come a week nearer, and so do the weeks that their changes name (`later_futures.py`).

Shares and splits count what is still to be bought, as in any plan: the contract has no memory of what was bought before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from orebook.exact import ZERO, Fraction, exact
from orebook.judge import Judgement
from orebook.problem import Problem
from orebook.rolling import members_next_week, stock_next_week
from orebook.rolling.committed import Committed
from orebook.rolling.later_futures import later_futures, later_hazards
from orebook.schema import tables as t
from orebook.schema.document import Document
from orebook.schema.plan import Ticket

IDLE = "left idle"
"""The source of what came in and lies idle: a plan begins with nothing idle, so what is there can be drawn."""


def next_week_document(problem: Problem, judgement: Judgement, week: Committed) -> Document:
    """The instance a week later; its benchmark prices are those that it had for the later weeks."""
    old = problem.document
    ordered = _Ordered(week.tickets)
    owed, lent = members_next_week.owed(problem, judgement)
    gone = {o.offer for o in old.offers if o.to_week == 1}
    changed: dict[str, Any] = {
        "instance": old.instance.model_copy(
            update={
                "start": old.instance.start and old.instance.start + timedelta(weeks=1),
                "budget_usd": _less(old.instance.budget_usd, week.net_usd),
            }
        ),
        "minerals": tuple(_mineral(problem, row, ordered) for row in old.minerals),
        "houses": tuple(_house(row, ordered, judgement.engaged) for row in old.houses),
        "offers": tuple(_offer(row, ordered) for row in old.offers if row.offer not in gone),
        "tiers": None if old.tiers is None else tuple(r for r in old.tiers if r.offer not in gone),
        "prices": _prices(problem),
        "origins": None if old.origins is None else tuple(map(_origin, old.origins)),
        "stock": stock_next_week.stock(problem, judgement),
        "inbound": _inbound(old, week, (*lent, *stock_next_week.in_conversion(problem, judgement))),
        "releases": _releases(old, week),
        "funding": _sources(problem, judgement),
        "targets": _targets(problem),
        "withdrawals": members_next_week.withdrawals(problem),
        "entitlements": members_next_week.entitlements(problem, judgement),
        "owed": owed,
        "bids": stock_next_week.bids(problem, judgement),
        "prior": tuple(
            t.PriorRow(offer=x.offer, week=x.week - 1, tonnes=x.tonnes) for x in judgement.tickets if x.week > 1
        )
        or None,
        "futures": None,
        "future_changes": None,
        "hazards": None if old.hazards is None else tuple(later_hazards(old.hazards, old.instance.weeks)),
    }
    after = old.model_copy(update=changed)
    return later_futures(problem, after).put_into(after)


class _Ordered:
    """Tonnes and order cash of week 1 by offer, house and mineral."""

    def __init__(self, tickets: Iterable[Ticket]) -> None:
        self.tonnes: dict[str, Fraction] = defaultdict(lambda: ZERO)
        self.house_t: dict[str, Fraction] = defaultdict(lambda: ZERO)
        self.house_usd: dict[str, Fraction] = defaultdict(lambda: ZERO)
        self.mineral_usd: dict[str, Fraction] = defaultdict(lambda: ZERO)
        for ticket in tickets:
            self.tonnes[ticket.offer] += exact(ticket.tonnes)
            self.house_t[ticket.house] += exact(ticket.tonnes)
            self.house_usd[ticket.house] += exact(ticket.order_cash_usd)
            self.mineral_usd[ticket.mineral] += exact(ticket.order_cash_usd)


def _less(limit: float | None, used: Fraction) -> float | None:
    return None if limit is None else float(max(ZERO, exact(limit) - used))


def _mineral(problem: Problem, row: t.MineralRow, ordered: _Ordered) -> t.MineralRow:
    price = problem.benchmark[row.mineral, min(2, problem.weeks)]
    budget = _less(row.budget_usd, ordered.mineral_usd[row.mineral])
    return row.model_copy(update={"price_usd_per_t": price, "budget_usd": budget})


def _house(row: t.HouseRow, ordered: _Ordered, engaged: Iterable[str]) -> t.HouseRow:
    return row.model_copy(
        update={
            "engaged": row.engaged or row.house in engaged,  # the plan's fees fall due in its first week
            "capacity_t": _less(row.capacity_t, ordered.house_t[row.house]),
            "max_spend_usd": _less(row.max_spend_usd, ordered.house_usd[row.house]),
        }
    )


def _offer(row: t.OfferRow, ordered: _Ordered) -> t.OfferRow:
    return row.model_copy(
        update={
            "max_t": _less(row.max_t, ordered.tonnes[row.offer]),
            "commit_t": _less(row.commit_t, ordered.tonnes[row.offer]),
            "from_week": max(1, row.from_week - 1),
            "to_week": row.to_week and row.to_week - 1,
        }
    )


def _origin(row: t.OriginRow) -> t.OriginRow:
    return row.model_copy(update={"barred_from_week": row.barred_from_week and max(1, row.barred_from_week - 1)})


def _sources(problem: Problem, judgement: Judgement) -> tuple[t.FundingRow, ...] | None:
    """The sources a week on; what lies idle is a source of its own, which charges nothing.

    A source that is meant because none is listed is listed where it can be paid back, for that is of what it has lent.
    """
    rows = problem.document.funding
    if rows is None:
        if problem.money_returns_from is None:
            return None
        rows = tuple(t.FundingRow(source=name) for name in problem.sources)
    found = {row.source: _source(row, judgement) for row in rows}
    left = judgement.cash[0].idle_usd
    if left > 0:
        before = found.get(IDLE, t.FundingRow(source=IDLE, limit_usd=0.0))
        found[IDLE] = before.model_copy(update={"limit_usd": float(exact(before.limit_usd or 0.0) + left)})
    return tuple(found.values())


def _source(row: t.FundingRow, judgement: Judgement) -> t.FundingRow:
    week = judgement.cash[0]
    drawn = exact(row.drawn_usd) + week.draws_usd[row.source] - week.repays_usd[row.source]
    ends = row.to_week and row.to_week - 1
    return row.model_copy(
        update={"drawn_usd": float(max(ZERO, drawn)), "from_week": max(1, row.from_week - 1), "to_week": ends}
    )


def _prices(problem: Problem) -> tuple[t.PriceRow, ...] | None:
    """What the instance expects of weeks 2 and later, where it moves."""
    found = []
    for mineral in problem.minerals:
        last = problem.benchmark[mineral, min(2, problem.weeks)]
        for week in range(3, problem.weeks + 1):
            price = problem.benchmark[mineral, week]
            if price != last:
                found.append(t.PriceRow(mineral=mineral, week=week - 1, price_usd_per_t=price))
            last = price
    later = [r for r in problem.document.rows("prices") if r.week > problem.weeks]
    found += [r.model_copy(update={"week": r.week - 1}) for r in later]
    return tuple(found) or None


def _inbound(old: Document, week: Committed, lent: Iterable[t.InboundRow]) -> tuple[t.InboundRow, ...]:
    tonnes: dict[tuple[str, str, int], Fraction] = defaultdict(lambda: ZERO)
    due: dict[tuple[str, str, int], Fraction] = defaultdict(lambda: ZERO)
    for row in old.rows("inbound"):
        if row.week > 1:
            tonnes[row.mineral, row.site, row.week - 1] += exact(row.tonnes)
            due[row.mineral, row.site, row.week - 1] += exact(row.due_usd)
    for back in lent:
        tonnes[back.mineral, back.site, back.week] += exact(back.tonnes)
        due[back.mineral, back.site, back.week] += exact(back.due_usd)
    for goods in week.under_way:
        tonnes[goods.mineral, goods.site, goods.week - 1] += goods.tonnes
        due[goods.mineral, goods.site, goods.week - 1] += goods.due_usd
    return tuple(
        t.InboundRow(mineral=i, site=s, week=w, tonnes=float(tonnes[i, s, w]), due_usd=float(due[i, s, w]))
        for i, s, w in sorted(tonnes)
    )


def _releases(old: Document, week: Committed) -> tuple[t.ReleaseRow, ...] | None:
    """What was free in week 1 and not paid is free in week 2, now the first; what was paid beyond it comes off later ones."""
    if old.releases is None:
        return None
    by_week: Mapping[int, Fraction] = {r.week: exact(r.usd) for r in old.releases}
    carried = by_week.get(1, ZERO) - week.net_usd
    found: dict[int, Fraction] = {}
    for w in sorted({2, *(w for w in by_week if w > 1)}):
        carried += by_week.get(w, ZERO)
        found[w - 1] = max(ZERO, carried)
        carried = min(ZERO, carried)
    return tuple(t.ReleaseRow(week=w, usd=float(usd)) for w, usd in found.items())


def _targets(problem: Problem) -> tuple[t.TargetRow, ...]:
    left = {x.mineral for x in problem.targets if x.week > 1}
    found = [
        t.TargetRow(
            mineral=x.mineral, week=x.week - 1 if x.week > 1 else problem.weeks, days=x.days, must_days=x.must_days
        )
        for x in problem.targets
        if x.week > 1 or x.mineral not in left
    ]
    return tuple(found)
