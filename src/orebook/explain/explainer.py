"""The questions about a plan as Python calls that return facts."""

from __future__ import annotations

from orebook.errors import RefutedError
from orebook.explain.catalogue import ask
from orebook.explain.engine.counterfactuals import SOLVE_LIMIT_S, Counterfactuals
from orebook.explain.explainer_base import Asking
from orebook.plan import Plan
from orebook.schema.facts import Fact


class Explainer(Asking):
    """Asks a plan; solves are kept, so that questions asked together share them.

    `seconds` is the time of one solve of all minerals. Every call raises InputError for a name that is not there, and
    RefutedError where an answer did not stand up to its check.
    """

    def __init__(self, plan: Plan, *, seconds: float = SOLVE_LIMIT_S) -> None:
        self._counterfactuals = Counterfactuals(plan, seconds)

    def _asked(self, *question: str) -> list[Fact]:
        facts, why = ask(self._counterfactuals, question)
        if why:
            raise RefutedError(why)
        return facts
