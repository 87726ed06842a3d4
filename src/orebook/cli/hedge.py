"""`orebook hedge`: the orders of the weeks that are now that do best over all futures, written, shown and audited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orebook import formats as f
from orebook.cli.exit_status import FAILED, NO_PLAN, NOT_PROVEN, PROVEN, STOPPED
from orebook.cli.output import print_tables, refused, result, result_json, say, say_findings
from orebook.errors import InputError, NoPlanError, SolveError, StoppedError, WriteError
from orebook.files.atomic import write_folder
from orebook.files.instances import inspect
from orebook.files.models import read_model
from orebook.hedged import HedgedPlan
from orebook.report import files_of_hedge
from orebook.report.hedge_tables import hedge_tables, worth_says
from orebook.risk_measure import RiskMeasure
from orebook.solver.hedge.solving import solve_hedge
from orebook.solver.lp.stop import Stop, on_interrupt
from orebook.solver.options import Options

MAX_ROWS = 40
"""Rows of a table on a terminal."""


@dataclass(frozen=True)
class HedgeOptions:
    """The options of the command."""

    model: str
    tail: float
    tail_weight: float
    changes: tuple[str, ...]
    gap: float | None
    time_limit: float | None
    audit: bool
    out: Path | None
    as_json: bool


def run(instance: Path, options: HedgeOptions) -> int:
    """The exit status, as of `solve`."""
    problem, findings = inspect(instance, options.changes)
    if problem is None:
        return refused(findings, as_json=options.as_json)
    say_findings(findings)
    stop = Stop()
    try:
        model = problem.governing(read_model(options.model))
        limits = Options.of(model, gap=options.gap, time_limit_s=options.time_limit, audit=options.audit)
        with on_interrupt(stop):
            hedged = solve_hedge(problem, model, limits, RiskMeasure(options.tail, options.tail_weight), stop)
        out = options.out or Path("plans") / f"{problem.name}-hedge"
        write_folder(out, files_of_hedge(hedged))
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except NoPlanError as error:
        say(f"no plan: {error}")
        return STOPPED if isinstance(error, StoppedError) else NO_PLAN
    except (SolveError, WriteError) as error:
        say(f"error: {error}")
        return FAILED
    _show(hedged, options)
    say(f"written: {out}")
    return PROVEN if hedged.status == "optimal" else NOT_PROVEN


def _show(hedged: HedgedPlan, options: HedgeOptions) -> None:
    if options.as_json:
        result_json(hedged.document.model_dump(mode="json", by_alias=True))
        return
    print_tables(hedge_tables(hedged), MAX_ROWS, "in hedge.json")
    for line in worth_says(hedged):
        result(line)
    for stage in hedged.document.stages:
        result(
            f"{stage.stage}: {f.grouped(stage.value, 2)} over all futures, none better than {f.grouped(stage.bound, 2)}"
        )
