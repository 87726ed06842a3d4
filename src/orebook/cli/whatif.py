"""`orebook whatif`: changes, scenarios, sweeps and draws of an instance, each solved from its base plan."""

from __future__ import annotations

import os
import time
from pathlib import Path

from orebook.changes import changed
from orebook.cli.output import by_option, refused, say
from orebook.cli.progress import Reporter
from orebook.cli.solve import EMPTY_HANDED, FAILED, NO_PLAN
from orebook.cli.whatif_options import Asked, Drawn
from orebook.cli.whatif_output import BASE, Progress, WhatIfWriter
from orebook.errors import InfeasibleError, InputError, NoPlanError, SolveError, StoppedError, WriteError
from orebook.files.atomic import write_folder
from orebook.files.instances import read
from orebook.files.models import read_model
from orebook.files.plan_folder import folder_of, open_plan
from orebook.findings import Finding
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.report import files_of
from orebook.scenarios.breakeven import HALVINGS, answer_of, turn_of
from orebook.scenarios.outcome import Outcome, outcome_of
from orebook.scenarios.run_list import Listing, outcomes
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.session import Session
from orebook.scenarios.sweeps import HIGH, LOW, span
from orebook.solver.lp.stop import Stop, on_interrupt
from orebook.solver.options import Options
from orebook.solver.run.run import Run

__all__ = ["Asked", "Drawn", "run"]


def run(instance: Path, asked: Asked) -> int:
    """0 where every scenario has a plan within the gap; the exit statuses of `solve` else."""
    stop = Stop()
    try:
        asked.check()
        with on_interrupt(stop):
            return _run(instance, asked, stop)
    except InputError as error:
        return refused(error.findings, as_json=asked.as_json)
    except NoPlanError as error:
        say(f"no plan: {error}")
        return NO_PLAN if isinstance(error, InfeasibleError) else EMPTY_HANDED
    except (SolveError, WriteError) as error:
        say(f"error: {error}")
        return FAILED


def _run(instance: Path, asked: Asked, stop: Stop) -> int:
    opened = open_plan(instance) if (folder_of(instance) / "plan.json").is_file() else None
    given = opened.problem if opened else read(instance)
    with by_option({"when": "--when", "draws": "--draws", "weeks": "--horizon"}):
        if asked.break_even is not None:
            way, answer = span(asked.break_even), answer_of(asked.when or "", given)
            listed = asked.after([way.at(LOW), way.at(HIGH)])
        else:
            listed = asked.scenarios_of(given)
    _check(given, listed)
    if opened:
        folder = folder_of(instance)
        out, plan = asked.out or folder.parent / f"{folder.resolve().name}-whatif", opened
    else:
        out, plan = _base(given, asked, stop)
    teller = WhatIfWriter(plan, out, asked)
    workers = asked.workers or os.cpu_count() or 1
    how = Listing(plan, asked.gap, asked.time_limit, workers, asked.cluster, out / "kept")
    if asked.break_even is not None:
        return teller.turn(turn_of(way, answer, _Asking(how, asked, stop)))
    if len(listed) == 1:
        return _one(teller, listed[0], asked, stop)
    return teller.many(outcomes(how, listed, stop, Progress(len(listed))), len(listed))


def _base(given: Problem, asked: Asked, stop: Stop) -> tuple[Path, Plan]:
    """Where to write, and the base plan of an instance: the one that is there, or one solved now."""
    model = given.governing(read_model(asked.model))
    out = asked.out or Path("plans") / f"{given.name}-whatif"
    folder = out / BASE
    if (folder / "plan.json").is_file():
        plan = open_plan(folder)
        if (plan.problem.digest, plan.model.digest()) == (given.digest, model.digest()):
            return out, plan
    say("solving the base plan")
    options = Options.of(model, gap=asked.gap, time_limit_s=asked.time_limit, audit=False)
    plan = Run(given, model, options, Reporter().listener(), stop).solve().plan
    write_folder(folder, files_of(plan))
    return out, plan


def _check(problem: Problem, listed: list[Scenario]) -> None:
    """Raises InputError with every change that names nothing, before anything is solved."""
    found: list[Finding] = []
    for scenario in listed:
        try:
            changed(problem, scenario.changes)
        except InputError as error:
            found += error.findings
    if found:
        raise InputError(list(dict.fromkeys(found)))


def _one(teller: WhatIfWriter, scenario: Scenario, asked: Asked, stop: Stop) -> int:
    began = time.perf_counter()
    session = Session.of(teller.base, gap=asked.gap, time_limit_s=asked.time_limit)
    plan = session.whatif(*scenario.changes, stop=stop)
    spent = time.perf_counter() - began
    return teller.one(outcome_of(scenario.name, scenario.note, scenario.changes, plan, spent), plan)


class _Asking:
    """One scenario after the other; raises StoppedError where it is stopped."""

    def __init__(self, how: Listing, asked: Asked, stop: Stop) -> None:
        self._how, self._asked, self._stop = how, asked, stop
        self._hear = Progress(HALVINGS + 2)

    def __call__(self, scenario: Scenario) -> Outcome:
        found = outcomes(self._how, self._asked.after([scenario]), self._stop, self._hear)
        if not found or self._stop.asked:
            raise StoppedError("stopped before the turn was found; the same command goes on with it")
        return found[0]
