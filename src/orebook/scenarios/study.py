"""A study of what-ifs: a request goes in, the outcomes of its scenarios come out.

The command line, the service and Python share it: each makes a request of what it was given, and writes the result in its form.
"""

from __future__ import annotations

import time
from pathlib import Path

from orebook.as_ordered import as_ordered
from orebook.changes import changed
from orebook.errors import InputError, StoppedError
from orebook.findings import Finding
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.scenarios.base_plan import base_plan
from orebook.scenarios.breakeven import HALVINGS, Watch, turning_point, watch_of
from orebook.scenarios.outcome import Outcome, outcome_of
from orebook.scenarios.run_list import SolveSettings, solve_scenarios
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.session import Session
from orebook.scenarios.study_listener import StudyListener
from orebook.scenarios.study_request import StudyRequest, refuse_unclear, scenarios_of
from orebook.scenarios.study_result import BASE, StudyResult
from orebook.scenarios.sweeps import Span, span
from orebook.solver.lp.stop import Stop

CACHE = "kept"
"""The folder of cached outcomes."""


def run_study(
    base: Plan | Problem,
    request: StudyRequest,
    *,
    folder: Path | None = None,
    listener: StudyListener | None = None,
    stop: Stop | None = None,
) -> StudyResult:
    """Solve a request, each scenario from the base plan; an instance's base plan is solved first.

    In `folder` the base plan (`base`) and outcomes (`kept`) of an earlier study are looked for, and outcomes are cached.

    Raises InputError for a request that is not clear, and with every change that names nothing, before anything is solved;
    where the base plan has to be solved, or a single plan is asked for, as `orebook.solve` does.
    """
    listener, stop = listener or StudyListener(), stop or Stop()
    refuse_unclear(request)
    problem = base if isinstance(base, Problem) else base.problem
    watch = None if request.break_even is None else watch_of(request.break_even.when, problem)
    scenarios = scenarios_of(request, problem)
    if not request.checked and request.draws is None:  # drawing made the changes, and what is drawn fits
        _refuse_unknown(problem, scenarios)
    plan = base if isinstance(base, Plan) else base_plan(problem, request, folder and folder / BASE, listener, stop)
    settings = SolveSettings(
        plan, request.gap, request.time_limit_s, request.workers, request.cluster, folder and folder / CACHE
    )
    if request.break_even is not None and watch is not None:
        between = span(request.break_even.span)
        return _break_even(request, between, watch, settings, listener, stop)
    if request.single_plan and len(scenarios) == 1:
        return _single(request, plan, scenarios[0], stop)
    listener.on_begin(len(scenarios))
    outcomes = solve_scenarios(settings, scenarios, stop, listener.on_outcome)
    if request.draws is not None:
        outcomes = [o.model_copy(update={"as_ordered": as_ordered(plan, o.changes)}) for o in outcomes]
    return StudyResult(request, plan, tuple(outcomes), len(scenarios))


def _refuse_unknown(problem: Problem, scenarios: list[Scenario]) -> None:
    found: list[Finding] = []
    for scenario in scenarios:
        try:
            changed(problem, scenario.changes, scenario.known, scenario.in_transit)
        except InputError as error:
            found += error.findings
    if found:
        raise InputError(list(dict.fromkeys(found)))


def _single(request: StudyRequest, base: Plan, scenario: Scenario, stop: Stop) -> StudyResult:
    began = time.perf_counter()
    session = Session.of(base, gap=request.gap, time_limit_s=request.time_limit_s)
    plan = session.whatif(*scenario.changes, known=scenario.known, in_transit=scenario.in_transit, stop=stop)
    outcome = outcome_of(scenario, plan, time.perf_counter() - began)
    return StudyResult(request, base, (outcome,), 1, plan=plan)


def _break_even(
    request: StudyRequest,
    between: Span,
    watch: Watch,
    settings: SolveSettings,
    listener: StudyListener,
    stop: Stop,
) -> StudyResult:
    solved: list[Outcome] = []

    def solve(scenario: Scenario) -> Outcome:
        found = solve_scenarios(settings, request.after_changes([scenario]), stop, listener.on_outcome)
        solved.extend(found)
        if not found or stop.asked:
            raise StoppedError("stopped before the turn was found")
        return found[0]

    listener.on_begin(HALVINGS + 2)
    try:
        turn = turning_point(between, watch, solve)
    except StoppedError:
        return StudyResult(request, settings.plan, tuple(solved), HALVINGS + 2)
    return StudyResult(request, settings.plan, turn.solved, len(turn.solved), turn=turn)
