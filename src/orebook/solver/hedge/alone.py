"""The best plan of each future by itself, as if it were known from week 1; side by side where several workers may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from orebook.errors import InfeasibleError, StoppedError
from orebook.parallel.cluster import Cluster
from orebook.parallel.workers import Here, Lost, Processes, Workers
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.plan import Clash
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.hedge.futures import KnownFuture
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.run import Run

Answer = Plan | Clash | None

MIN_OFFER_WEEKS = 1000
"""Offers times weeks below which a problem is solved in less time than a process needs to begin."""

LEAST_S = 1.0
"""Seconds that the plan of a future may always take: without one of each there is none of all."""


@dataclass(frozen=True)
class AloneRuns:
    """Problems that are each solved by themselves, begun at the tickets of one plan."""

    problems: tuple[Problem, ...]
    model: Model
    options: Options
    warm_start_plan: Plan

    def solve(self, number: int, stop: Stop) -> Answer:
        """The best plan of one, or why it has none; None where a limit came before any."""
        problem = self.problems[number]
        start = WarmStart.of(problem, self.warm_start_plan)
        try:
            return Run(problem, self.model, self.options, stop=stop, warm_start=start).solve().plan
        except InfeasibleError as error:
            return error.clash
        except StoppedError:
            return None


def alone_plans(
    futures: Sequence[KnownFuture],
    own: Plan,
    model: Model,
    options: Options,
    seconds: float,
    workers: int,
    stop: Stop,
    on_alone: Callable[[str, Plan], None],
) -> tuple[Plan | None, ...]:
    """One a future, within `seconds` in all; `own` is the instance's plan, and that of a future without changes.

    None of a future of which none was found in time.

    Raises InfeasibleError that names the future which has no plan.
    """
    found: dict[int, Plan | None] = {k: own for k, future in enumerate(futures) if future.world == own.problem}
    for k in found:
        on_alone(futures[k].future.name, own)
    todo = [k for k in range(len(futures)) if k not in found]
    each = max(LEAST_S, seconds * min(1.0, workers / max(1, len(todo))))
    limited = replace(options, time_limit_s=each, log=None)
    runs = AloneRuns(tuple(future.world for future in futures), model, limited, own)
    team = _workers(runs, min(workers, len(todo)), stop)
    for k in todo:
        team.submit(k)
    for k, answer in team.as_completed(lambda: stop.asked):
        plan = found[k] = _plan(futures[k], runs.solve(k, stop) if isinstance(answer, Lost) else answer)
        if plan is not None:
            on_alone(futures[k].future.name, plan)
    for k in (k for k in todo if k not in found):  # stopped: what there is without a solver
        found[k] = _plan(futures[k], runs.solve(k, stop))
    return tuple(found[k] for k in range(len(futures)))


def _plan(future: KnownFuture, answer: Answer) -> Plan | None:
    if isinstance(answer, Clash):
        says = f"In the future {future.future.name}, even alone: {answer.says}"
        raise InfeasibleError(answer.model_copy(update={"says": says}))
    return answer


def _workers(runs: AloneRuns, count: int, stop: Stop) -> Workers:
    if runs.options.cluster is not None:
        return Cluster(runs.options.cluster, _begin, (runs,))
    size = len(runs.warm_start_plan.problem.offers) * runs.warm_start_plan.problem.weeks
    if count > 1 and size >= MIN_OFFER_WEEKS:
        return Processes(_begin, count, (runs,))
    return Here(lambda number: runs.solve(number, stop))


def _begin(runs: AloneRuns) -> Callable[[int], Answer]:
    """The work of another process, which is ended from outside."""
    return lambda number: runs.solve(number, Stop())
