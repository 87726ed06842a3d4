"""What is left of every limit in the judged plan, row by row: a row is tight where nothing is.

Only rows with an amount to spare are listed; a row of a bar or a window shapes what an order is, and has none. Where frozen
tickets alone come to more than a limit, the limit is what they come to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from typing import TypeVar

from orebook.accounting.ageing import due_of, lapsing_of
from orebook.accounting.cash import cash_weeks
from orebook.accounting.entitlement_rows import entitlement_rows
from orebook.accounting.exact_problem import exact_problem_of
from orebook.accounting.lending import balances
from orebook.accounting.priced_orders import price_order
from orebook.accounting.start_limits import ceilings, opening_stock
from orebook.accounting.tolerance import DUST, PART
from orebook.decisions import Order
from orebook.exact import ZERO, Fraction, exact
from orebook.extensions import Extended
from orebook.placement import held_by, placed
from orebook.plan import Plan
from orebook.problem import Problem, Share
from orebook.schema.plan import Ticket

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Slack:
    """A row, what is left of it (negative: exceeded) and the limit itself, both in the row's unit."""

    row: str
    left: Fraction
    limit: Fraction

    @property
    def tight(self) -> bool:
        """Whether nothing is left, to the millionth of the limit that rounding to grams and cents may take."""
        return self.left <= max(PART * abs(self.limit), DUST)

    @property
    def left_pct(self) -> float:
        """What is left in per cent of the limit; all of it where the limit is 0 and not reached."""
        return float(100 * self.left / abs(self.limit)) if self.limit else 0.0 if self.tight else 100.0


def slacks(plan: Plan, rule: str) -> list[Slack] | None:
    """The rows of a rule in a plan; None where what is left of a rule is not known, as for one that has no amounts."""
    return list(SLACKS[rule](plan)) if rule in SLACKS else None


def _most(row: str, used: Fraction, limit: float | Fraction | None, stands: Fraction = ZERO) -> Iterator[Slack]:
    """The row of a limit, None where there is none; `stands` is what frozen tickets alone come to."""
    if limit is not None:
        most = max(limit if isinstance(limit, Fraction) else exact(limit), stands)
        yield Slack(row, most - used, most)


def _total(items: Iterable[tuple[K, float]]) -> dict[K, Fraction]:
    sums: dict[K, Fraction] = defaultdict(Fraction)
    for key, amount in items:
        sums[key] += exact(amount)
    return sums


def _offers(plan: Plan) -> Iterator[Slack]:
    """Tickets that stand are exempt, and count in what an offer sells in all."""
    problem, tickets = plan.problem, plan.document.tickets
    standing = {(t.offer, t.week) for t in _standing(plan)}
    for t in tickets:
        where, tonnes, offer = f"[{t.offer},{t.week}]", exact(t.tonnes), problem.offers[t.offer]
        if (t.offer, t.week) in standing:
            continue
        if offer.min_order_t > 0:
            yield Slack(f"order_min{where}", tonnes - exact(offer.min_order_t), exact(offer.min_order_t))
        yield from _most(f"order_max{where}", tonnes, offer.max_week_t)
    stood = _total((t.offer, t.tonnes) for t in _standing(plan))
    for name, tonnes in _total((t.offer, t.tonnes) for t in tickets).items():
        yield from _most(f"offer_max[{name}]", tonnes, problem.offers[name].max_t, stood.get(name, ZERO))


def _standing(plan: Plan) -> list[Ticket]:
    """The prior plan's tickets that stand."""
    problem, on = plan.problem, plan.model.on("frozen")
    return [t for t in plan.document.tickets if on and problem.frozen(t.week) and (t.offer, t.week) in problem.prior]


def _standing_cash(plan: Plan) -> list[Fraction]:
    """USD up to each week that they, their houses' engagement and inbound orders cost; 0 where none stands."""
    case = exact_problem_of(plan.problem, plan.model)
    tickets = [
        Order(t.offer, t.week, exact(t.tonnes), None if t.tier is None else exact(t.tier)) for t in _standing(plan)
    ]
    if not tickets:
        return [ZERO] * plan.problem.weeks
    return [w.cash_to_date_usd for w in cash_weeks(case, tuple(price_order(case, t) for t in tickets))]


