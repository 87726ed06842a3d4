"""A list of scenarios solved over workers, each outcome kept as it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from orebook.files.plan_folder import plan_of, plan_texts
from orebook.parallel.cluster import Cluster
from orebook.parallel.workers import Here, Lost, Processes, Workers
from orebook.plan import Plan
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.outcome_cache import Kept
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.session import Session
from orebook.solver.lp.stop import Stop


@dataclass(frozen=True)
class Listing:
    """How scenarios are solved: the base plan, limits of each solve, and by whom: processes, or a cluster at an address."""

    plan: Plan
    gap: float | None = None
    time_limit_s: float | None = None
    workers: int = 1
    cluster: str | None = None
    kept: Path | None = None

    @cached_property
    def session(self) -> Session:
        """The session of the plan in this process; lists asked one after the other share it."""
        return Session.of(self.plan, gap=self.gap, time_limit_s=self.time_limit_s)


def outcomes(
    asked: Listing,
    scenarios: Sequence[Scenario],
    stop: Stop,
    on_outcome: Callable[[Outcome], None] = lambda _o: None,
) -> list[Outcome]:
    """The outcomes in the order of the scenarios; after a stop those that were reached.

    The same scenarios give the same outcomes, seconds apart, whatever the number of workers. Equal changes are solved once.
    """
    kept = Kept(asked.kept, asked.plan, asked.gap, asked.time_limit_s)
    found: dict[tuple[str, ...], Outcome] = {}
    missing: dict[tuple[str, ...], Scenario] = {}
    for scenario in scenarios:
        known = kept.get(scenario)
        if known is not None:
            found[scenario.changes] = known
        else:
            missing.setdefault(scenario.changes, scenario)
    ways = _workers(asked, len(missing), stop)
    for scenario in missing.values():
        ways.submit(scenario)
    for scenario, answer in ways.as_completed(lambda: stop.asked):
        outcome = _lost(scenario, answer) if isinstance(answer, Lost) else answer
        if stop.asked and (outcome.why or not outcome.has_plan):
            continue
        if not stop.asked:
            kept.put(scenario, outcome)
        found[scenario.changes] = outcome
        on_outcome(outcome)
    return [
        found[s.changes].model_copy(update={"name": s.name, "note": s.note}) for s in scenarios if s.changes in found
    ]


def _workers(asked: Listing, tasks: int, stop: Stop) -> Workers:
    """Who solves so many scenarios: nobody is called for none, and no other process on this machine for one."""
    if tasks == 0 or (asked.cluster is None and (asked.workers == 1 or tasks == 1)):
        return Here(lambda scenario: asked.session.ask(scenario, stop))
    with_ = (plan_texts(asked.plan), asked.gap, asked.time_limit_s)
    if asked.cluster is not None:
        return Cluster(asked.cluster, _ask, _open, with_)
    return Processes(_ask, min(asked.workers, tasks), _open, with_)


def _lost(scenario: Scenario, lost: Lost) -> Outcome:
    return Outcome(name=scenario.name, note=scenario.note, changes=scenario.changes, status="failed", why=lost.why)


_session: Session | None = None


def _open(texts: dict[str, str], gap: float | None, time_limit_s: float | None) -> None:
    global _session  # noqa: PLW0603 - a worker has one plan
    _session = Session.of(plan_of(texts), gap=gap, time_limit_s=time_limit_s)


def _ask(scenario: Scenario) -> Outcome:
    assert _session is not None
    return _session.ask(scenario)
