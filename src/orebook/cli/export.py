"""`orebook export`: a stage of an instance as the program that a solver is given, for another solver or for study."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orebook.cli.exit_status import BAD_INPUT, FAILED, NO_PLAN, PROVEN, STOPPED
from orebook.cli.output import result, say
from orebook.errors import InfeasibleError, InputError, SolveError, StoppedError, WriteError
from orebook.files.instances import inspect
from orebook.files.models import read_model
from orebook.solver.options import Options
from orebook.solver.run.stage_program import stage_program


def run(
    instance: Path, model: str, stage: str, files: Sequence[Path], changes: Sequence[str], time_limit_s: float | None
) -> int:
    """Write the files; the exit status is that of `orebook solve` for the stages before."""
    problem, findings = inspect(instance, changes)
    if problem is None:
        for finding in findings:
            say(f"{finding.severity}: {finding}")
        return BAD_INPUT
    try:
        chosen = read_model(model)
        program = stage_program(problem, chosen, stage, Options.of(chosen, time_limit_s=time_limit_s))
        for path in files:
            program.write(path)
            result(f"written: {path}")
    except InputError as error:
        say(f"error: {error}")
        return BAD_INPUT
    except (InfeasibleError, StoppedError) as error:
        say(f"no plan: {error}")
        return NO_PLAN if isinstance(error, InfeasibleError) else STOPPED
    except (SolveError, WriteError) as error:
        say(f"error: {error}")
        return FAILED
    integer = int(program.integer.sum())
    result(f"{stage}: {len(program.rows)} rows, {len(program.columns)} columns, {integer} of them integer")
    return PROVEN
