"""One stage: a bound at once, a plan by structure, and the solver's own search for what is left to prove."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from orebook.schema.stages import STAGES, TIE_BREAKING, StageName
from orebook.solver.cuts.block_cuts import Pricing, find_cuts, lagrangian_bound, with_cuts
from orebook.solver.cuts.cut_workers import cut_workers
from orebook.solver.heuristics.block_pass import block_pass
from orebook.solver.heuristics.decomposition import Search
from orebook.solver.heuristics.large_neighbourhoods import better
from orebook.solver.heuristics.relax_and_fix import relax_and_fix
from orebook.solver.lp.certificate import Certificate
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.gaps import gap_of, within
from orebook.solver.lp.limits import Limits, Progress
from orebook.solver.lp.matrix import Floats
from orebook.solver.lp.outcome import Ending, Outcome
from orebook.solver.lp.relaxation import relaxation
from orebook.solver.lp.solver import Solver
from orebook.solver.options import Options


@dataclass
class StageRun:
    """The solve of one stage, `seconds` from now; `first`: no earlier stage has left a plan to begin from.

    A first plan may take longer, to `latest` seconds from now: without one the run has nothing.

    `then` is the main stage that follows: of plans that are as good, the search likes those that it will like. `known_cuts` are
    cuts that earlier stages found: where a mineral cannot have what the relaxation gives it, no objective changes that.
    """

    stage: StageName
    solver: Solver
    options: Options
    seconds: float
    on_progress: Callable[[StageName, Progress], None]
    first: bool = False
    then: StageName | None = None
    latest: float = 0.0
    known_cuts: tuple[Cut, ...] = ()

    def __post_init__(self) -> None:
        matrix = self.solver.matrix
        self._cost, self._offset = matrix.cost[self.stage], matrix.offset[self.stage]
        self._began = time.perf_counter()
        self._bound, self._best = -np.inf, np.inf
        self._certificate: Certificate | None = None
        self._late = False
        self.solver.on_progress = self._hear
        self._without_cuts, self._cuts = self.solver, self.known_cuts
        self.solver = self._with(self._cuts)

    def solve(self, start: Floats | None) -> Outcome:
        """The best plan found and the best bound, from `start` where there is one."""
        matrix = self.solver.matrix
        if int((matrix.integer & (matrix.lower < matrix.upper)).sum()) < self.options.search.min_integer_columns:
            return self._merge(self._by_solver(start), start, cut_short=False)
        near = self._relaxation(self._with_next_stage()) if self.then and not self._by_interior_point else None
        relaxed = self._relaxation(self._cost, near)
        if not relaxed.has_plan:
            return relaxed
        self._raise_bound(relaxed.bound, Certificate(relaxed.row_dual, self._cuts))
        search, aim = self._searching(relaxed), self._aim(relaxed)
        if self.stage in TIE_BREAKING and start is not None:
            self._found(start)
            return self._ended(block_pass(search, start), cut_short=search.cut_short)
        x = start
        if x is None or (self.first and self._is_weak(x)):
            search = self._aiming(
                search, aim, relaxed, relaxed if aim is self._cost else self._relaxation(aim, relaxed)
            )
            built = relax_and_fix(search, None if x is not None else self._latest)
            x = min((y for y in (x, built) if y is not None), key=self._value, default=None)
        x = self._any_plan() if x is None else x
        if x is None:
            return self._merge(self._by_solver(None), None, cut_short=search.cut_short)
        self._found(x)
        if self._by_interior_point and not self._is_good(x):
            x = better(self._until(search, self.options.shares.before_cuts), x)
        if not self._is_good(x):
            search = self._lifted(search, aim, relaxed, x)
            x = better(search, x)
        if self._is_good(x):
            return self._ended(x, cut_short=search.cut_short)
        return self._merge(self._by_solver(x), x, cut_short=search.cut_short)

    def _with_next_stage(self) -> Floats:
        """What the stage counts and a hair of the next: a relaxation with fewer ties takes far less time."""
        assert self.then is not None
        matrix, ahead = self.solver.matrix, self.solver.matrix.cost[self.then]
        reach = np.maximum(np.abs(matrix.lower), np.abs(matrix.upper))
        reach = np.where(np.isfinite(reach), reach, 0.0)
        most = float(np.abs(ahead) @ reach)
        return (
            self._cost
            + self.options.search.unsolved_next_stage_weight_rel * float(np.abs(self._cost) @ reach) / most * ahead
            if most > 0
            else self._cost
        )

    def _aim(self, relaxed: Outcome) -> Floats:
        """What the search minimises: what the stage counts, and a hair of what the next one does."""
        if self.then is None or self._by_interior_point:
            return self._cost
        ahead = self.solver.matrix.cost[self.then]
        size = abs(float(ahead @ relaxed.x))
        if size == 0:
            return self._cost
        weight = self.options.search.next_stage_weight_rel * max(abs(relaxed.bound), STAGES[self.stage].smallest) / size
        return self._cost + weight * ahead

    def _aiming(self, search: Search, aim: Floats, own: Outcome, aimed: Outcome) -> Search:
        """The search with an aim and its relaxation; with the stage's own where that of the aim did not end in time."""
        if aimed.ending != "proven":
            aim, aimed = self._cost, own
        return replace(search, solver=self.solver, cost=aim, relaxed=aimed)

    def _searching(self, relaxed: Outcome) -> Search:
        return Search(
            solver=self.solver,
            without_cuts=self._without_cuts,
            cost=self._cost,
            offset=self._offset,
            relaxed=relaxed,
            deadline=self._began + self.seconds,
            is_good_enough=self._is_good,
            report=self._found,
            parameters=self.options.search,
            shares=self.options.shares,
            threads=self.options.threads,
            seed=self.options.seed,
        )

    def _until(self, search: Search, share: float) -> Search:
        """The search with a share of the time left."""
        return replace(search, deadline=time.perf_counter() + share * self._left)

    @property
    def _by_interior_point(self) -> bool:
        """Whether relaxations take so long by the simplex method that they are not worth a basis to begin the next at."""
        least = self.options.search.min_interior_columns
        return least is not None and len(self._cost) >= least

    def _is_weak(self, x: Floats) -> bool:
        return gap_of(self.stage, self._value(x), self._bound) > self.options.search.weak_gap_times * self.options.gap

    def _ended(self, x: Floats, *, cut_short: bool) -> Outcome:
        late = cut_short or self._late
        return Outcome(
            "stopped" if late else "proven",
            self._bound,
            self._spent,
            "time" if late else None,
            cuts=self._cuts,
            certificate=self._certificate,
            _x=x,
        )

    def _lifted(self, search: Search, aim: Floats, relaxed: Outcome, x: Floats) -> Search:
        """The search with the cuts of minerals that the relaxation breaks.

        Those come first that lose most at a plan: there the bound has most to gain. At the relaxation's own prices they give
        the Lagrangian bound, before a relaxation with them says more.
        """
        matrix, until = self.solver.matrix, time.perf_counter() + self.options.shares.cuts * self._left
        seconds = self.options.shares.cuts * self._left
        pricing = Pricing.of(matrix, self._cost, relaxed, seconds, self.options.seed, self.options.search)
        workers = cut_workers(pricing, self.options, self.solver.stop)
        losing = [int(m) for m in np.argsort(-search.loss_by_mineral(x), kind="stable")]
        more = find_cuts(losing, workers, lambda: self.solver.stop.asked or time.perf_counter() > until)
        if more:
            self._cuts += more
            at_prices = lagrangian_bound(matrix, self._cost, relaxed.row_dual, more)
            self._raise_bound(at_prices[0] + self._offset, Certificate(at_prices[1], self._cuts))
            if self._is_good(x):
                return search
            before, self.solver = self.solver, self._with(self._cuts)
            own = aimed = self._relaxation(aim, search.relaxed, self.options.shares.cut_relaxation)
            if aim is not self._cost and aimed.ending == "proven":
                own = self._relaxation(self._cost, aimed, self.options.shares.cut_relaxation)
            if own.ending == "proven":
                self._raise_bound(own.bound, Certificate(own.row_dual, self._cuts))
                return self._aiming(search, aim, own, aimed)
            self.solver = before
        return search if search.cost is aim else self._aiming(search, aim, relaxed, self._relaxation(aim, relaxed))

    def _with(self, some: tuple[Cut, ...]) -> Solver:
        """The stage's solver with some cuts as rows; itself, which is scaled already, where there are none."""
        if not some:
            return self._without_cuts
        plain = self._without_cuts
        return Solver(with_cuts(plain.matrix, some), plain.stop, self._hear, backend=plain.backend, log=plain.log)

    def _relaxation(self, cost: Floats, near: Outcome | None = None, share: float = 1.0) -> Outcome:
        """The relaxation of an objective, from where that of another one ended, in a share of the time left."""
        limits = Limits(
            0.0,
            0.0,
            share * self._left,
            seed=self.options.seed,
            presolve=self.options.presolve,
            sure=True,
            interior=self._by_interior_point,
        )
        found = relaxation(self.solver, cost, self._offset, limits, Domain.relaxed(self.solver.matrix), near)
        self._late = self._late or found.cut_short
        return found

    def _any_plan(self) -> Floats | None:
        """The first plan that comes, whatever it is worth: a run that is stopped early still has one."""
        left = self._latest - time.perf_counter()
        limits = Limits(
            0.0, 0.0, max(0.0, left) / 2, improvements=1, seed=self.options.seed, presolve=self.options.presolve
        )
        outcome = self.solver.solve(np.zeros_like(self._cost), 0.0, limits, quiet=True)
        return outcome.x if outcome.has_plan else None

    def _by_solver(self, start: Floats | None) -> Outcome:
        """The solver's own search."""
        tie_breaking = self.stage in TIE_BREAKING
        limits = Limits(
            gap=0.0 if tie_breaking else self.options.gap,
            absolute_gap=0.5 if tie_breaking else self.options.gap * STAGES[self.stage].smallest,
            seconds=self._left,
            nodes=self.options.search.tie_breaking_nodes if tie_breaking else None,
            seed=self.options.seed,
            presolve=self.options.presolve,
            sure=True,
        )
        return self.solver.solve(self._cost, self._offset, limits, start)

    def _merge(self, outcome: Outcome, start: Floats | None, *, cut_short: bool) -> Outcome:
        """The solver's outcome with the earlier plan and bound where those are better; a plan is never lost."""
        bound = max(self._bound, outcome.bound)
        x = outcome.x if outcome.has_plan else start
        if x is None:
            return replace(outcome, bound=bound)
        if start is not None and self._value(start) < self._value(x):
            x = start
        value = self._value(x)
        stopped_by = outcome.stopped_by or (
            "time" if (cut_short or self._late) and outcome.ending != "proven" else None
        )
        proven = within(gap_of(self.stage, value, bound), self.options.gap)
        ending: Ending = "proven" if proven or outcome.ending == "proven" else "stopped"
        return Outcome(
            ending, bound, self._spent, stopped_by, outcome.detail, cuts=self._cuts, certificate=self._certificate, _x=x
        )

    def _value(self, x: Floats) -> float:
        return float(self._cost @ x) + self._offset

    def _is_good(self, x: Floats) -> bool:
        return gap_of(self.stage, self._value(x), self._bound) <= self.options.gap

    def _found(self, x: Floats) -> None:
        self._best = min(self._best, self._value(x))
        self.on_progress(self.stage, Progress(self._spent, self._best, self._bound))

    def _raise_bound(self, bound: float, certificate: Certificate) -> None:
        if bound > self._bound:
            self._bound, self._certificate = bound, certificate
        self.on_progress(self.stage, Progress(self._spent, None, self._bound))

    def _hear(self, progress: Progress) -> None:
        """The solver's own log, never worse than what is known."""
        best = self._best if progress.incumbent is None else min(self._best, progress.incumbent)
        bound = self._bound if progress.bound is None else max(self._bound, progress.bound)
        self.on_progress(
            self.stage,
            Progress(self._spent, best if np.isfinite(best) else None, bound if np.isfinite(bound) else None),
        )

    @property
    def _spent(self) -> float:
        return time.perf_counter() - self._began

    @property
    def _latest(self) -> float:
        return self._began + max(self.seconds, self.latest)

    @property
    def _left(self) -> float:
        return max(0.0, self.seconds - self._spent)
