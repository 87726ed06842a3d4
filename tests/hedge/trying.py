"""Every hedged plan of a tiny problem: each future's plans, judged whole, put together where they agree in shared weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from tests.oracle.plans import HAIR

Figures = tuple[Fraction, ...]
"""A plan's measures, in the order of the stages."""
Prefix = tuple[object, ...]
"""What is decided before a week."""
Allowed = Callable[[tuple[Order, ...]], bool]


@dataclass(frozen=True)
class TriedPlan:
    """A plan of one future that keeps every rule, with some houses engaged."""

    orders: tuple[Order, ...]
    outs: tuple[tuple[int, Out], ...]
    """With the week of the withdrawal."""
    figures: Figures

    def before(self, week: int) -> Prefix:
        """What it decides before a week: orders and what is taken out; the rest follows."""
        orders = tuple(o for o in self.orders if o.week < week)
        return (*orders, *(out for w, out in self.outs if w < week))


class HedgedPlans:
    """All hedged plans of a problem that are worth trying, under a model whose rules are all kept."""

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
        tries = [_Future(world, model, names) for world in worlds]
        self._plans = [[list(t.plans(engaged)) for t in tries] for engaged in self._engaged]

    def best(self, allowed: Allowed = lambda orders: True) -> dict[StageName, Fraction] | None:
        """What each stage's R comes to, of plans whose orders are all allowed in every future; None where there is none."""
        every = [figures for plans in self._plans for figures in self._together(plans, allowed)]
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

    def alone(self, name: str, allowed: Allowed = lambda orders: True) -> dict[StageName, Fraction] | None:
        """What the stages come to in one future that is known from week 1, of plans whose orders are allowed."""
        place = next(k for k, f in enumerate(self.futures) if f.name == name)
        left = [p.figures for plans in self._plans for p in plans[place] if allowed(p.orders)]
        reached = dict[StageName, Fraction]()
        for k, (stage, slack) in enumerate(self.stages):
            if not left:
                return None
            value = min(figures[k] for figures in left)
            reached[stage] = value
            most = value + slack * abs(value) + HAIR * max(Fraction(1), abs(value))
            left = [figures for figures in left if figures[k] <= most]
        return reached

    def _together(self, plans: Sequence[list[TriedPlan]], allowed: Allowed) -> Iterable[tuple[Figures, ...]]:
        """The figures of each future, of plans that agree in shared weeks: from the future that is known last to the first.

        What no figure of is better than another's, with the same decisions in shared weeks, is left out: R rises with each
        future's measure.
        """
        weeks = [f.known_week for f in self.futures]
        groups: Mapping[Prefix, list[tuple[Figures, ...]]] | None = None
        for place in reversed(range(len(weeks))):
            alike: dict[Prefix, list[TriedPlan]] = defaultdict(list)
            for plan in plans[place]:
                if allowed(plan.orders):
                    alike[plan.before(weeks[place])].append(plan)
            found: dict[Prefix, list[tuple[Figures, ...]]] = defaultdict(list)
            for prefix, mine in alike.items():
                later = [()] if groups is None else groups.get(prefix, [])
                best = _least((plan.figures,) for plan in mine)
                found[mine[0].before(weeks[place - 1] if place else 1)] += [(*a, *b) for a in best for b in later]
            groups = {prefix: _least(figures) for prefix, figures in found.items()}
        return [] if groups is None else groups.get((), [])


class _Future:
    """The plans of one future."""

    def __init__(self, world: Problem, model: Model, stages: Sequence[StageName]) -> None:
        self._world, self._stages, self._judge = world, stages, Judge(world, model)
        self._money = MoneyWays(world, self._judge, funded=model.on("funding"))
        self._orders = list(order_sets(world, self._judge, frozenset({"flow", *model.rules})))
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
        judgement = self._judge.judge(
            Decisions(found.orders, puts, decided.outs, money.draws, money.repays, engaged=engaged)
        )
        if judgement.breaches:
            return None
        return TriedPlan(found.orders, outs, tuple(judgement.measures.get(s, Fraction(0)) for s in self._stages))


def _stages(measured: Sequence[Iterable[str]], model: Model) -> list[tuple[StageName, Fraction]]:
    """The model's stages that mean something in some future, with their slack."""
    there = {stage for stages in measured for stage in stages}
    listed = [(s.stage, exact(s.slack)) for s in model.stages if s.stage in there]
    instead = any(stage == "changes" for stage, _ in listed)
    return [(stage, slack) for stage, slack in listed if not (stage == "tickets" and instead)]


def _ways(places: int) -> Iterator[tuple[bool, ...]]:
    return product((False, True), repeat=places)


def _least(found: Iterable[tuple[Figures, ...]]) -> list[tuple[Figures, ...]]:
    """Those that no other is at least as good as in every figure."""
    kept: list[tuple[Figures, ...]] = []
    for one in sorted(set(found)):
        flat = [x for figures in one for x in figures]
        if not any(all(a <= b for a, b in zip((x for f in k for x in f), flat, strict=True)) for k in kept):
            kept.append(one)
    return kept
