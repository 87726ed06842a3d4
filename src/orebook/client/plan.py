"""A plan that a service made: a plan as any other, with the name by which the service knows it."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.hedged import HedgedPlan
from orebook.plan import Plan


@dataclass(frozen=True, repr=False)
class ServedPlan(Plan):
    """A plan with its id in the service; its figures were judged again here."""

    id: str = ""

    __hash__ = Plan.__hash__

    @classmethod
    def of(cls, plan: Plan, plan_id: str) -> ServedPlan:
        """The plan with its id."""
        return cls(plan.document, plan.problem, plan.model, plan.judgement, plan_id)


@dataclass(frozen=True, repr=False)
class ServedHedge(HedgedPlan):
    """A hedged plan with the id of the run that made it; every future was judged again here."""

    id: str = ""

    @classmethod
    def of(cls, hedged: HedgedPlan, run_id: str) -> ServedHedge:
        """The hedged plan with its id."""
        return cls(hedged.document, hedged.problem, hedged.model, hedged.plans, run_id)
