"""Every hedged plan of a tiny problem: each future's plans, judged whole, put together where they agree in shared weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from orebook.decisions import Decisions, Order, Out, Put
from orebook.exact import Fraction, exact
from orebook.judge import Judge
from orebook.problem import Future, Problem
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.world import world_in
from tests.oracle.money import MoneyWays
from tests.oracle.orders import OrderSet, order_sets
from tests.oracle.plans import HAIR, ROWS

Figures = tuple[Fraction, ...]
"""A plan's measures, in the order of the stages."""
Prefix = tuple[object, ...]
"""What is decided before a week."""
Rows = Mapping[str, Fraction]


@dataclass(frozen=True)
class TriedPlan:
    """A plan of one future that keeps every rule, with some houses engaged."""

    orders: tuple[Order, ...]
    outs: tuple[tuple[int, Out], ...]
    """With the week of the withdrawal."""
    figures: Figures
    by: Rows
    """Policy rows that it breaks, in their own units."""
    broken: Rows
    """The same by parts of their limits; of rows that futures share those alone that this one counts."""

    def before(self, week: int) -> Prefix:
        """What it decides before a week: orders and what is taken out; the rest follows."""
        orders = tuple(o for o in self.orders if o.week < week)
        return (*orders, *(out for w, out in self.outs if w < week))


Allowed = Callable[[Future, TriedPlan], bool]


def breaks_nothing(_: Future, plan: TriedPlan) -> bool:
    """Whether a future's plan keeps policy too."""
    return not plan.by


class HedgedPlans:
    """All hedged plans of a problem that are worth trying: each keeps physics and contract in every future."""

    def __init__(self, problem: Problem, model: Model, risk: RiskMeasure) -> None:
        self.risk = risk
        futures = sorted(problem.futures, key=lambda f: f.known_week)
        self.futures: Sequence[Future] = futures
        self.probabilities = [exact(f.probability) for f in futures]
        worlds = [world_in(problem, f) for f in futures]
        self.stages = _stages([Judge(w, model).judge(Decisions()).measures.keys() for w in worlds], model)
        names = [s for s, _ in self.stages]
        paid = [h.name for h in problem.houses.values() if h.engage_fee_usd]
        free = tuple(h for h in problem.houses if h not in paid)
        self._engaged = [(*free, *(h for h, on in zip(paid, chosen, strict=True) if on)) for chosen in _ways(len(paid))]
        last = futures[-1]
        tries = [
            _Future(world, model, names, 1 if future is last else future.known_week)
            for future, world in zip(futures, worlds, strict=True)
        ]
        self._priorities = sorted({level.priority or 0 for level in model.rules.values() if level.level == "policy"})
        self._model = model
        self._tries = tries
        self._plans = [[list(t.plans(engaged)) for t in tries] for engaged in self._engaged]

    def least_given(self) -> tuple[Fraction, ...] | None:
        """Of each priority how many rows over all futures give way at least, and then by how much; None: there is no plan."""

        every = [
            futures
            for plans in self._plans
            for futures in self._together(plans, lambda _f, _p: True, lambda p: self._amounts(p.broken))
        ]
        return min((_total(futures) for futures in every), default=None)

    def given(self, gave: Mapping[str, Rows]) -> tuple[Fraction, ...]:
        """The same of rows that gave way in each future."""
        of_each = [self._amounts(t.counted(gave[f.name])) for f, t in zip(self.futures, self._tries, strict=True)]
        return _total(of_each)

    def _amounts(self, rows: Rows) -> Figures:
        """Of each priority how many rows, and how much of them in all."""
        found = list[Fraction]()
        for p in self._priorities:
            of_priority = [by for row, by in rows.items() if self._priority(row) == p]
            found += [Fraction(len(of_priority)), sum(of_priority, Fraction(0))]
        return tuple(found)

    def _priority(self, row: str) -> int:
        rule = next(rule for rule, names in ROWS.items() if row.split("[", maxsplit=1)[0] in names)
        return self._model.rules[rule].priority or 0

    def best(self, allowed: Allowed = breaks_nothing) -> dict[StageName, Fraction] | None:
        """What each stage's R comes to, of plans that are all allowed in their future; None where there is none."""
        every = [futures for plans in self._plans for futures in self._together(plans, allowed, lambda p: p.figures)]
        if not every:
            return None
        left, reached = every, dict[StageName, Fraction]()
        for k, (stage, slack) in enumerate(self.stages):
            risk = RiskMeasure(self.risk.tail, 0.0) if stage in TIE_BREAKING else self.risk
            values = [risk.of(self.probabilities, [figures[k] for figures in futures]) for futures in left]
            value = min(values)
            reached[stage] = value
            most = value + slack * abs(value) + HAIR * max(Fraction(1), abs(value))
            left = [futures for futures, v in zip(left, values, strict=True) if v <= most]
        return reached

    def alone(self, name: str, allowed: Allowed = breaks_nothing) -> dict[StageName, Fraction] | None:
        """What the stages come to in one future that is known from week 1, of plans whose orders are allowed."""
        place = next(k for k, f in enumerate(self.futures) if f.name == name)
        left = [p.figures for plans in self._plans for p in plans[place] if allowed(self.futures[place], p)]
        reached = dict[StageName, Fraction]()
        for k, (stage, slack) in enumerate(self.stages):
            if not left:
                return None
            value = min(figures[k] for figures in left)
            reached[stage] = value
            most = value + slack * abs(value) + HAIR * max(Fraction(1), abs(value))
            left = [figures for figures in left if figures[k] <= most]
        return reached

    def _together(
        self, plans: Sequence[list[TriedPlan]], allowed: Allowed, figures_of: Callable[[TriedPlan], Figures]
    ) -> Iterable[tuple[Figures, ...]]:
        """The figures of each future, of plans that agree in shared weeks: from the future that is known last to the first.

        What no figure of is better than another's, with the same decisions in shared weeks, is left out: R rises with each
        future's measure.
        """
        weeks = [f.known_week for f in self.futures]
        groups: Mapping[Prefix, list[tuple[Figures, ...]]] | None = None
        for place in reversed(range(len(weeks))):
            alike: dict[Prefix, list[TriedPlan]] = defaultdict(list)
            for plan in plans[place]:
                if allowed(self.futures[place], plan):
                    alike[plan.before(weeks[place])].append(plan)
            found: dict[Prefix, list[tuple[Figures, ...]]] = defaultdict(list)
            for prefix, mine in alike.items():
                later = [()] if groups is None else groups.get(prefix, [])
                best = _least((figures_of(plan),) for plan in mine)
                found[mine[0].before(weeks[place - 1] if place else 1)] += [(*a, *b) for a in best for b in later]
            groups = {prefix: _least(figures) for prefix, figures in found.items()}
        return [] if groups is None else groups.get((), [])


