"""`orebook hedge`: the orders of the weeks that are now that do best over all futures, written, shown and audited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orebook import formats as f
from orebook.cli.exit_status import FAILED, NO_PLAN, NOT_PROVEN, PROVEN, STOPPED
from orebook.cli.output import by_option, print_tables, refused, result, result_json, say, say_findings
from orebook.cli.processes import processes
from orebook.cli.progress import Reporter
from orebook.errors import InputError, NoPlanError, SolveError, StoppedError, WriteError
from orebook.files.atomic import write_file, write_folder
from orebook.files.instances import inspect
from orebook.files.models import read_model
from orebook.hedged import HedgedPlan
from orebook.report import files_of_hedge
from orebook.report.hedge_check_tables import check_says, check_table
from orebook.report.hedge_tables import hedge_tables, worth_says
from orebook.risk_measure import RiskMeasure
from orebook.scenarios.hedge_check import FRESH, WHOLE, CheckRequest, check_hedge
from orebook.schema.hedge_check import WAYS
from orebook.solver.hedge.solving import solve_hedge
from orebook.solver.lp.stop import Stop, on_interrupt
from orebook.solver.options import Options

CHECK_FILE = "check.json"
CHECK_OPTIONS = {"draws": "--check", "seed": "--check-seed", "workers": "--workers"}
"""argument of the check -> the option that gives it."""
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
    check: int | None = None
    check_seed: int = FRESH
    workers: int | None = None
    cluster: str | None = None


def run(instance: Path, options: HedgeOptions) -> int:
    """The exit status, as of `solve`."""
    problem, findings = inspect(instance, options.changes)
    if problem is None:
        return refused(findings, as_json=options.as_json)
    say_findings(findings)
    stop = Stop()
    try:
        model = problem.governing(read_model(options.model))
        limits = Options.of(
            model, gap=options.gap, time_limit_s=options.time_limit, audit=options.audit, cluster=options.cluster
        )
        with on_interrupt(stop):
            risk = RiskMeasure(options.tail, options.tail_weight)
            hedged = solve_hedge(problem, model, limits, risk, stop, Reporter().listener(), processes(options.workers))
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
    if options.check is not None:
        try:
            _check(hedged, options, options.check, limits, out)
        except InputError as error:
            return refused(error.findings, as_json=options.as_json)
        except WriteError as error:
            say(f"error: {error}")
            return FAILED
    return PROVEN if hedged.status == "optimal" else NOT_PROVEN


def _check(hedged: HedgedPlan, options: HedgeOptions, draws: int, limits: Options, out: Path) -> None:
    """The plan's orders over fresh draws, into check.json; a solve of a draw takes its part of one more time limit."""
    seconds = limits.time_limit_s / max(1, len(WAYS) * min(draws, WHOLE))
    request = CheckRequest(
        draws, options.check_seed, gap=limits.gap, seconds=seconds, workers=processes(options.workers)
    )
    stop = Stop()
    with on_interrupt(stop), by_option(CHECK_OPTIONS):
        check = check_hedge(
            hedged, request, on_draw=lambda d: say(f"draw {d.draw}: {d.strikes or 'no hazard'}"), stop=stop
        )
    write_file(out / CHECK_FILE, check.model_dump_json(by_alias=True, indent=1).encode() + b"\n", force=True)
    if not options.as_json:
        print_tables([check_table(check)], MAX_ROWS, f"in {CHECK_FILE}")
        result(check_says(check))
    say(f"written: {out / CHECK_FILE}")


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
