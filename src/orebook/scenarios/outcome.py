"""What a scenario came to: enough to compare and to sum up, small enough to keep by the thousand."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from orebook.as_ordered import AsOrdered
from orebook.plan import Plan
from orebook.scenarios.scenario import Scenario
from orebook.schema.base import Frozen
from orebook.schema.plan import PlanDocument, StageResult
from orebook.schema.stages import StageName
from orebook.schema.tables import InTransit

Ending = Literal["optimal", "feasible", "infeasible", "unknown", "refused", "failed"]
NO_PLAN: frozenset[Ending] = frozenset({"infeasible", "unknown", "refused", "failed"})


class OutcomeTicket(Frozen):
    """A ticket in short."""

    offer: str
    week: int
    tonnes: float


class MissedTarget(Frozen):
    """By how many days of cover a target is missed."""

    mineral: str
    week: int
    days: float


class Outcome(Frozen):
    """The end of one scenario; figures are the judge's, and None where there is no plan."""

    name: str
    note: str = ""
    changes: tuple[str, ...] = Field((), description="as asked; events are not written out")
    known: int | None = Field(None, description="the week from which on they are known; null: from week 1")
    in_transit: InTransit = Field("lost", description="what becomes of goods under way then that the changes bar")
    status: Ending
    why: str = ""
    seconds: float = 0.0
    measures: dict[StageName, float] = Field(default_factory=dict, description="every measure of the problem")
    stages: tuple[StageResult, ...] = ()
    cash_usd: float | None = None
    total_usd: float | None = None
    short: tuple[MissedTarget, ...] = Field((), description="targets that are missed")
    tickets: tuple[OutcomeTicket, ...] = ()
    lost: int | None = Field(None, description="tickets whose goods never arrive, barred while they were under way")
    late: int | None = Field(None, description="tickets whose goods arrive later than they were ordered for")
    as_ordered: AsOrdered | None = Field(
        None, description="of a draw of prices: what the base plan's tickets come to in it"
    )
    changed: int | None = Field(None, description="orders that differ from the base plan")
    forced: int | None = Field(
        None, description="of these at least so many in any plan as good: the bound of `changes`"
    )

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan to speak of."""
        return self.status not in NO_PLAN


def outcome_of(scenario: Scenario, plan: Plan, seconds: float) -> Outcome:
    """The outcome of a scenario that has a plan; where the base plan's own changes are known from a week on, so are these."""
    document = plan.document
    changes_stage = next((r for r in document.stages if r.stage == "changes"), None)
    return Outcome(
        **scenario.model_dump() | _news(document),
        status=document.status,
        why=plan.unaided,
        seconds=seconds,
        measures={_stage(stage): float(value) for stage, value in plan.judgement.measures.items()},
        stages=document.stages,
        cash_usd=document.costs.cash_usd,
        total_usd=document.costs.total_usd,
        short=tuple(MissedTarget(mineral=c.mineral, week=c.week, days=c.short_days) for c in plan.missed),
        tickets=tuple(OutcomeTicket(offer=t.offer, week=t.week, tonnes=t.tonnes) for t in document.tickets),
        lost=len(plan.lost),
        late=len(plan.late),
        changed=None if changes_stage is None else round(changes_stage.final),
        forced=None if changes_stage is None else -int(-(changes_stage.bound - 1e-6) // 1),
    )


def _news(document: PlanDocument) -> dict[str, object]:
    return {"known": document.known_week, "in_transit": document.in_transit} if document.known_week else {}


def _stage(name: str) -> StageName:
    return name
