"""`orebook whatif`: changes, scenarios, ranges and draws of an instance, each solved from its base plan."""

from __future__ import annotations

from pathlib import Path

from orebook.cli.exit_status import FAILED, NO_PLAN, STOPPED
from orebook.cli.output import by_option, refused, say
from orebook.cli.whatif_options import OPTIONS, WhatIfOptions
from orebook.cli.whatif_output import WhatIfWriter
from orebook.errors import InfeasibleError, InputError, NoPlanError, SolveError, WriteError
from orebook.files.instances import read
from orebook.files.plan_folder import folder_of, open_plan
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.scenarios.study import run_study
from orebook.solver.lp.stop import Stop, on_interrupt


def run(instance: Path, options: WhatIfOptions) -> int:
    """0 where every scenario has a plan within the gap; the exit statuses of `solve` else."""
    stop = Stop()
    try:
        request = options.request()
        with on_interrupt(stop):
            base, folder = _base(instance)
            writer = WhatIfWriter(options.out or folder, options.as_json)
            with by_option(OPTIONS):
                result = run_study(base, request, folder=writer.folder, listener=writer.listener(), stop=stop)
            return writer.write_study(result)
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except NoPlanError as error:
        say(f"no plan: {error}")
        return NO_PLAN if isinstance(error, InfeasibleError) else STOPPED
    except (SolveError, WriteError) as error:
        say(f"error: {error}")
        return FAILED


def _base(instance: Path) -> tuple[Plan | Problem, Path]:
    """The plan that is in the folder, or the instance; and where to write what-ifs of it."""
    folder = folder_of(instance)
    if (folder / "plan.json").is_file():
        return open_plan(instance), folder.parent / f"{folder.resolve().name}-whatif"
    problem = read(instance)
    return problem, Path("plans") / f"{problem.name}-whatif"
