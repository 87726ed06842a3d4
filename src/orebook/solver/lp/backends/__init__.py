"""What solves a program, by name: HiGHS, SCIP (`orebook[scip]`), Gurobi (`orebook[gurobi]`), or what another package brings.

A package brings its own with an entry point of the group `orebook.backends`: `name = "module:Backend"`. Whoever it is,
plans are judged, and bounds audited, without it.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.solver.lp.backends.backend import Backend, Capabilities
from orebook.solver.parameters import DEFAULT_SOLVER

__all__ = ["DEFAULT_SOLVER", "OWN", "Backend", "Capabilities", "backend_named", "capabilities_of", "refuse_missing"]

OWN = {"highs": None, "scip": "orebook[scip]", "gurobi": "orebook[gurobi]"}
"""Name -> the extra that it needs."""


def backend_named(name: str) -> Backend:
    """A new one of a solver. Raises InputError for a name that nobody has, and where its package is not installed."""
    return _backend_class(name)()


def capabilities_of(name: str) -> Capabilities:
    """What a solver can do. Raises as `backend_named` does."""
    return _backend_class(name).capabilities


def refuse_missing(name: str) -> None:
    """Raises as `backend_named` does; the default comes with orebook, and need not be loaded to know that it is there."""
    if name != DEFAULT_SOLVER:
        _backend_class(name)


def _backend_class(name: str) -> type[Backend]:
    if name in OWN:
        try:
            own: type[Backend] = import_module(f"orebook.solver.lp.backends.{name}").Backend
        except ImportError as error:
            raise _refused(name, f"is not installed ({error.name} is missing): pip install '{OWN[name]}'") from error
        return own
    found = {point.name: point for point in entry_points(group="orebook.backends")}
    if name not in found:
        raise _refused(name, f"is not there; there are {', '.join(sorted({*OWN, *found}))}")
    brought: type[Backend] = found[name].load()
    return brought


def _refused(name: str, says: str) -> InputError:
    return InputError([Finding("fault", "unknown_solver", "solver", None, None, None, f"{name} {says}")])
