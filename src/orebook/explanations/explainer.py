"""The questions about a plan as Python calls that return facts."""

from __future__ import annotations

from orebook import arguments
from orebook.errors import RefutedError
from orebook.explanations.catalogue import ask
from orebook.explanations.engine.counterfactuals import SOLVE_LIMIT_S, Counterfactuals
from orebook.explanations.explainer_base import ARGUMENTS, Asking
from orebook.explanations.validation import refuse_unknown
from orebook.plan import Plan
from orebook.schema.facts import Fact
from orebook.solver.lp.stop import Stop


class Explainer(Asking):
    """Asks a plan; solves are kept, so that questions asked together share them.

    `plan`: solved just now, or opened from its folder.
    `seconds`: the time of one solve of all minerals, 8 where None.
    `stop`: ends a question early from another thread.

    Every call raises InputError for a name that is not there, and RefutedError where an answer did not stand up to its check.
    """

    def __init__(self, plan: Plan, *, seconds: float | None = None, stop: Stop | None = None) -> None:
        arguments.refuse(arguments.number("seconds", seconds, 0))
        limit = SOLVE_LIMIT_S if seconds is None else seconds
        self._counterfactuals = Counterfactuals(plan, limit, stop or Stop())

    def _asked(self, *question: str) -> list[Fact]:
        refuse_unknown(self._counterfactuals.plan, [question], lambda kind: ARGUMENTS.get(kind, kind))
        facts, why = ask(self._counterfactuals, question)
        if why:
            raise RefutedError(why)
        return facts
