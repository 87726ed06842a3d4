"""A list of scenarios solved over workers, each outcome cached as it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from orebook.files.plan_folder import plan_of, plan_texts
from orebook.parallel.cluster import Cluster
from orebook.parallel.workers import Here, Lost, Processes, Workers
from orebook.plan import Plan
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.outcome_cache import OutcomeCache
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.session import Session
from orebook.solver.lp.stop import Stop


@dataclass(frozen=True)
class SolveSettings:
    """How scenarios are solved: from which base plan, at which limits, by how many processes or by a cluster at an address.

    `gap` is relative and `time_limit_s` in seconds, of each solve; outcomes are cached in `cache_folder` where there is one.
    """

    plan: Plan
    gap: float | None = None
    time_limit_s: float | None = None
    workers: int = 1
    cluster: str | None = None
    cache_folder: Path | None = None

    @cached_property
    def session(self) -> Session:
        """The session of the plan in this process; lists solved one after the other share it."""
        return Session.of(self.plan, gap=self.gap, time_limit_s=self.time_limit_s)


def solve_scenarios(
    settings: SolveSettings,
    scenarios: Sequence[Scenario],
    stop: Stop,
    on_outcome: Callable[[Outcome], None] = lambda _o: None,
) -> list[Outcome]:
    """The outcomes in the order of the scenarios; after a stop those that were reached.

    The same scenarios give the same outcomes, seconds apart, whatever the number of workers. Equal changes are solved once.
    """
    cache = OutcomeCache(settings.cache_folder, settings.plan, settings.gap, settings.time_limit_s)
    found: dict[Any, Outcome] = {}
    missing: dict[Any, Scenario] = {}
    for scenario in scenarios:
        cached = cache.get(scenario)
        if cached is not None:
            found[scenario.what_changes] = cached
        else:
            missing.setdefault(scenario.what_changes, scenario)
    workers = _workers(settings, len(missing), stop)
    for scenario in missing.values():
        workers.submit(scenario)
    for scenario, answer in workers.as_completed(lambda: stop.asked):
        outcome = _lost(scenario, answer) if isinstance(answer, Lost) else answer
        if stop.asked and (outcome.why or not outcome.has_plan):
            continue
        if not stop.asked:
            cache.put(scenario, outcome)
        found[scenario.what_changes] = outcome
        on_outcome(outcome)
    return [
        found[s.what_changes].model_copy(update={"name": s.name, "note": s.note})
        for s in scenarios
        if s.what_changes in found
    ]


def _workers(settings: SolveSettings, tasks: int, stop: Stop) -> Workers:
    """Who solves so many scenarios: nobody is called for none, and no other process on this machine for one."""
    if tasks == 0 or (settings.cluster is None and (settings.workers == 1 or tasks == 1)):
        return Here(lambda scenario: settings.session.solve_scenario(scenario, stop))
    state = (plan_texts(settings.plan), settings.gap, settings.time_limit_s)
    if settings.cluster is not None:
        return Cluster(settings.cluster, _begin, state)
    return Processes(_begin, min(settings.workers, tasks), state)


def _lost(scenario: Scenario, lost: Lost) -> Outcome:
    return Outcome(**scenario.model_dump(), status="failed", why=lost.why)


def _begin(texts: dict[str, str], gap: float | None, time_limit_s: float | None) -> Callable[[Scenario], Outcome]:
    """The work of another process: the plan opened there, and asked what-ifs."""
    return Session.of(plan_of(texts), gap=gap, time_limit_s=time_limit_s).solve_scenario
