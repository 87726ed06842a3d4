"""A hedged plan held against futures that it was not planned for: fresh draws, made as `orebook futures` makes them.

In each draw the orders of the weeks that are now stand, the hedged plan's or those of the instance's own plan, and the rest
answers to the draw; beside both stands who knew the draw from week 1. A draw is known from week 2 on, or from the first week
after those that are now: their orders were placed before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, stdev

import numpy as np

from orebook import arguments
from orebook.changes import changed
from orebook.errors import InputError
from orebook.hedged import HedgedPlan
from orebook.parallel.workers import Here, Lost, Processes
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.scenarios.at_best import Bounding
from orebook.scenarios.drawn_futures import MAX_DRAWS, refuse_nothing
from orebook.scenarios.future_tables import DrawnFuture, drawn_future
from orebook.scenarios.hazard_draws import strikes
from orebook.scenarios.placed_tickets import with_placed
from orebook.scenarios.price_walks import price_walks
from orebook.scenarios.sample import Sample
from orebook.schema.hedge import HedgeDocument, NowTicket
from orebook.schema.hedge_check import WAYS, CheckDocument, CheckedDraw, CheckedWay, Saving, Way, WaySummary
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop

WHOLE = 20
"""Draws that are solved whole."""
FRESH = 2
"""The seed, where none is named: not the one that futures are drawn by."""


@dataclass(frozen=True)
class CheckRequest:
    """So many draws of a seed, the first `whole` of them solved, each in so many seconds within a gap; `workers` processes."""

    draws: int
    seed: int = FRESH
    whole: int = WHOLE
    gap: float = 0.005
    seconds: float = 60.0
    workers: int = 1


@dataclass(frozen=True)
class _Checking:
    """What a process needs to check draws."""

    problem: Problem
    model: Model
    placed: dict[Way, tuple[NowTicket, ...]]
    weeks: int
    request: CheckRequest
    prices: bool
    stop: Stop

    @cached_property
    def futures(self) -> list[DrawnFuture]:
        """Every draw, from the seed."""
        draws, seed, problem = self.request.draws, self.request.seed, self.problem
        names, factors = (
            price_walks(problem, draws, seed) if self.prices else ([], np.ones((draws, problem.weeks - 1, 0)))
        )
        struck = strikes(problem, draws, seed)
        return [drawn_future(problem, names, factors[k], struck[k], self.weeks + 1) for k in range(draws)]

    @property
    def alike(self) -> bool:
        """Whether the instance's own plan orders now what the hedged one does."""
        return self.placed["plain"] == self.placed["hedged"]

    @cached_property
    def ordered(self) -> dict[Way, tuple[Problem, Model]]:
        """The problem in which a way's orders of now are placed; as it is, for foresight."""
        of_orders = {way: with_placed(self.problem, self.model, t, self.weeks) for way, t in self.placed.items()}
        return {**of_orders, "foresight": (self.problem, self.model)}

    def __call__(self, draw: int) -> CheckedDraw:
        """A draw, the first being 1."""
        future, whole = self.futures[draw - 1], draw <= self.request.whole
        look = Bounding(self.request.gap, self.request.seconds, self.stop)
        ways = dict[Way, CheckedWay]()
        for way, (problem, model) in self.ordered.items():
            alike = way == "plain" and self.alike
            ways[way] = ways["hedged"] if alike else look.at_best(_world(problem, future), model, whole=whole)
        return CheckedDraw(draw=draw, known_week=future.known_week, strikes=future.note, whole=whole, ways=ways)


def check_hedge(
    hedged: HedgedPlan,
    request: CheckRequest,
    *,
    on_draw: Callable[[CheckedDraw], None] = lambda _draw: None,
    stop: Stop | None = None,
) -> CheckDocument:
    """The hedged plan's orders over fresh draws; after a stop those that were reached.

    A draw whose solve does not end in time has bounds alone. Raises InputError for numbers out of bounds, where there is
    nothing to draw from, and for a hedged plan without a main stage.
    """
    arguments.refuse(
        arguments.count("draws", request.draws, 1, MAX_DRAWS),
        arguments.count("seed", request.seed, 0),
        arguments.count("workers", request.workers, 1, 64),
    )
    document, problem = hedged.document, hedged.problem
    if document.worth is None:
        says = "has no stage but tie-breaking ones, so that no orders can be better than others; add one, such as cost"
        raise InputError([fault(document.model.name, None, "no_stage", says)])
    prices = bool(problem.document.rows("volatility"))
    refuse_nothing(problem, prices=prices)
    stop = stop or Stop()
    checking = _Checking(problem, hedged.model, _placed(document), document.now_weeks, request, prices, stop)
    checking.futures  # noqa: B018  what cannot be drawn is refused before processes are begun
    alone = request.workers == 1
    pool = Here(checking) if alone else Processes(_begin, request.workers, (checking,))
    for draw in range(1, request.draws + 1):
        pool.submit(draw)
    found = dict[int, CheckedDraw]()
    for draw, answer in pool.as_completed(lambda: stop.asked):
        found[draw] = _lost(checking, draw, answer) if isinstance(answer, Lost) else answer
        on_draw(found[draw])
    return _document(hedged, checking, [found[draw] for draw in sorted(found)])


