"""Who hears of a run while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orebook.formulation.build import Formulation
from orebook.schema.stages import StageName
from orebook.solver.infeasibility.feasibility_relaxation import RelaxedPolicies
from orebook.solver.lp.limits import Progress
from orebook.solver.lp.matrix import Matrix
from orebook.solver.lp.scaling import Ranges


@dataclass
class Listener:
    """Who hears of a run while it goes on; every call may come from the solver's thread."""

    on_built: Callable[[Formulation, Matrix, Ranges], None] = lambda _f, _m, _r: None
    on_progress: Callable[[StageName, Progress], None] = lambda _s, _p: None
    on_refuted: Callable[[], None] = lambda: None
    on_given_up: Callable[[RelaxedPolicies], None] = lambda _l: None
