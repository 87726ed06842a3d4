"""orebook: buy plans for a reserve of critical minerals, solved, proven, checked and explained.

    import orebook

    problem = orebook.read("vault-small")           # or a folder, a workbook, a zip, a JSON document
    plan = orebook.solve(problem, model="weekly")
    plan.minerals                                   # a DataFrame, units in its column names
    orebook.explain(plan).shortages("gallium")      # facts: figures, how they were obtained, and a sentence

Nothing heavy is imported before it is used. What is listed in `orebook.__all__` is public. What can go wrong is an
`OrebookError`. Messages go to the logger `orebook`, which says nothing unless the caller has logging say it.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from orebook.late import Late

if TYPE_CHECKING:
    from orebook import errors
    from orebook.api import (
        compare,
        explain,
        futures,
        hedge,
        import_book,
        next_week,
        open_hedge,
        open_plan,
        read,
        read_model,
        risk,
        solve,
        stage_program,
        trace,
        verify,
        whatif,
        write_instance,
        write_workbook,
    )
    from orebook.api import (
        difference as difference,
    )
    from orebook.api import (
        explainer as explainer,
    )
    from orebook.client.client import Client
    from orebook.errors import (
        DisagreementError,
        InfeasibleError,
        InputError,
        NoPlanError,
        NumericsError,
        OrebookError,
        RefutedError,
        ServiceError,
        SolveError,
        StoppedError,
        WriteError,
    )
    from orebook.explanations.explainer import Explainer
    from orebook.explanations.hedge_explainer import HedgeExplainer
    from orebook.findings import Finding
    from orebook.hedged import HedgedPlan
    from orebook.importing.imported import Imported
    from orebook.importing.sources import Source
    from orebook.plan import Plan
    from orebook.problem import Problem
    from orebook.rolling.moving_on import NextWeek
    from orebook.scenarios.drawn_futures import DrawnFutures
    from orebook.scenarios.risk import Risk
    from orebook.scenarios.session import Session
    from orebook.schema.facts import Fact
    from orebook.schema.model import Model
    from orebook.solver.lp.stop import Stop
    from orebook.solver.run.listener import Listener
    from orebook.solver.run.stage_program import StageProgram
    from orebook.verdict import Verdict

__version__ = "0.1.0"
__all__ = [
    "Client",
    "DisagreementError",
    "DrawnFutures",
    "Explainer",
    "Fact",
    "Finding",
    "HedgeExplainer",
    "HedgedPlan",
    "Imported",
    "InfeasibleError",
    "InputError",
    "Listener",
    "Model",
    "NextWeek",
    "NoPlanError",
    "NumericsError",
    "OrebookError",
    "Plan",
    "Problem",
    "RefutedError",
    "Risk",
    "ServiceError",
    "Session",
    "SolveError",
    "Source",
    "StageProgram",
    "Stop",
    "StoppedError",
    "Verdict",
    "WriteError",
    "__version__",
    "compare",
    "errors",
    "explain",
    "futures",
    "hedge",
    "import_book",
    "next_week",
    "open_hedge",
    "open_plan",
    "read",
    "read_model",
    "risk",
    "solve",
    "stage_program",
    "trace",
    "verify",
    "whatif",
    "write_instance",
    "write_workbook",
]

_ROOMS = {
    "Client": "client.client",
    "DrawnFutures": "scenarios.drawn_futures",
    "Explainer": "explanations.explainer",
    "Fact": "schema.facts",
    "Finding": "findings",
    "HedgeExplainer": "explanations.hedge_explainer",
    "HedgedPlan": "hedged",
    "Imported": "importing.imported",
    "Listener": "solver.run.listener",
    "Model": "schema.model",
    "NextWeek": "rolling.moving_on",
    "Plan": "plan",
    "Problem": "problem",
    "Risk": "scenarios.risk",
    "Session": "scenarios.session",
    "Source": "importing.sources",
    "StageProgram": "solver.run.stage_program",
    "Stop": "solver.lp.stop",
    "Verdict": "verdict",
}
_OLD = ("difference", "explainer")

logging.getLogger(__name__).addHandler(logging.NullHandler())
Late.wake = staticmethod(lambda: import_module("orebook.api"))


if not TYPE_CHECKING:  # where types are checked, names are those imported above

    def __getattr__(name: str) -> Any:
        if name == "errors":
            return import_module("orebook.errors")
        if name in __all__ or name in _OLD:
            room = "errors" if name.endswith("Error") else _ROOMS.get(name, "api")
            return getattr(import_module(f"orebook.{room}"), name)
        raise AttributeError(f"module 'orebook' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
