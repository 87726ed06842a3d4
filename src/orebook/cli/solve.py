"""`orebook solve`: solve, write, show, audit, and write the verdict in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orebook.cli.output import BAD_INPUT, refused, result, result_json, say, say_findings
from orebook.cli.progress import Reporter
from orebook.errors import InfeasibleError, InputError, SolveError, StoppedError, WriteError
from orebook.files.atomic import refuse_foreign, write_folder
from orebook.files.instances import inspect
from orebook.files.models import read_model
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

PROVEN, NO_PLAN, NOT_PROVEN, EMPTY_HANDED, FAILED = 0, 3, 4, 5, 70


@dataclass(frozen=True)
class Asked:
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


def run(instance: Path, asked: Asked) -> int:
    """The exit status, as the contract words it."""
    problem, findings = inspect(instance, asked.changes)
    try:
        model = read_model(asked.model)
    except InputError as error:
        problem, findings = None, [*findings, *error.findings]
    if problem is None or (asked.strict and findings):
        return refused(findings, as_json=asked.as_json)
    say_findings(findings)
    model = problem.governing(model)
    try:
        refuse_foreign(asked.out or Path("plans") / problem.name)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    try:
        return _solve(problem, model, asked, findings)
    except InputError as error:
        return refused(error.findings, as_json=asked.as_json)
    except InfeasibleError as error:
        _show_none(problem, model, asked, "infeasible", error)
        return NO_PLAN
    except StoppedError as error:
        _show_none(problem, model, asked, "unknown", error)
        return EMPTY_HANDED
    except (SolveError, WriteError) as error:
        say(f"error: {error}")
        return FAILED


def _solve(problem: Problem, model: Model, asked: Asked, findings: list[Finding]) -> int:
    options = Options.of(
        model,
        gap=asked.gap,
        time_limit_s=asked.time_limit,
        threads=asked.threads,
        audit=asked.audit,
        cluster=asked.cluster,
    )
    out = asked.out or Path("plans") / problem.name
    stop = Stop()

    def keep(plan: Plan) -> None:
        write_folder(out, files_of(plan))
        say(f"plan written to {out}; auditing the proof")

    with on_interrupt(stop):
        plan = solve_and_audit(problem, model, options, listener=Reporter().listener(), stop=stop, on_plan=keep)
        write_folder(out, files_of(plan))
    _show(plan, asked, len(findings))
    say(f"written: {out}")
    return PROVEN if plan.status == "optimal" else NOT_PROVEN


def _show(plan: Plan, asked: Asked, warnings: int) -> None:
    if asked.as_json:
        result(plan.to_json())
        return
    from rich.console import Console

    Console().print(summary(plan, warnings=warnings))


def _show_none(
    problem: Problem, model: Model, asked: Asked, status: Status, error: InfeasibleError | StoppedError
) -> None:
    """Say that there is no plan, and why; nothing is written."""
    if not asked.as_json:
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