def _storage(plan: Plan) -> Iterator[Slack]:
    for s in plan.judgement.stores:
        where = f"[{s.site},{s.week}]"
        yield from _most(f"site_room{where}", s.volume_m3, s.capacity_m3)
        yield from _most(f"site_inbound{where}", s.put_t, s.inbound_t_per_week)
        yield from _most(f"site_value{where}", s.value_usd, s.max_value_usd)


def _budget(plan: Plan) -> Iterator[Slack]:
    stands = _standing_cash(plan)
    problem, weeks = plan.problem, plan.judgement.cash
    yield from _most("budget_total", weeks[-1].net_to_date_usd, problem.budget_usd, stands[-1])
    for w, standing in zip(weeks, stands, strict=True):
        if problem.money_returns_from is not None and w.week < problem.weeks:
            yield from _most(f"budget_week[{w.week}]", w.net_to_date_usd, problem.budget_usd, standing)
        yield from _most(f"budget_released[{w.week}]", w.net_to_date_usd, w.released_to_date_usd, standing)
    stood = _total((t.mineral, t.order_cash_usd) for t in _standing(plan))
    spent = _total((t.mineral, t.order_cash_usd) for t in plan.document.tickets)
    for name, mineral in plan.problem.minerals.items():
        yield from _most(f"budget_mineral[{name}]", spent.get(name, ZERO), mineral.budget_usd, stood.get(name, ZERO))


def _funding(plan: Plan) -> Iterator[Slack]:
    sources = plan.problem.sources
    drawn = {name: exact(source.drawn_usd) for name, source in sources.items()}
    lent = {name: list(balances(source, plan.judgement.cash)) for name, source in sources.items()}
    for place, w in enumerate(plan.judgement.cash):
        for name, usd in w.draws_usd.items():
            drawn[name] += usd
        everything = sum(drawn.values(), ZERO)
        for name, source in sources.items():
            yield from _most(f"source_limit[{name},{w.week}]", lent[name][place], source.limit_usd)
            if source.max_share is not None and everything:
                yield from _most(f"source_share[{name},{w.week}]", drawn[name], exact(source.max_share) * everything)


def _houses(plan: Plan) -> Iterator[Slack]:
    tickets, standing, houses = plan.document.tickets, _standing(plan), plan.problem.houses
    week_stands = _total(((t.house, t.week), t.tonnes) for t in standing)
    for (name, week), tonnes in _total(((t.house, t.week), t.tonnes) for t in tickets).items():
        stands = week_stands.get((name, week), ZERO)
        yield from _most(f"house_week[{name},{week}]", tonnes, houses[name].weekly_capacity_t, stands)
    all_stands = _total((t.house, t.tonnes) for t in standing)
    for name, tonnes in _total((t.house, t.tonnes) for t in tickets).items():
        yield from _most(f"house_total[{name}]", tonnes, houses[name].capacity_t, all_stands.get(name, ZERO))
    spent = _total((t.house, t.order_cash_usd) for t in standing)
    for name, usd in _total((t.house, t.order_cash_usd) for t in tickets).items():
        yield from _most(f"house_spend[{name}]", usd, houses[name].max_spend_usd, spent.get(name, ZERO))
    engaged, stood = Fraction(len(plan.document.engaged)), Fraction(len({t.house for t in standing}))
    yield from _most("houses_engaged", engaged, plan.problem.max_houses, stood)


def _commit(plan: Plan) -> Iterator[Slack]:
    ordered = _total((t.offer, t.tonnes) for t in plan.document.tickets)
    for name, offer in plan.problem.offers.items():
        if offer.commit_t > 0:
            yield Slack(f"commitment[{name}]", ordered.get(name, ZERO) - exact(offer.commit_t), exact(offer.commit_t))


def _must(plan: Plan) -> Iterator[Slack]:
    for target in plan.problem.targets:
        if target.must_days:
            least = exact(target.must_days) * exact(plan.problem.minerals[target.mineral].use_t_per_day)
            row = next(c for c in plan.judgement.cover if (c.mineral, c.week) == (target.mineral, target.week))
            held = _held(plan, target.mineral, target.week)
            held = held if row.own_t is None else exact(row.own_t) + exact(row.waste_t or 0.0)
            yield Slack(f"must_cover[{target.mineral},{target.week}]", held - least, least)


