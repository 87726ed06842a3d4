"""What is shown of the store, a model a resource; the examples stand in the OpenAPI description of the API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from orebook.schema.plan import PlanDocument
from orebook.service.faults import FaultOut, Out

State = Literal["queued", "running", "optimal", "feasible", "infeasible", "failed", "cancelled"]
TicketState = Literal["proposed", "approved", "ordered"]
Moment = Annotated[str, Field(description="UTC, such as 2026-02-09T08:00:00.000Z")]


class Latest(Out):
    """The newest plan of an instance, and whether its inputs are older than the instance is now."""

    plan: str
    version: int
    state: State
    stale: bool
    total_usd: float | None = None


class InstanceOut(Out):
    """An instance, in its newest version or the one asked for."""

    id: str = Field(examples=["vault-small"])
    name: str
    title: str | None
    version: int
    newest: int
    digest: str
    size: dict[str, Any] = Field(examples=[{"weeks": 13, "minerals": 6, "houses": 4, "offers": 14}])
    warnings: list[FaultOut]
    note: str
    by: str
    at: Moment
    latest_plan: Latest | None = None


class Validity(Out):
    """Whether an instance can be used, and everything found in it."""

    ok: bool
    digest: str | None
    findings: list[FaultOut]


class RunOut(Out):
    """A run as it stands."""

    id: str
    kind: str
    state: State
    reason: str
    instance: str
    version: int
    plan: str | None = Field(description="the plan that it begins from")
    asked: dict[str, Any]
    by: str
    at: Moment
    started_at: Moment | None
    ended_at: Moment | None
    attempt: int
    stopping: bool
    progress: dict[str, Any] = Field(
        examples=[{"stage": "cover", "stages": [{"stage": "cover", "incumbent": 4.1, "bound": 3.9, "gap": 0.05}]}]
    )
    result: dict[str, Any] = Field(description="figures of what came out; money in USD")
    files: list[str] = Field(description="at /v1/runs/{id}/files/NAME")


class TicketOut(Out):
    """A ticket of a plan, and what became of it; the figures are plan.json's."""

    model_config = ConfigDict(extra="allow")
    offer: str
    week: int
    state: TicketState
    by: str | None
    at: Moment | None


class PlanOut(Out):
    """A plan: the run that made it, its figures and its tickets' states."""

    id: str
    instance: str
    version: int
    kind: str
    status: Literal["optimal", "feasible"]
    stale: bool = Field(description="the instance has changed since")
    at: Moment
    by: str
    figures: dict[str, Any]
    states: dict[str, int] = Field(examples=[{"proposed": 10, "approved": 2, "ordered": 0}])
    files: list[str] = Field(description="at /v1/plans/{id}/files/NAME")


class AuditOut(Out):
    """Who did what, and when."""

    id: int
    at: Moment
    who: str
    action: str
    subject: str
    detail: dict[str, Any]
    hash: str | None


class KeyOut(Out):
    """A key of the API, without its secret. One with an owner is a log-in. `used_at` may be half a minute old."""

    id: str
    name: str
    scopes: list[str]
    at: Moment
    expires_at: Moment | None
    used_at: Moment | None
    revoked_at: Moment | None
    owner: str | None


class NewKeyOut(KeyOut):
    """A key that was just made; its secret is shown this once."""

    secret: str


class FactsOut(Out):
    """Facts as facts.json has them."""

    facts: list[dict[str, Any]]


class Differences(Out):
    """What changed from a version of an instance to another."""

    of: int
    to: int
    differs: list[dict[str, Any]] = Field(
        examples=[
            [{"table": "minerals", "key": ["copper"], "column": "price_usd_per_t", "was": 13000.0, "is": 13100.0}]
        ]
    )


class SolvedOut(Out):
    """A solve that was waited for: its run, and the plan where there is one."""

    run: RunOut
    plan: PlanDocument | None