class _Future:
    """The plans of one future."""

    def __init__(self, world: Problem, model: Model, stages: Sequence[StageName], counts_from: int) -> None:
        """`counts_from`: the first week whose rows are not another future's, which counts them."""
        self._world, self._stages, self._judge = world, stages, Judge(world, model)
        self._counts_from, self.limits = counts_from, dict[str, Fraction]()
        self._money = MoneyWays(world, self._judge, funded=model.on("funding"))
        self._firm = frozenset({"flow", *(r for r, l in model.rules.items() if l.level in ("physics", "contract"))})
        self._orders = list(order_sets(world, self._judge, self._firm))
        (self._site,) = world.sites

    def plans(self, engaged: tuple[str, ...]) -> Iterator[TriedPlan]:
        """Those with tickets of these houses alone, all of which are engaged."""
        for found in self._orders:
            if {self._world.terms(o.week).offers[o.offer].house for o in found.orders} <= set(engaged):
                for outs in self._outs():
                    plan = self._plan(found, outs, engaged)
                    if plan is not None:
                        yield plan

    def _outs(self) -> Iterator[tuple[tuple[int, Out], ...]]:
        """Whole tonnes of each withdrawal."""
        wanted = list(self._world.withdrawals.values())
        for served in product(*(range(int(w.tonnes) + 1) for w in wanted)):
            yield tuple(
                (w.week, Out(w.name, self._site, Fraction(t))) for w, t in zip(wanted, served, strict=True) if t
            )

    def _plan(self, found: OrderSet, outs: tuple[tuple[int, Out], ...], engaged: tuple[str, ...]) -> TriedPlan | None:
        puts = tuple(Put(mineral, self._site, week, tonnes) for mineral, week, tonnes in found.arrivals)
        decided = Decisions(found.orders, puts, tuple(out for _, out in outs), engaged=engaged)
        weeks = self._judge.judge(decided).cash
        money = self._money.best(decided, tuple(w.cash_usd for w in weeks), tuple(w.receipts_usd for w in weeks))
        if money is None:
            return None
        judgement = self._judge.judge(replace(decided, draws=money.draws, repays=money.repays))
        if any(b.rule in self._firm for b in judgement.breaches):
            return None
        figures = tuple(judgement.measures.get(s, Fraction(0)) for s in self._stages)
        counted = [b for b in judgement.breaches if (week := week_of(b.row)) is None or week >= self._counts_from]
        self.limits.update((b.row, b.limit or Fraction(1)) for b in judgement.breaches)
        by = {b.row: b.by for b in judgement.breaches}
        return TriedPlan(found.orders, outs, figures, by, {b.row: b.by / (b.limit or 1) for b in counted})

    def counted(self, by: Rows) -> Rows:
        """Of rows that give way those that this future counts, by parts of their limits."""
        counts = {row: week_of(row) for row in by}
        return {r: a / self.limits[r] for r, a in by.items() if (w := counts[r]) is None or w >= self._counts_from}


def week_of(row: str) -> int | None:
    """The week of a row such as `market_week[tin,2]`; None of one of the whole plan."""
    last = row.rstrip("]").rpartition("[")[2].rpartition(",")[2]
    return int(last) if last.isdecimal() else None


def _stages(measured: Sequence[Iterable[str]], model: Model) -> list[tuple[StageName, Fraction]]:
    """The model's stages that mean something in some future, with their slack."""
    there = {stage for stages in measured for stage in stages}
    listed = [(s.stage, exact(s.slack)) for s in model.stages if s.stage in there]
    instead = any(stage == "changes" for stage, _ in listed)
    return [(stage, slack) for stage, slack in listed if not (stage == "tickets" and instead)]


def _ways(places: int) -> Iterator[tuple[bool, ...]]:
    return product((False, True), repeat=places)


def _total(of_each: Iterable[Figures]) -> Figures:
    return tuple(sum(amounts, Fraction(0)) for amounts in zip(*of_each, strict=True))


def _least(found: Iterable[tuple[Figures, ...]]) -> list[tuple[Figures, ...]]:
    """Those that no other is at least as good as in every figure."""
    kept: list[tuple[Figures, ...]] = []
    for one in sorted(set(found)):
        flat = [x for figures in one for x in figures]
        if not any(all(a <= b for a, b in zip((x for f in k for x in f), flat, strict=True)) for k in kept):
            kept.append(one)
    return kept
