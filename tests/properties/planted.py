"""Problems with a plan planted in them: a plan is drawn first, then every limit that it breaks is moved to just hold it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from math import ceil

from hypothesis import strategies as st

from orebook.decisions import Decisions, Draw, Order, Out, Put
from orebook.exact import Fraction, exact
from orebook.judge import Breach, Judge
from orebook.problem import Offer, Problem
from orebook.schema.model import Model
from tests.drawn import problems
from tests.formulation.models import model
from tests.oracle.models import FIRM, POLICY
from tests.properties.edits import Content, edited

FIRMLY: Model = model(*FIRM, *POLICY, stages=("cover", "cost"))
"""Every rule, and none may give way."""
ZERO = Fraction(0)


@st.composite
def planted(draw: st.DrawFn) -> tuple[Problem, Decisions]:
    """A problem and a plan of it that breaks no rule."""
    problem = draw(problems())
    judge = Judge(problem, FIRMLY)
    orders = tuple(
        order
        for offer in problem.offers.values()
        for week in range(1, problem.weeks + 1)
        if (order := _order(draw, problem, judge, offer, week))
    )
    puts = tuple(_puts(draw, problem, judge, orders))
    plan = Decisions(orders, puts, tuple(_outs(draw, problem)))
    problem = _mended(problem, plan)
    source = draw(st.sampled_from(sorted(problem.sources)))
    cash = judge.judge(plan).cash
    draws = tuple(Draw(source, c.week, c.cash_usd) for c in cash if c.cash_usd)
    plan = Decisions(orders, puts, plan.outs, draws=draws)
    return _mended(problem, plan), plan


def _order(draw: st.DrawFn, problem: Problem, judge: Judge, offer: Offer, week: int) -> Order | None:
    """An order of a size that the offer has, one of three at random; the prior plan's where that stands."""
    if problem.frozen(week):
        stands = problem.prior.get((offer.name, week))
        return Order(offer.name, week, exact(stands)) if stands else None
    step = exact(offer.lot_t or 0.5)
    order = Order(offer.name, week, draw(st.integers(0, 3)) * step)
    if not order.tonnes:
        return None
    alone = judge.judge(Decisions(orders=(order,)))
    return None if any(b.row.endswith(f"[{offer.name},{week}]") for b in alone.breaches) else order


def _puts(draw: st.DrawFn, problem: Problem, judge: Judge, orders: tuple[Order, ...]) -> Iterator[Put]:
    """Each arrival into one store, whatever it accepts."""
    arriving: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for order in orders:
        ticket = judge.judge(Decisions(orders=(order,))).tickets[0]
        if ticket.arrives is not None:
            arriving[ticket.mineral, ticket.arrives] += order.tonnes
    for (mineral, week), tonnes in sorted(arriving.items()):
        if week <= problem.weeks:
            yield Put(mineral, draw(st.sampled_from(sorted(problem.sites))), week, tonnes)


def _outs(draw: st.DrawFn, problem: Problem) -> Iterator[Out]:
    """A part of some withdrawals, from what lay in store before the plan."""
    for w in problem.withdrawals.values():
        for site in problem.sites:
            held = exact(problem.stock.get((w.mineral, site), 0.0))
            others = sum(exact(v.tonnes) for v in problem.withdrawals.values() if v.mineral == w.mineral)
            tonnes = min(held, exact(w.tonnes)) / 2
            if others <= held and tonnes and draw(st.booleans()):
                yield Out(w.name, site, tonnes / len(problem.sites))


def _mended(problem: Problem, plan: Decisions) -> Problem:
    """The problem with every limit that the plan breaks moved to just hold it."""
    for _ in range(10):
        broken = [b for b in Judge(problem, FIRMLY).judge(plan).breaches if not b.row.startswith("week_funded")]
        if not broken:
            break

        def edit(content: Content, broken: list[Breach] = broken) -> None:
            for breach in broken:
                name, _, index = breach.row.rstrip("]").partition("[")
                MENDS[name](content, index.split(","), breach)

        problem = edited(problem, edit)
    return problem


def _reached(breach: Breach) -> float:
    """What the plan comes to, rounded up to a millionth."""
    assert breach.limit is not None
    return ceil((breach.limit + breach.by) * 10**6) / 10**6


def _raise(table: str, key: str, column: str) -> Callable[[Content, list[str], Breach], None]:
    """Raise a limit of the row whose key comes first in the breach's index."""

    def mend(content: Content, index: list[str], breach: Breach) -> None:
        for row in content[table]:
            if row[key] == index[0]:
                row[column] = _reached(breach)

    return mend


def _drop(table: str, key: str, *columns: str) -> Callable[[Content, list[str], Breach], None]:
    """Take a limit out of the row whose key comes first in the breach's index."""

    def mend(content: Content, index: list[str], _breach: Breach) -> None:
        for row in content[table]:
            if row[key] == index[0]:
                for column in columns:
                    row.pop(column, None)

    return mend


def _head(column: str) -> Callable[[Content, list[str], Breach], None]:
    def mend(content: Content, _index: list[str], breach: Breach) -> None:
        content["instance"][column] = _reached(breach)

    return mend


def _release(content: Content, _index: list[str], breach: Breach) -> None:
    content["releases"].sort(key=lambda row: row["week"])
    content["releases"][0]["usd"] += float(breach.by) + 1e-6


def _must(content: Content, index: list[str], _breach: Breach) -> None:
    for row in (*content["minerals"], *content.get("targets", [])):
        if row["mineral"] == index[0]:
            row.pop("must_days", None)


def _ceiling(content: Content, index: list[str], _breach: Breach) -> None:
    _drop("minerals", "mineral", "max_days")(content, index, _breach)


def _share(content: Content, index: list[str], _breach: Breach) -> None:
    content["shares"] = [r for r in content["shares"] if [r["mineral"], r["by"], r["name"]] != index]


def _houses(content: Content, _index: list[str], breach: Breach) -> None:
    content["instance"]["max_houses"] = int(_reached(breach))


MENDS: dict[str, Callable[[Content, list[str], Breach], None]] = {
    "offer_max": _raise("offers", "offer", "max_t"),
    "commitment": _drop("offers", "offer", "commit_t"),
    "house_week": _raise("houses", "house", "weekly_capacity_t"),
    "house_total": _raise("houses", "house", "capacity_t"),
    "house_spend": _raise("houses", "house", "max_spend_usd"),
    "houses_engaged": _houses,
    "site_class": lambda c, i, b: _drop("sites", "site", "accepts")(c, i[1:], b),
    "site_room": _raise("sites", "site", "capacity_m3"),
    "site_inbound": _raise("sites", "site", "inbound_t_per_week"),
    "site_value": _raise("sites", "site", "max_value_usd"),
    "budget_total": _head("budget_usd"),
    "budget_released": _release,
    "budget_mineral": _raise("minerals", "mineral", "budget_usd"),
    "source_limit": _raise("funding", "source", "limit_usd"),
    "source_start": _drop("funding", "source", "from_week"),
    "source_share": _drop("funding", "source", "max_share"),
    "must_cover": _must,
    "cover_ceiling": _ceiling,
    "market_week": _drop("minerals", "mineral", "market_t_per_week"),
    "share_min": _share,
    "share_max": _share,
    "split_min_houses": _drop("minerals", "mineral", "min_houses"),
    "split_max_houses": _drop("minerals", "mineral", "max_houses"),
}
"""Row name -> how its limit is moved or taken out."""