def _begin(checking: _Checking) -> Callable[[int], CheckedDraw]:
    return checking


def _placed(document: HedgeDocument) -> dict[Way, tuple[NowTicket, ...]]:
    assert document.worth is not None
    hedged = tuple(NowTicket(offer=t.offer, week=t.week, tonnes=t.tonnes) for t in document.tickets)
    plain = document.worth.plain_tickets
    return {"hedged": _sorted(hedged), "plain": _sorted(plain)}


def _sorted(tickets: Sequence[NowTicket]) -> tuple[NowTicket, ...]:
    return tuple(sorted(tickets, key=lambda t: (t.week, t.offer)))


def _world(problem: Problem, future: DrawnFuture) -> Problem:
    return changed(problem, future.changes, future.known_week, "lost") if future.changes else problem


def _lost(checking: _Checking, draw: int, lost: Lost) -> CheckedDraw:
    future = checking.futures[draw - 1]
    ways: dict[Way, CheckedWay] = {way: CheckedWay(why=lost.why) for way in WAYS}
    return CheckedDraw(draw=draw, known_week=future.known_week, strikes=future.note, whole=False, ways=ways)


def _document(hedged: HedgedPlan, checking: _Checking, draws: Sequence[CheckedDraw]) -> CheckDocument:
    document = hedged.document
    assert document.worth is not None
    stage = document.worth.stage
    return CheckDocument(
        instance=document.instance,
        model=document.model,
        asked=checking.request.draws,
        seed=checking.request.seed,
        prices=checking.prices,
        foreseen=checking.prices and any(d.strikes for d in draws),
        stage=stage,
        tickets={**checking.placed, "foresight": ()},
        ways={way: _summary([d for d in draws if way in d.ways], way, stage) for way in WAYS},
        hedging=_saving(draws, "plain", "hedged", stage, alike=checking.alike),
        knowing=_saving(draws, "hedged", "foresight", stage),
        draws=tuple(draws),
    )


def _summary(draws: Sequence[CheckedDraw], way: Way, stage: str) -> WaySummary:
    bounds = [d.ways[way].stages[stage][0] for d in draws if stage in d.ways[way].stages]
    whole = [pair for d in draws if (pair := _solved(d, way, stage)) is not None]
    even = np.full(len(bounds), 1 / max(1, len(bounds)))
    return WaySummary(
        draws=len(bounds),
        bound=fmean(bounds) if bounds else None,
        worst_tenth=Sample.of(np.array(bounds), even).worst_tenth if bounds else None,
        whole=len(whole),
        mean=(fmean(low for low, _ in whole), fmean(high for _, high in whole)) if whole else None,
        without_plan=sum(bool(d.ways[way].why) for d in draws),
    )


def _solved(draw: CheckedDraw, way: Way, stage: str) -> tuple[float, float] | None:
    """Bound and value where a draw was solved whole; else None."""
    low, high = draw.ways[way].stages.get(stage, (0.0, None))
    return (low, high) if draw.whole and high is not None else None


def _saving(draws: Sequence[CheckedDraw], of: Way, by: Way, stage: str, *, alike: bool = False) -> Saving:
    """What is saved by one way over another, over the draws in which both were solved; nothing where they order alike."""
    pairs = [(_solved(d, of, stage), _solved(d, by, stage)) for d in draws]
    found = [(dear[0] - good[1], dear[1] - good[0]) for dear, good in pairs if dear and good]
    found = [(0.0, 0.0) for _ in found] if alike else found
    if not found:
        return Saving(draws=0, mean=None, error=None)
    middles = [(low + high) / 2 for low, high in found]
    error = stdev(middles) / len(middles) ** 0.5 if len(middles) > 1 else None
    return Saving(draws=len(found), mean=(fmean(x for x, _ in found), fmean(x for _, x in found)), error=error)
