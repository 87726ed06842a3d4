"""Who hears of a run while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orebook.formulation.build import Formulation
from orebook.plan import Plan
from orebook.schema.stages import StageName
from orebook.solver.infeasibility.feasibility_relaxation import RelaxedPolicies
from orebook.solver.lp.limits import Progress
from orebook.solver.lp.matrix import Matrix
from orebook.solver.lp.scaling import Ranges


@dataclass
class Listener:
    """Who hears of a run while it goes on; every call may come from another thread, and should return soon.

    `on_built(formulation, matrix, ranges)`: the model stands, with its rows and columns.
    `on_progress(stage, progress)`: a sign of life of a stage; `progress` has `seconds`, `incumbent` and `bound`, the latter
      two in the stage's own unit and None where there is none yet.
    `on_plan(plan)`: the plan that a stage leaves, where none of the later ones betters it; not of stages that only break ties.
    `on_refuted()`: the audit refuted the proof, and the plan is solved again.
    `on_given_up(loosened)`: policy rows give way, as no plan keeps them all.
    `on_alone(future, plan)`: of a hedged run, the best plan of a future that is known from week 1; `on_progress` hears of the
      stages of all futures together.

        >>> import orebook
        >>> stages = []
        >>> listener = orebook.Listener(on_progress=lambda stage, progress: stages.append(stage))
        >>> plan = orebook.solve("vault-small", audit=False, listener=listener)
    """

    on_built: Callable[[Formulation, Matrix, Ranges], None] = lambda _f, _m, _r: None
    on_progress: Callable[[StageName, Progress], None] = lambda _s, _p: None
    on_plan: Callable[[Plan], None] | None = None
    on_refuted: Callable[[], None] = lambda: None
    on_given_up: Callable[[RelaxedPolicies], None] = lambda _l: None
    on_alone: Callable[[str, Plan], None] = lambda _f, _p: None
