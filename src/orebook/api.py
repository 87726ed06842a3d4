"""The library's front door: read an instance, solve it, ask the plan, write the instance again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orebook.files.instances import read
from orebook.files.models import read_model
from orebook.files.plan_folder import open_plan
from orebook.schema.document import Document
from orebook.schema.model import Model

if TYPE_CHECKING:
    from orebook.explain.explainer import Explainer
    from orebook.plan import Plan
    from orebook.problem import Problem
    from orebook.scenarios.risk import Risk
    from orebook.schema.facts import Fact
    from orebook.solver.lp.stop import Stop
    from orebook.solver.run.listener import Listener

__all__ = [
    "difference",
    "explainer",
    "open_plan",
    "read",
    "read_model",
    "risk",
    "solve",
    "whatif",
    "write_instance",
    "write_workbook",
]


def solve(
    problem: Problem,
    model: str | Path | Model = "weekly",
    *,
    gap: float | None = None,
    time_limit_s: float | None = None,
    threads: int | None = None,
    cluster: str | None = None,
    audit: bool = True,
    listener: Listener | None = None,
    stop: Stop | None = None,
) -> Plan:
    """The buy plan of a problem under a model: its name, its file or the model itself, less what a change switched off.

    `gap` is relative and `time_limit_s` in seconds, both for all stages together; where they are None the model's own
    count. `threads` parts of a large problem are solved at a time; `cluster` is the address of a dask scheduler whose
    workers take its minerals (`tcp://10.0.0.1:8786`). The audit takes at most twice the solving time on top.

    Raises InputError for a model that cannot be used, InfeasibleError with the clash where physics and contract leave no
    plan. A limit leaves the best plan so far, else one that needs no solver, which `plan.unaided` says in words; StoppedError
    is raised where there is none of those either.
    """
    from orebook.solver.audit.audit import audited
    from orebook.solver.lp.stop import Stop
    from orebook.solver.options import Options
    from orebook.solver.run.listener import Listener
    from orebook.solver.run.run import Run

    chosen = problem.governing(model if isinstance(model, Model) else read_model(model))
    options = Options.of(chosen, gap=gap, time_limit_s=time_limit_s, threads=threads, audit=audit, cluster=cluster)
    run = Run(problem, chosen, options, listener or Listener(), stop or Stop())
    solved = run.solve()
    return audited(run, solved).plan if audit else solved.plan


def whatif(plan: Plan, *changes: str, gap: float | None = None, time_limit_s: float | None = None) -> Plan:
    """The plan under changes, solved from this one, with as few orders changed as its measures allow.

    `gap` and `time_limit_s` as in `solve`; no audit. Raises as `solve` does, and InputError for a change that names nothing.
    """
    from orebook.scenarios.session import Session

    return Session.of(plan, gap=gap, time_limit_s=time_limit_s).whatif(*changes)


def risk(
    plan: Plan,
    *,
    draws: int = 200,
    seed: int = 0,
    weeks: float = 4.0,
    level: float = 0.95,
    workers: int = 1,
    gap: float | None = None,
    time_limit_s: float | None = None,
) -> Risk:
    """What a plan's cost and cover come to where prices are drawn from the instance's volatilities, `weeks` from now.

    Each draw is a what-if of the plan; `level` is of the value at risk, a part of the draws from 0.5 to 0.999 (the option
    `--level` of the command takes the same in %, 50 to 99.9). The same seed gives the same figures
    whatever the number of workers. Raises InputError where the instance has no volatilities.
    """
    from orebook.scenarios.study import run_study
    from orebook.scenarios.study_request import DrawSettings, StudyRequest

    request = StudyRequest(
        draws=DrawSettings(draws, seed, weeks, level),
        gap=gap,
        time_limit_s=time_limit_s,
        workers=workers,
        checked=True,
    )
    found = run_study(plan, request).risk
    assert found is not None  # draws were asked for
    return found


def explainer(plan: Plan) -> Explainer:
    """Who answers questions about a plan, solved just now or opened from its folder, with facts."""
    from orebook.explain.explainer import Explainer

    return Explainer(plan)


def difference(old: Plan, new: Plan, *, causes: bool = True, stop: Stop | None = None) -> list[Fact]:
    """What changed from one plan to another, as facts: the total, a line a mineral, inputs undone, and each ticket's cause.

    Without `causes` nothing is solved, and no changed ticket has one; after a stop no other is looked for.
    """
    from orebook.explain.engine.counterfactuals import Counterfactuals
    from orebook.explain.questions.difference import SOLVES, difference
    from orebook.explain.words import worded
    from orebook.solver.lp.stop import Stop

    counterfactuals = Counterfactuals(new, stop=stop or Stop())
    return [
        worded(fact) for fact in difference(old, new, solves=SOLVES if causes else 0, counterfactuals=counterfactuals)
    ]


def write_workbook(instance: Problem | Document, path: str | Path, *, force: bool = False) -> None:
    """Write an instance as an .xlsx with a sheet a table; `read` takes it wherever it takes a folder.

    The same instance makes the same bytes. Raises WriteError where a file is there already (but for `force`), and for
    a text that no cell can hold.
    """
    from orebook.export import workbook_of
    from orebook.files.atomic import write_file

    write_file(path, workbook_of(_document(instance)), force=force)


def write_instance(instance: Problem | Document, folder: str | Path) -> None:
    """Write an instance as a folder of files, new or empty before. Raises WriteError."""
    from orebook.export import files_of
    from orebook.files.atomic import write_folder

    write_folder(folder, files_of(_document(instance)), new=True)


def _document(instance: Problem | Document) -> Document:
    return instance if isinstance(instance, Document) else instance.document
