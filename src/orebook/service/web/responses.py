"""What the API answers with, a model a resource; the examples stand in its OpenAPI description."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from orebook.schema.plan import PlanDocument

T = TypeVar("T")
State = Literal["queued", "running", "optimal", "feasible", "infeasible", "failed", "cancelled"]
TicketState = Literal["proposed", "approved", "ordered"]
Moment = Annotated[str, Field(description="UTC, such as 2026-02-09T08:00:00.000Z")]


class Out(BaseModel):
    """An answer."""

    model_config = ConfigDict(extra="forbid")


class Page(Out, Generic[T]):
    """A part of a list; `next` is the address of what comes after it, and null at its end."""

    items: list[T]
    next: str | None = None


class FaultOut(Out):
    """One thing that is wrong: where (table, row as a spreadsheet counts it, column), and what would be right."""

    loc: list[str | int | None]
    message: str
    check: str = ""
    severity: Literal["fault", "warning"] = "fault"
    value: str | None = None


class ProblemOut(Out):
    """Why a request was refused (RFC 9457)."""

    type: str = Field("about:blank", examples=["urn:orebook:problem:bad-input"])
    title: str = Field(examples=["The instance has faults"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=['offers:7 premium_pct: "1,5" is not a number; write 1.5'])
    instance: str | None = Field(None, examples=["/v1/instances"])
    errors: list[FaultOut] = Field(
        default_factory=list,
        examples=[
            [
                {
                    "loc": ["offers", 7, "premium_pct"],
                    "message": '"1,5" is not a number; write 1.5',
                    "check": "not_a_number",
                }
            ]
        ],
    )
    differs: list[dict[str, Any]] = Field(
        default_factory=list, description="on 412: what another user changed meanwhile"
    )


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


class KeyOut(Out):
    """A key of the API, without its secret."""

    id: str
    name: str
    scopes: list[str]
    at: Moment
    revoked_at: Moment | None


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
