"""A study of weeks rolled on: a request goes in, the weeks of each policy come out. The command line and Python share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from orebook.errors import InputError
from orebook.files.models import read_model
from orebook.problem import Problem
from orebook.reading import suggest
from orebook.reading.text import fault
from orebook.rolling.coming_true import Event, read_events
from orebook.rolling.history import History, read_history
from orebook.rolling.loop import Course
from orebook.rolling.policies import POLICIES, SolveLimits
from orebook.rolling.results import PolicyResult, Week
from orebook.rolling.run_policies import PortableCourse, roll_policies
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop


@dataclass(frozen=True)
class RollRequest:
    """So many weeks of an instance, planned by each policy.

    `history` has the prices that come true, or is the file that lists them, and `events` the
    changes that do; `start` is the first Monday, the instance's own where None. No `policies` are all of them.
    `gap` is relative and `time_limit_s` in seconds, of each solve; where they are None the model's
    own count. `workers` are processes, a policy each.
    """

    weeks: int = 26
    history: History | Path | None = None
    events: tuple[Event, ...] | Path = ()
    start: date | None = None
    policies: tuple[str, ...] = ()
    model: str | Path | Model = "weekly"
    gap: float | None = None
    time_limit_s: float | None = None
    workers: int = 1


@dataclass(frozen=True)
class RollResult:
    """The policies that were rolled on; `complete` where none was stopped."""

    policies: tuple[PolicyResult, ...]
    complete: bool

    @property
    def all_planned(self) -> bool:
        """Whether every week of every policy has a plan."""
        return not any(policy.ended for policy in self.policies)

    def document(self) -> dict[str, Any]:
        """All of it as JSON values, in the form `orebook/roll/1`."""
        return {"schema": "orebook/roll/1", "ways": [policy.model_dump(mode="json") for policy in self.policies]}

    def rows(self) -> list[dict[str, Any]]:
        """A row a policy and week, for a DataFrame or a CSV file."""
        return [{"way": p.way, **week.model_dump(mode="json")} for p in self.policies for week in p.weeks]


def run_roll(
    problem: Problem,
    request: RollRequest,
    *,
    weeks_folder: Path | None = None,
    name: Callable[[str], str] = str,
    on_week: Callable[[str, Week], None] = lambda _policy, _week: None,
    on_policy: Callable[[PolicyResult], None] = lambda _result: None,
    stop: Stop | None = None,
) -> RollResult:
    """Plan, commit the first week, move on a week with the price that came true, and again.

    In `weeks_folder` each week's plan of the policy `plan` is written. `on_week` is called with one worker only. `name` gives
    what the caller calls an argument of the request. Raises InputError for a request that cannot be met.
    """
    stop = stop or Stop()
    model = request.model if isinstance(request.model, Model) else read_model(request.model)
    history = read_history(request.history, problem) if isinstance(request.history, Path) else request.history
    start = request.start or problem.start
    events = read_events(request.events) if isinstance(request.events, Path) else request.events
    if (history is not None or events) and start is None:
        dated = "events have dates" if history is None else "prices have dates"
        says = f"{dated}, and the instance has no start; name a Monday with {name('start')}"
        raise InputError([fault(name("history"), None, "no_start", says)])
    policies = chosen_policies(
        request.policies, foresight=history is not None, futures=bool(problem.futures), name=name
    )
    limits = SolveLimits(request.gap, request.time_limit_s)
    course = Course(problem, model, request.weeks, history, start, limits, events)
    found = roll_policies(PortableCourse.of(course, weeks_folder), policies, request.workers, stop, on_week, on_policy)
    return RollResult(tuple(found), complete=not stop.asked and len(found) == len(policies))


def chosen_policies(
    names: tuple[str, ...], *, foresight: bool, futures: bool = False, name: Callable[[str], str] = str
) -> list[str]:
    """Those named, else all; without prices that come true nothing can be foreseen, without futures there is nothing to hedge.

    Raises InputError for a name that is none, and where `hedged` is named and the instance lists no futures.
    """
    unknown = [policy for policy in names if policy not in POLICIES]
    if unknown:
        says = f'"{unknown[0]}" is no way of planning; {suggest.mend(unknown[0], POLICIES)}'
        raise InputError([fault(name("policies"), None, "unknown_way", says)])
    if not futures and (hedging := [policy for policy in names if POLICIES[policy].futures]):
        says = f"{hedging[0]} plans for futures, and the instance lists none; write futures.csv, or draw some"
        raise InputError([fault(name("policies"), None, "no_futures", says)])
    possible = [p for p, how in POLICIES.items() if (foresight or not how.foresight) and (futures or not how.futures)]
    return [p for p in possible if p in (names or POLICIES)]