def _frozen(plan: Plan) -> Iterator[Slack]:
    """A ticket that stands has nothing to spare."""
    for (offer, week), tonnes in plan.problem.prior.items():
        if plan.problem.frozen(week) and week <= plan.problem.weeks and offer in plan.problem.offers:
            yield Slack(f"frozen_order[{offer},{week}]", ZERO, exact(tonnes))


def _shares(plan: Plan) -> Iterator[Slack]:
    for share in plan.problem.shares:
        total, supplied = supply(plan, share)
        low, high = _share_stands(plan, share)
        where = f"[{share.mineral},{share.by},{share.name}]"
        if share.min_share is not None and total:
            least = exact(share.min_share) * total
            yield Slack(f"share_min{where}", ZERO if low else supplied - least, least)
        if share.max_share is not None and total:
            most = exact(share.max_share) * total
            yield Slack(f"share_max{where}", ZERO if high else most - supplied, most)


def _share_stands(plan: Plan, share: Share) -> tuple[bool, bool]:
    """Whether frozen tickets alone break the least, and the largest, share and nothing more is ordered against it."""
    standing = _standing(plan)
    total, supplied = _supply(plan.problem, share, standing)
    others = [t for t in plan.document.tickets if t not in standing and share.mineral in ("*", t.mineral)]
    inside = any(supplies(plan.problem, share, t.offer) for t in others)
    outside = any(not supplies(plan.problem, share, t.offer) for t in others)
    return (
        not outside and share.min_share is not None and supplied < exact(share.min_share) * total,
        not inside and share.max_share is not None and supplied > exact(share.max_share) * total,
    )


def supply(plan: Plan, share: Share) -> tuple[Fraction, Fraction]:
    """All that a share is of, and what its house, origin or group supplies: t of the mineral, for `*` USD."""
    return _supply(plan.problem, share, plan.document.tickets)


def _supply(problem: Problem, share: Share, tickets: Iterable[Ticket]) -> tuple[Fraction, Fraction]:
    in_cash = share.mineral == "*"
    amounts = [
        (supplies(problem, share, t.offer), exact(t.order_cash_usd if in_cash else t.tonnes))
        for t in tickets
        if in_cash or t.mineral == share.mineral
    ]
    return sum((a for _, a in amounts), ZERO), sum((a for counts, a in amounts if counts), ZERO)


def supplies(problem: Problem, share: Share, offer: str) -> bool:
    """Whether an offer is one of the share's house, origin or group."""
    o = problem.offers[offer]
    return {"house": o.house, "origin": o.origin, "group": problem.group_of(o)}[share.by] == share.name


def _ceiling(plan: Plan) -> Iterator[Slack]:
    standing = dict(opening_stock(plan.problem))
    for key, tonnes in held_by(placed(plan.problem) if plan.model.on("frozen") else {}, plan.problem).items():
        standing[key] += tonnes
    for (mineral, week), most in ceilings(plan.problem, standing).items():
        yield from _most(f"cover_ceiling[{mineral},{week}]", _held(plan, mineral, week), most)


def _held(plan: Plan, mineral: str, week: int) -> Fraction:
    return sum((plan.judgement.stock[mineral, site, week] for site in plan.problem.sites), ZERO)


def _entitlement(plan: Plan) -> Iterator[Slack]:
    """What members may still draw in the weeks in which they draw."""
    for row in entitlement_rows(plan.problem, _total((o.withdrawal, o.tonnes) for o in plan.document.outs)):
        yield Slack(row.row, row.most_t - row.has_t, row.most_t)


def _bids(plan: Plan) -> Iterator[Slack]:
    problem, sales = plan.problem, plan.document.sales
    for (name, week), tonnes in _total(((s.bid, s.week), s.tonnes) for s in sales).items():
        bid, where = problem.bids[name], f"[{name},{week}]"
        if bid.min_t > 0:
            yield Slack(f"bid_least{where}", tonnes - exact(bid.min_t), exact(bid.min_t))
        yield from _most(f"bid_most{where}", tonnes, bid.max_week_t)
    for name, tonnes in _total((s.bid, s.tonnes) for s in sales).items():
        yield from _most(f"bid_total[{name}]", tonnes, problem.bids[name].max_t)
    lapsing = lapsing_of(due_of(problem), problem.weeks)
    own = ((s.mineral, s.tonnes) for s in sales if not problem.bids[s.bid].surplus)
    for mineral, tonnes in _total(own).items():
        most = lapsing.get(mineral, ZERO)
        yield Slack(f"bid_surplus[{mineral}]", most - tonnes, most)


