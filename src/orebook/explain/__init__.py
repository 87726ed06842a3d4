"""Why this plan: facts with figures, how each was obtained and how to obtain it again.

`orebook.explain(plan)` asks it: this package can be called, as `orebook.api.explain` describes.

One module a kind of fact; each has functions (Counterfactuals, ...) -> facts without words. `words` says them, last, in one
place. A figure is arithmetic of the judge's, or an interval that solves prove. What a solve gives is checked before it is a
fact (`Counterfactuals` raises RefutedError); what fails is counted and dropped, loudly.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orebook.explain.explainer import Explainer
    from orebook.plan import Plan
    from orebook.solver.lp.stop import Stop


class _Verb(ModuleType):
    """The package as the public verb, whichever of the two is imported first."""

    def __call__(self, plan: Plan, *, seconds: float | None = None, stop: Stop | None = None) -> Explainer:
        """As `orebook.api.explain` describes."""
        from orebook.explain.explainer import Explainer

        return Explainer(plan, seconds=seconds, stop=stop)


sys.modules[__name__].__class__ = _Verb
