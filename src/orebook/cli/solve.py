"""`orebook solve`: solve, write, show, audit, and write the verdict in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from orebook.cli.exit_status import BAD_INPUT, FAILED, NO_PLAN, NOT_PROVEN, PROVEN, STOPPED
from orebook.cli.output import by_option, refused, result, result_json, say, say_findings
from orebook.cli.progress import Reporter
from orebook.errors import InfeasibleError, InputError, SolveError, StoppedError, WriteError
from orebook.files.atomic import refuse_foreign, write_folder
from orebook.files.instances import inspect
from orebook.files.models import read_model
from orebook.files.plan_folder import open_plan
from orebook.findings import Finding
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.report import files_of
from orebook.report.summary import summary
from orebook.schema.model import Model
from orebook.schema.plan import InstanceStamp, ModelStamp, PlanDocument, Status
from orebook.solver.audit.solving import solve_and_audit
from orebook.solver.lp.stop import Stop, on_interrupt
from orebook.solver.options import Options
from orebook.solver.settings import with_settings


@dataclass(frozen=True)
class SolveOptions:
    """The options of the command."""

    model: str
    gap: float | None
    time_limit: float | None
    threads: int | None
    cluster: str | None
    audit: bool
    out: Path | None
    strict: bool
    as_json: bool
    changes: tuple[str, ...] = ()
    start: Path | None = None
    solver: str | None = None
    log: Path | None = None
    settings: tuple[str, ...] = ()


def run(instance: Path, options: SolveOptions) -> int:
    """The exit status, as the contract words it."""
    problem, findings = inspect(instance, options.changes)
    try:
        model = read_model(options.model)
    except InputError as error:
        problem, findings = None, [*findings, *error.findings]
    if problem is None or (options.strict and findings):
        return refused(findings, as_json=options.as_json)
    say_findings(findings)
    model = problem.governing(model)
    try:
        refuse_foreign(options.out or Path("plans") / problem.name)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    try:
        return _solve(problem, model, options, findings)
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except InfeasibleError as error:
        _show_none(problem, model, options, "infeasible", error)
        return NO_PLAN
    except StoppedError as error:
        _show_none(problem, model, options, "unknown", error)
        return STOPPED
    except (SolveError, WriteError) as error:
        say(f"error: {error}")
        return FAILED


def _solve(problem: Problem, model: Model, options: SolveOptions, findings: list[Finding]) -> int:
    solver_options = Options.of(
        model,
        gap=options.gap,
        time_limit_s=options.time_limit,
        threads=options.threads,
        audit=options.audit,
        cluster=options.cluster,
        solver=options.solver,
    )
    with by_option({"option": "--option"}):
        solver_options = with_settings(solver_options, options.settings)
    start = open_plan(options.start) if options.start is not None else None
    out = options.out or Path("plans") / problem.name
    stop = Stop()

    def keep(plan: Plan) -> None:
        write_folder(out, files_of(plan))
        say(f"plan written to {out}; auditing the proof")

    with on_interrupt(stop), _logging(options.log, solver_options) as logged:
        plan = solve_and_audit(
            problem, model, logged, listener=Reporter().listener(), stop=stop, start=start, on_plan=keep
        )
        write_folder(out, files_of(plan))
    _show(plan, options, len(findings))
    say(f"written: {out}")
    return PROVEN if plan.status == "optimal" else NOT_PROVEN


@contextmanager
def _logging(path: Path | None, options: Options) -> Iterator[Options]:
    """The options with the solver's log written to a file as it comes; refused where the file is there already."""
    if path is None:
        yield options
        return
    try:
        file = path.open("x", encoding="utf-8")
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror}") from error
    with file:

        def write(text: str) -> None:
            file.write(text)
            file.flush()

        yield replace(options, log=write)


def _show(plan: Plan, options: SolveOptions, warnings: int) -> None:
    if options.as_json:
        result(plan.to_json())
        return
    from rich.console import Console

    Console().print(summary(plan, warnings=warnings))


def _show_none(
    problem: Problem, model: Model, options: SolveOptions, status: Status, error: InfeasibleError | StoppedError
) -> None:
    """Say that there is no plan, and why; nothing is written."""
    if not options.as_json:
        say(f"no plan: {error}")
        return
    document = PlanDocument(
        instance=InstanceStamp(name=problem.name, digest=problem.digest, changes=problem.changes),
        model=ModelStamp(name=model.name, digest=model.digest()),
        status=status,
        repeatable=status == "infeasible",
        clash=error.clash if isinstance(error, InfeasibleError) else None,
    )
    result_json(document.model_dump(mode="json", by_alias=True))
