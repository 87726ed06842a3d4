"""orebook: buy plans for a reserve of critical minerals, solved, proven, checked and explained.

    import orebook
    problem = orebook.read("instances/vault")
    plan = orebook.solve(problem, model="weekly")
    plan.tickets                                      # a DataFrame, units in its column names

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orebook.api import (
        difference,
        explainer,
        open_plan,
        read,
        read_model,
        risk,
        solve,
        whatif,
        write_instance,
        write_workbook,
    )
    from orebook.client.client import Client
    from orebook.scenarios.session import Session

__version__ = "0.1.0"
__all__ = [
    "Client",
    "Session",
    "__version__",
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


_ROOMS = {"Client": "orebook.client.client", "Session": "orebook.scenarios.session"}


def __getattr__(name: str) -> Any:
    if name in __all__:
        module = _ROOMS.get(name, "orebook.api")
        return getattr(import_module(module), name)
    raise AttributeError(f"module 'orebook' has no attribute {name!r}")
