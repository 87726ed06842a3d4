"""What one solve may take, and how it looks for plans."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.solver.lp.messages import Heuristics


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
    interior: bool = False
    """A relaxation by the interior point method and no basis: of a large program its bound and prices come far sooner."""


@dataclass(frozen=True)
class Progress:
    """A sign of life: incumbent and bound in the objective's own unit, None where there is none yet."""

    seconds: float
    incumbent: float | None
    bound: float | None
