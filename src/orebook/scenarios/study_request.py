"""What a study of what-ifs asks for: which changes are tried, at which limits, by how many workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orebook.changes import changed
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.scenarios.draws import draws
from orebook.scenarios.scenario import Scenario, crossed
from orebook.scenarios.scenario_files import read_scenarios
from orebook.scenarios.sweeps import HIGH, LOW, span, sweep, tornado
from orebook.scenarios.volatility import own_tornado
from orebook.schema.model import Model
from orebook.schema.tables import InTransit

StudyKind = Literal["changes", "scenarios", "ranges", "tornado", "draws", "break_even"]
"""What a study is about: it decides the tables and charts of its outcomes."""


@dataclass(frozen=True)
class DrawSettings:
    """Prices drawn as weekly walks: how many draws, of which seed, and the level of the value at risk.

    `level` is a part of the draws, 0.5 to 0.999; the command line takes the same in %, 50 to 99.9.
    """

    count: int
    seed: int = 0
    level: float = 0.95


@dataclass(frozen=True)
class BreakEven:
    """A search for the value between the ends of a span (`ADDRESS=LOW:HIGH`) at which the answer to `when` turns."""

    span: str
    when: str


@dataclass(frozen=True)
class StudyRequest:
    """What-ifs of a base plan: one list of scenarios, ranges, a tornado or draws, a break-even, or changes alone.

    `changes` come before those of every scenario; alone they are one scenario. All changes are known from week `known` on,
    from week 1 where it is None and the scenario names no week of its own; `in_transit` says what becomes of goods under
    way then that they bar. `scenarios` and those of `scenario_file` come
    in their order, then `ranges` (`ADDRESS=LOW:HIGH:N`), crossed. `tornado` is in %, or `own` for each price's volatility of a
    week. `model` is for a base plan that has yet to be solved. `gap` is relative and `time_limit_s` in seconds, of each solve;
    where they are None the model's own count. `workers` are processes; `cluster` is the address of a dask scheduler instead.

    `single_plan`: of one scenario the result has the whole plan, and a scenario without one raises. `checked`: all changes
    were checked before, so one that is refused is an outcome and keeps none of the others from being solved.
    """

    changes: tuple[str, ...] = ()
    known: int | None = None
    in_transit: InTransit = "lost"
    scenarios: tuple[Scenario, ...] = ()
    scenario_file: Path | None = None
    ranges: tuple[str, ...] = ()
    tornado: float | Literal["own"] | None = None
    draws: DrawSettings | None = None
    break_even: BreakEven | None = None
    model: str | Path | Model = "weekly"
    gap: float | None = None
    time_limit_s: float | None = None
    workers: int = 1
    cluster: str | None = None
    single_plan: bool = False
    checked: bool = False

    @property
    def kind(self) -> StudyKind:
        """What it is about."""
        kinds: tuple[tuple[bool, StudyKind], ...] = (
            (self.break_even is not None, "break_even"),
            (self.draws is not None, "draws"),
            (self.tornado is not None, "tornado"),
            (bool(self.scenarios or self.scenario_file), "scenarios"),
            (bool(self.ranges), "ranges"),
        )
        return next((kind for there, kind in kinds if there), "changes")

    def after_changes(self, scenarios: Iterable[Scenario]) -> list[Scenario]:
        """The scenarios with the changes of the request made before their own, and known when it says."""
        return [s.model_copy(update={"changes": (*self.changes, *s.changes), **self._when(s)}) for s in scenarios]

    def _when(self, scenario: Scenario) -> dict[str, object]:
        if scenario.known is not None or self.known is None:
            return {}
        return {"known": self.known, "in_transit": self.in_transit}


def refuse_unclear(request: StudyRequest, name: Callable[[str], str] = str) -> None:
    """Raises InputError where nothing is asked for, or several things at once that each have a table of their own.

    `name` gives what the caller calls an argument of the request, and `study` itself.
    """
    given = {
        f"{name('scenarios')} or {name('ranges')}": request.scenarios or request.scenario_file or request.ranges,
        name("tornado"): request.tornado is not None,
        name("draws"): request.draws is not None,
        name("break_even"): request.break_even is not None,
    }
    chosen = [argument for argument, there in given.items() if there]
    if len(chosen) > 1:
        says = f"{' and '.join(chosen)} are asked for at once; ask for one at a time"
        raise InputError([fault(name("study"), None, "too_many_ways", says)])
    if request.draws is not None and request.known is not None:
        says = "what is drawn is solved as known from week 1, beside the plan as ordered; leave the week out"
        raise InputError([fault(name("known"), None, "draws_known", says)])
    if not chosen and not request.changes:
        *first, last = map(name, ("changes", "scenarios", "ranges", "tornado", "draws", "break_even"))
        says = f"name what changes, with {', '.join(first)} or {last}"
        raise InputError([fault(name("study"), None, "no_scenario", says)])


def scenarios_of(request: StudyRequest, problem: Problem) -> list[Scenario]:
    """The scenarios of a request, of a break-even the two ends of its span; drawn after its changes. Raises InputError."""
    if request.break_even is not None:
        between = span(request.break_even.span)
        listed = [between.at(LOW), between.at(HIGH)]
    elif request.draws is not None:
        listed = draws(changed(problem, request.changes), request.draws.count, request.draws.seed)
    elif request.tornado is not None:
        listed = own_tornado(problem) if request.tornado == "own" else tornado(problem, request.tornado)
    else:
        listed = [*request.scenarios, *(read_scenarios(request.scenario_file) if request.scenario_file else ())]
        listed += crossed([sweep(text) for text in request.ranges]) if request.ranges else []
    if not listed:
        listed = [Scenario(name="; ".join(request.changes))]
    return request.after_changes(listed)
