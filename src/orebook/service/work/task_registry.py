"""The one place that says who does which kind of run, and what an error makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orebook.errors import InfeasibleError, InputError, NoPlanError, OrebookError, StoppedError
from orebook.service.work import compare, explain, hedge, next_week, report, solve, sweep, whatif
from orebook.service.work.task import Done, ParentChannel, Task

WORK: dict[str, Callable[[Task, Any, ParentChannel], Done]] = {
    "solve": solve.work,
    "hedge": hedge.work,
    "whatif": whatif.work,
    "sweep": sweep.work,
    "explain": explain.work,
    "compare": compare.work,
    "report": report.work,
    "next-week": next_week.work,
}


def done(task: Task, channel: ParentChannel) -> Done:
    """Do it. What the library raises on purpose is an end with its reason; anything else is for the caller."""
    try:
        return WORK[task.request.kind](task, task.request, channel)
    except InfeasibleError as error:
        return Done("infeasible", str(error), {"clash": error.clash.model_dump(mode="json")})
    except StoppedError as error:
        return Done("failed", str(error))
    except InputError as error:
        return Done("failed", str(error), {"findings": [f.as_json() for f in error.findings]})
    except NoPlanError as error:
        return Done("infeasible", str(error))
    except OrebookError as error:
        return Done("failed", str(error))
