"""`orebook whatif`: changes, scenarios and sweeps of an instance, each solved from its base plan."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from orebook.cli.output import BAD_INPUT, result_json, say, say_findings, say_json_findings
from orebook.cli.progress import Reporter
from orebook.cli.solve import EMPTY_HANDED, FAILED, NO_PLAN, NOT_PROVEN
from orebook.errors import InfeasibleError, InputError, NoPlanError, SolveError, WriteError
from orebook.findings import Finding
from orebook.model_files import read_model
from orebook.plan import Plan
from orebook.reader import read
from orebook.report import files_of
from orebook.report.compared import tables
from orebook.report.summary import drawn
from orebook.saved import folder_of, open_plan
from orebook.scenarios.files import read_scenarios
from orebook.scenarios.outcome import Outcome, outcome_of
from orebook.scenarios.running import Listing, outcomes
from orebook.scenarios.scenario import Scenario, crossed
from orebook.scenarios.session import Session
from orebook.scenarios.shown import rows, table, tornado_table
from orebook.scenarios.sweeps import sweep, tornado
from orebook.solver.options import Options
from orebook.solver.run import Run
from orebook.solver.stop import Stop, on_interrupt
from orebook.writing import write_file, write_folder

BASE, CHANGED = "base", "whatif"
LONGEST = 40
"""Rows of a table on a terminal."""


@dataclass(frozen=True)
class Asked:
    """The options of the command."""

    model: str
    changes: tuple[str, ...]
    scenarios: Path | None
    sweeps: tuple[str, ...]
    tornado: float | None
    gap: float | None
    time_limit: float | None
    workers: int | None
    cluster: str | None
    out: Path | None
    as_json: bool


def run(instance: Path, asked: Asked) -> int:
    """0 where every scenario has a plan within the gap; the exit statuses of `solve` else."""
    stop = Stop()
    try:
        with on_interrupt(stop):
            return _run(instance, asked, stop)
    except InputError as error:
        (say_json_findings if asked.as_json else say_findings)(error.findings)
        return BAD_INPUT
    except NoPlanError as error:
        say(f"no plan: {error}")
        return NO_PLAN if isinstance(error, InfeasibleError) else EMPTY_HANDED
    except (SolveError, WriteError) as error:
        say(f"error: {error}")
        return FAILED


def _run(instance: Path, asked: Asked, stop: Stop) -> int:
    listed = _scenarios(asked)
    if asked.tornado is None and not listed:
        says = "name what changes, with --set, --scenarios, --sweep or --tornado"
        raise InputError([Finding("fault", "no_scenario", "whatif", None, None, None, says)])
    out, plan = _base(instance, asked, stop)
    base = Session.of(plan, gap=asked.gap, time_limit_s=asked.time_limit)
    if asked.tornado is not None:
        listed = _after(asked.changes, tornado(base.problem, asked.tornado))
    _check(base, listed)
    if len(listed) == 1:
        return _one(base, listed[0], out, asked, stop)
    workers = asked.workers or os.cpu_count() or 1
    how = Listing(plan, asked.gap, asked.time_limit, workers, asked.cluster, out / "kept")
    found = outcomes(how, listed, stop, _Progress(len(listed)))
    return _many(plan, found, len(listed), out, asked)


def _scenarios(asked: Asked) -> list[Scenario]:
    """What is asked: changes as one scenario, those of a file, and sweeps, crossed where there are several."""
    listed = read_scenarios(asked.scenarios) if asked.scenarios else []
    swept = crossed([sweep(text) for text in asked.sweeps]) if asked.sweeps else []
    if asked.changes and (listed or swept):
        return _after(asked.changes, [*listed, *swept])
    if asked.changes and asked.tornado is None:
        return [Scenario(name="; ".join(asked.changes), changes=asked.changes)]
    return [*listed, *swept]


def _after(changes: tuple[str, ...], scenarios: list[Scenario]) -> list[Scenario]:
    """The scenarios with changes made before their own."""
    return [s.model_copy(update={"changes": (*changes, *s.changes)}) for s in scenarios]


def _base(instance: Path, asked: Asked, stop: Stop) -> tuple[Path, Plan]:
    """Where to write, and the base plan: the one named, the one that is there, or one solved now."""
    folder = folder_of(instance)
    if (folder / "plan.json").is_file():
        return asked.out or folder.parent / f"{folder.resolve().name}-whatif", open_plan(folder)
    problem = read(instance)
    model = problem.governing(read_model(asked.model))
    out = asked.out or Path("plans") / f"{problem.name}-whatif"
    folder = out / BASE
    if (folder / "plan.json").is_file():
        plan = open_plan(folder)
        if (plan.problem.digest, plan.model.digest()) == (problem.digest, model.digest()):
            return out, plan
    say("solving the base plan")
    options = Options.of(model, gap=asked.gap, time_limit_s=asked.time_limit, audit=False)
    plan = Run(problem, model, options, Reporter().listener(), stop).solve().plan
    write_folder(folder, files_of(plan))
    return out, plan


def _check(base: Session, listed: list[Scenario]) -> None:
    """Raises InputError with every change that names nothing, before anything is solved."""
    found: list[Finding] = []
    for scenario in listed:
        try:
            base.problem.change(*scenario.changes)
        except InputError as error:
            found += error.findings
    if found:
        raise InputError(list(dict.fromkeys(found)))


def _one(base: Session, scenario: Scenario, out: Path, asked: Asked, stop: Stop) -> int:
    """One what-if: its plan is written, and set beside the base."""
    began = time.perf_counter()
    plan = base.whatif(*scenario.changes, stop=stop)
    write_folder(out / CHANGED, files_of(plan))
    outcome = outcome_of(scenario.name, scenario.note, scenario.changes, plan, time.perf_counter() - began)
    if asked.as_json:
        result_json(_document(base.plan, [outcome]))
    else:
        from rich.console import Console

        console = Console()
        for one in tables({BASE: base.plan, CHANGED: plan}):
            if one.rows:
                console.print(drawn(one.first(LONGEST, "in the plans' folders")))
        console.print(_changed(outcome))
    say(f"written: {out / CHANGED}")
    return 0 if plan.status == "optimal" else NOT_PROVEN


def _changed(outcome: Outcome) -> str:
    if not outcome.changed:
        return "No order changes."
    return f"{outcome.changed} orders differ from the base plan; {outcome.forced} or more do in any plan as good."


def _many(plan: Plan, found: list[Outcome], wanted: int, out: Path, asked: Asked) -> int:
    document = _document(plan, found)
    write_file(out / "outcomes.json", (json.dumps(document, indent=1, allow_nan=False) + "\n").encode(), force=True)
    write_file(out / "outcomes.csv", _csv(found), force=True)
    if asked.as_json:
        result_json(document)
    else:
        from rich.console import Console

        show = tornado_table if asked.tornado is not None and len(found) == wanted else table
        Console().print(drawn(show(_of_base(plan), found).first(LONGEST, "in outcomes.csv")))
    for outcome in found:
        if not outcome.has_plan:
            say(f"{outcome.name}: {outcome.status}: {outcome.why}")
    say(f"written: {out / 'outcomes.csv'} and outcomes.json")
    if len(found) < wanted:
        say(f"stopped: {wanted - len(found)} scenarios were not solved; the same command goes on with them")
        return EMPTY_HANDED
    if any(o.status == "failed" for o in found):
        return FAILED
    if any(not o.has_plan for o in found):
        return NO_PLAN
    return 0 if all(o.status == "optimal" for o in found) else NOT_PROVEN


def _of_base(plan: Plan) -> Outcome:
    return outcome_of(BASE, "", (), plan, sum(s.seconds for s in plan.document.stages))


def _document(plan: Plan, found: list[Outcome]) -> dict[str, object]:
    return {
        "schema": "orebook/outcomes/1",
        "base": _of_base(plan).model_dump(mode="json"),
        "scenarios": [o.model_dump(mode="json") for o in found],
    }


def _csv(found: list[Outcome]) -> bytes:
    listed = rows(found)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(k for row in listed for k in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: "" if v is None else v for k, v in row.items()} for row in listed)
    return text.getvalue().encode()


class _Progress:
    """A line a scenario on standard error, with the time that is left."""

    def __init__(self, count: int) -> None:
        self._count, self._done, self._began = count, 0, time.monotonic()

    def __call__(self, outcome: Outcome) -> None:
        self._done += 1
        spent = time.monotonic() - self._began
        left = spent / self._done * (self._count - self._done)
        say(f"{spent:7.1f} s  {self._done} of {self._count}, about {left:.0f} s left  {outcome.name}: {outcome.status}")
