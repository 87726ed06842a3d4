"""What one solve may take, and how it looks for plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Heuristics = Literal["all", "quick", "none"]

_SLOW = {"mip_heuristic_run_root_reduced_cost": False}
_REST = {f"mip_heuristic_run_{name}": False for name in ("rens", "rins", "feasibility_jump")}
HEURISTICS: dict[Heuristics, dict[str, Any]] = {
    "all": {},
    "quick": _SLOW | {"mip_allow_restart": False},
    "none": _SLOW | _REST | {"mip_heuristic_effort": 0.0},
}
"""How the solver looks for plans: on a small program, a search among columns of small reduced cost is slow and seldom of
use; where only a bound is asked for, any search is."""


@dataclass(frozen=True)
class Limits:
    """Limits of one solve; `absolute_gap` is in the objective's own unit."""

    gap: float
    absolute_gap: float
    seconds: float
    nodes: int | None = None
    stalled_nodes: int | None = None
    improvements: int | None = None
    iterations: int | None = None
    seed: int = 0
    presolve: bool = True
    heuristics: Heuristics = "all"
    sure: bool = False
    """What presolve calls infeasible, or has no good plan of, is solved again without it: it has been wrong."""
    ignore_stop: bool = False
    """Not ended by a stop: for what is quick and makes a plan of what there is."""
    feasibility: float | None = None
    """Of scaled rows and whole numbers, where not the solver's own."""


@dataclass(frozen=True)
class Progress:
    """A sign of life: incumbent and bound in the objective's own unit, None where there is none yet."""

    seconds: float
    incumbent: float | None
    bound: float | None