def _convert(plan: Plan) -> Iterator[Slack]:
    for (name, week), tonnes in _total(((c.conversion, c.week), c.tonnes) for c in plan.document.conversions).items():
        yield from _most(f"conversion_most[{name},{week}]", tonnes, plan.problem.conversions[name].capacity_t_per_week)


def _substitute(plan: Plan) -> Iterator[Slack]:
    aims = {(t.mineral, t.week): t.days * plan.problem.minerals[t.mineral].use_t_per_day for t in plan.problem.targets}
    given: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for cover in plan.judgement.cover:
        for stand_in in cover.stand_in:
            row, tonnes = plan.problem.substitutes[cover.mineral, stand_in.by], exact(stand_in.tonnes)
            given[stand_in.by, cover.week] += tonnes
            most = (Fraction(1) if row.max_share is None else exact(row.max_share)) * exact(
                aims[cover.mineral, cover.week]
            )
            most /= exact(row.factor)
            yield Slack(f"stand_in_most[{cover.mineral},{stand_in.by},{cover.week}]", most - tonnes, most)
    for (mineral, week), tonnes in given.items():
        there = _held(plan, mineral, week)
        yield Slack(f"own_stock[{mineral},{week}]", there - tonnes, there)


def _shelf(plan: Plan) -> Iterator[Slack]:
    """How much more has left than would have lapsed."""
    problem, left = plan.problem, _total(_leaves(plan))
    for mineral, due in lapsing_of(due_of(problem), problem.weeks).items():
        if due:
            yield Slack(f"shelf_lapsed[{mineral}]", left.get(mineral, ZERO) - due, due)


def _leaves(plan: Plan) -> Iterator[tuple[str, float]]:
    """(mineral, tonnes) of all that is drawn, sold and converted."""
    document, problem = plan.document, plan.problem
    yield from ((problem.withdrawals[o.withdrawal].mineral, o.tonnes) for o in document.outs)
    yield from ((problem.bids[s.bid].mineral, s.tonnes) for s in document.sales)
    yield from ((problem.conversions[c.conversion].source, c.tonnes) for c in document.conversions)


def _market(plan: Plan) -> Iterator[Slack]:
    part, minerals = plan.problem.max_market_share, plan.problem.minerals
    stands = _total(((t.mineral, t.week), t.tonnes) for t in _standing(plan))
    for (name, week), tonnes in _total(((t.mineral, t.week), t.tonnes) for t in plan.document.tickets).items():
        traded = minerals[name].market_t_per_week
        if part is not None and traded is not None:
            most, standing = exact(part) * exact(traded), stands.get((name, week), ZERO)
            yield from _most(f"market_week[{name},{week}]", tonnes, most, standing)


def _split(plan: Plan) -> Iterator[Slack]:
    for name, mineral in plan.problem.minerals.items():
        by_house = _total((t.house, t.tonnes) for t in plan.document.tickets if t.mineral == name)
        least = exact(mineral.split_min_share) * sum(by_house.values(), ZERO)
        fair = sum(tonnes >= least * (1 - PART) for tonnes in by_house.values())
        standing = [t for t in _standing(plan) if t.mineral == name]
        all_stand = len(standing) == sum(t.mineral == name for t in plan.document.tickets)
        if mineral.min_houses is not None and by_house:
            left = Fraction(fair - mineral.min_houses)
            yield Slack(
                f"split_min_houses[{name}]", max(left, ZERO) if all_stand else left, Fraction(mineral.min_houses)
            )
        houses = Fraction(len({t.house for t in standing}))
        yield from _most(f"split_max_houses[{name}]", Fraction(len(by_house)), mineral.max_houses, houses)


SLACKS: MutableMapping[str, Callable[[Plan], Iterator[Slack]]] = Extended(
    {
        "offers": _offers,
        "storage": _storage,
        "budget": _budget,
        "funding": _funding,
        "houses": _houses,
        "commit": _commit,
        "must": _must,
        "frozen": _frozen,
        "shares": _shares,
        "ceiling": _ceiling,
        "entitlement": _entitlement,
        "bids": _bids,
        "convert": _convert,
        "substitute": _substitute,
        "shelf": _shelf,
        "market": _market,
        "split": _split,
    },
    "rules",
    lambda rule: {rule.kind.name: rule.slacks} if hasattr(rule, "slacks") else {},
)
