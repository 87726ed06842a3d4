"""Where goods go: every way in whole tonnes to put away what arrives and to serve withdrawals, the worse ones left out.

One way is worse than another where it is no better by any measure and loads no limited store less. Each mineral alone
first, then together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, product

from orebook.decisions import Converted, Decisions, Out, Put, Sale, StandIn
from orebook.exact import Fraction
from orebook.judge import Judge, Judgement
from orebook.problem import Problem
from tests.oracle.leaving import leaves, whole_ways
from tests.oracle.orders import Arrivals

ZERO = Fraction(0)
PRIORITIES = ("unmet/1", "unmet/5")
"""Stages over members of a priority that models here have."""
MOST = 20_000
"""Ways to be judged, from which on a problem is too large to try them all."""


RULES_OF_GOODS = ("flow", "storage", "must", "ceiling", "entitlement", "bids", "convert", "substitute", "shelf")
"""Rules that say something of goods."""


class TooManyError(Exception):
    """There are more ways than can be tried."""


@dataclass(frozen=True)
class Goods:
    """Puts and outs, with what they bring to each measure, and the policy rows they break, by how much."""

    puts: tuple[Put, ...]
    outs: tuple[Out, ...]
    measures: tuple[Fraction, ...]
    """unmet, fair, cover, carrying cost (USD), worth of what is short (USD), and unmet of members of `PRIORITIES`."""
    broken: tuple[tuple[str, Fraction], ...]
    receipts: tuple[Fraction, ...]
    """USD that come in, a week each."""
    fees: tuple[Fraction, ...] = ()
    """USD paid for sales and conversions, a week each."""
    sales: tuple[Sale, ...] = ()
    conversions: tuple[Converted, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def owed(self) -> Iterator[Fraction]:
        """What has come in up to each week, the less the better."""
        return (-usd for usd in accumulate(self.receipts))


class GoodsWays:
    """The ways of one problem; what is asked for twice is worked out once."""

    def __init__(self, problem: Problem, judge: Judge, firm: frozenset[str]) -> None:
        self._problem, self._judge, self._firm = problem, judge, firm
        self._tried = 0
        self.limits: dict[str, Fraction] = {}
        """Row that is broken somewhere -> its limit."""
        self.of = cache(self._of)
        self._alone = cache(self._mineral)

    def _of(self, arrivals: Arrivals) -> list[Goods]:
        """The ways to handle these arrivals that keep every firm rule of goods."""
        if leaves(self._problem):
            ways = (self._judged_whole(decided) for decided in whole_ways(self._problem, arrivals))
            return _best((goods, (*goods.measures, *goods.owed, *accumulate(goods.fees))) for goods in ways if goods)
        alone = [
            self._alone(name, tuple((w, t) for m, w, t in arrivals if m == name)) for name in self._problem.minerals
        ]
        together = (
            self._judged(tuple(p for w in ways for p in w.puts), tuple(o for w in ways for o in w.outs))
            for ways in product(*alone)
        )
        return _best((goods, (*goods.measures, *goods.owed)) for goods, _ in together if goods)

    def _mineral(self, mineral: str, arrivals: tuple[tuple[int, Fraction], ...]) -> list[Goods]:
        """The ways of one mineral, were there no other."""
        sites = [s for s in self._problem.sites if not self._misplaced(mineral, s)]
        wanted = [w for w in self._problem.withdrawals.values() if w.mineral == mineral]
        served = product(*(self._splits(Fraction(w.tonnes), list(self._problem.sites), whole=False) for w in wanted))
        outs = [
            tuple(Out(w.name, s, t) for w, split in zip(wanted, chosen, strict=True) for s, t in split)
            for chosen in served
        ]
        judged = (self._judged(p, o, mineral) for o in outs for p in self._puts(mineral, arrivals, o, sites))
        return _best((goods, (*goods.measures, *goods.owed, *self._loads(j))) for goods, j in judged if goods)

    def _puts(
        self, mineral: str, arrivals: tuple[tuple[int, Fraction], ...], outs: tuple[Out, ...], sites: list[str]
    ) -> Iterator[tuple[Put, ...]]:
        """The ways to put away what is ordered and what the loans among these outs bring back."""
        comes = dict(arrivals)
        for out in outs:
            loan = self._problem.withdrawals[out.withdrawal]
            if loan.repay_week is not None and loan.repay_week <= self._problem.weeks:
                back = out.tonnes * (100 + Fraction(loan.premium_pct)) / 100
                comes[loan.repay_week] = comes.get(loan.repay_week, ZERO) + back
        for chosen in product(*(self._splits(t, sites, whole=True) for t in comes.values())):
            named = zip(comes, chosen, strict=True)
            yield tuple(Put(mineral, s, week, t) for week, split in named for s, t in split)

    def _splits(self, tonnes: Fraction, sites: list[str], *, whole: bool) -> Iterator[tuple[tuple[str, Fraction], ...]]:
        """Whole tonnes by site, zeros left out: adding up to `tonnes`, or where not `whole` to that or less."""
        assert tonnes.denominator == 1
        for amounts in product(range(int(tonnes) + 1), repeat=len(sites)):
            if sum(amounts) == tonnes or (not whole and sum(amounts) < tonnes):
                yield tuple((s, Fraction(t)) for s, t in zip(sites, amounts, strict=True) if t)

    def _misplaced(self, mineral: str, site: str) -> bool:
        judgement = self._judge.judge(Decisions(puts=(Put(mineral, site, 1, Fraction(1)),)))
        return any(b.row == f"site_class[{mineral},{site}]" and b.rule in self._firm for b in judgement.breaches)

    def _judged_whole(self, decided: Decisions) -> Goods | None:
        """What the judge says of all goods together."""
        self._tried += 1
        if self._tried > MOST:
            raise TooManyError
        judgement = self._judge.judge(decided)
        broken = self._broken(judgement, None)
        if broken is None:
            return None
        fees = tuple(w.sale_fees_usd + w.conversion_fees_usd for w in judgement.cash)
        receipts = tuple(w.receipts_usd for w in judgement.cash)
        parts = (decided.sales, decided.conversions, decided.stand_ins)
        return Goods(decided.puts, decided.outs, _measures(judgement), broken, receipts, fees, *parts)

    def _judged(
        self, puts: tuple[Put, ...], outs: tuple[Out, ...], mineral: str | None = None
    ) -> tuple[Goods | None, Judgement]:
        """What the judge says of these goods, None where a firm rule is broken; of one mineral's own rows if named.

        Orders are left out, so that nothing arrives and what is put away is stray: that row is not asked.
        """
        self._tried += 1
        if self._tried > MOST:
            raise TooManyError
        judgement = self._judge.judge(Decisions(puts=puts, outs=outs))
        broken = self._broken(judgement, mineral)
        receipts = tuple(w.receipts_usd for w in judgement.cash)
        return (None if broken is None else Goods(puts, outs, _measures(judgement), broken, receipts)), judgement

    def _broken(self, judgement: Judgement, mineral: str | None) -> tuple[tuple[str, Fraction], ...] | None:
        """The policy rows of goods that are broken, of one mineral if named; None where a firm one is."""
        broken = []
        for b in judgement.breaches:
            if b.rule not in RULES_OF_GOODS or b.row.startswith("arrivals_put"):
                continue
            if mineral is not None and not _own(mineral, b.row):
                continue
            if b.rule in self._firm:
                return None
            broken.append((b.row, b.by))
            self.limits[b.row] = at_first(self._problem, b.row) if b.rule == "shelf" else b.limit or ZERO
        return tuple(sorted(broken))

    def _loads(self, judgement: Judgement) -> Iterator[Fraction]:
        """What fills the limits of stores."""
        for store in judgement.stores:
            yield ZERO if store.capacity_m3 is None else store.volume_m3
            yield ZERO if store.inbound_t_per_week is None else store.put_t
            yield ZERO if store.max_value_usd is None else store.value_usd


def _measures(judgement: Judgement) -> tuple[Fraction, ...]:
    found, costs = judgement.measures, judgement.exact_costs
    return (
        found.get("unmet", ZERO),
        found.get("fair", ZERO),
        found["cover"],
        costs["handling_usd"] + costs["rent_usd"],
        found["value"] - found["cost"],
        *(found.get(stage, ZERO) for stage in PRIORITIES),
    )


def at_first(problem: Problem, row: str) -> Fraction:
    """Tonnes of the mineral of a row in store and under way before anything is ordered."""
    mineral = row.partition("[")[2].rstrip("]")
    stock = (Fraction(t) for (i, _), t in problem.stock.items() if i == mineral)
    return sum((*stock, *(Fraction(o.tonnes) for o in problem.inbound if o.mineral == mineral)), ZERO)


def _own(mineral: str, row: str) -> bool:
    """Whether a row says something of one mineral whatever the others do: what they leave behind may give it room."""
    return not row.startswith(("site_room", "site_value", "must_", "cover_")) or f"[{mineral}," in row


def _best(ways: Iterable[tuple[Goods, tuple[Fraction, ...]]]) -> list[Goods]:
    """The ways that no other way is at least as good as in every figure, with the same policy rows or fewer."""
    kept: list[tuple[Goods, tuple[Fraction, ...]]] = []
    for goods, figures in sorted(ways, key=lambda way: (way[1], way[0].broken)):
        if not any(map(partial(_as_good, goods, figures), kept)):
            kept.append((goods, figures))
    return [goods for goods, _ in kept]


def _as_good(goods: Goods, figures: tuple[Fraction, ...], other: tuple[Goods, tuple[Fraction, ...]]) -> bool:
    limits = dict(goods.broken)
    return all(a <= b for a, b in zip(other[1], figures, strict=True)) and all(
        by <= limits.get(row, ZERO) for row, by in other[0].broken
    )
