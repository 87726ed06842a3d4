"""What a run is asked to do: the options of the library's calls and of the commands, a model a kind of run."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, TypeAdapter, model_validator

from orebook.scenarios.scenario import Scenario
from orebook.schema.base import Frozen
from orebook.schema.hidden import Hidden
from orebook.schema.model import Model
from orebook.schema.tables import InTransit

Kind = Literal["solve", "hedge", "whatif", "sweep", "explain", "compare", "report", "next-week"]
Change = Annotated[str, Field(min_length=1, max_length=500, description="such as minerals.copper.price_usd_per_t=+10%")]
Gap = Annotated[float, Field(strict=True, ge=0, le=1, description="relative gap; 0.005 is 0.5 %")]
Seconds = Annotated[float, Field(strict=True, gt=0, le=86_400, description="seconds of solving, the audit apart")]
PlanId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="the plan, by the id of the run that made it")]
Question = Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]
Known = Annotated[
    Annotated[int, Field(strict=True, ge=2, le=521)] | None,
    Field(description="the first week at whose start the changes are known; without it they are from week 1"),
]
Changes = Annotated[tuple[Change, ...], Field(max_length=1_000)]


class InstanceRequest(Frozen):
    """What is solved of an instance, whatever for."""

    model: str | Model = Field("weekly", description="a model that ships, by name; or a whole model")
    changes: Changes = ()
    gap: Gap | None = None
    time_limit_s: Seconds | None = None
    audit: StrictBool = Field(True, description="confirm the proof by a second path")


class SolveRequest(InstanceRequest):
    """A plan of an instance."""

    kind: Literal["solve"] = "solve"
    threads: Annotated[int, Field(strict=True, ge=1, le=8)] | None = None


class HedgeRequest(InstanceRequest):
    """What to order of an instance before anyone knows which of its futures comes."""

    kind: Literal["hedge"] = "hedge"
    tail: Annotated[float, Field(strict=True, ge=1e-6, le=1)] = Field(
        0.1, description="the part of the probability that is the worst"
    )
    tail_weight: Annotated[float, Field(strict=True, ge=0, le=0.999)] = Field(
        0.0, description="how much the mean of that part weighs; 0: the mean of all futures alone"
    )


class WhatifRequest(Frozen):
    """A plan under changes, as near to the base plan as its measures allow."""

    kind: Literal["whatif"] = "whatif"
    changes: Annotated[tuple[Change, ...], Field(min_length=1, max_length=1_000)]
    known: Known = None
    in_transit: InTransit = Field("lost", description="what becomes of goods under way then that the changes bar")
    gap: Gap | None = None
    time_limit_s: Seconds | None = None
    causes: StrictBool = Field(False, description="solve, too, for which change forced which ticket")


class Draws(Frozen):
    """Prices drawn as weekly walks from the instance's volatilities: the plan as ordered, and each solved with foresight."""

    count: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 200
    seed: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] = 0
    level: Annotated[float, Field(strict=True, ge=0.5, le=0.999)] = 0.95


class SweepRequest(Frozen):
    """Many what-ifs of a base plan: one of a list, ranges that are crossed, a tornado, or draws."""

    kind: Literal["sweep"] = "sweep"
    changes: Changes = Field((), description="made before those of each scenario")
    known: Known = None
    in_transit: InTransit = Field("lost", description="what becomes of goods under way then that the changes bar")
    scenarios: tuple[Scenario, ...] = ()
    sweeps: Annotated[tuple[Change, ...], Field(max_length=4)] = Field(
        (), description="ADDRESS=LOW:HIGH:N, such as minerals.copper.price_usd_per_t=-30%:+30%:25"
    )
    tornado: Annotated[float, Field(strict=True, ge=0, lt=100)] | Literal["own"] | None = Field(
        None, description="every price so many per cent lower and higher; own: by what it moves in a week"
    )
    draws: Draws | None = None
    gap: Gap | None = None
    time_limit_s: Seconds | None = None

    @model_validator(mode="after")
    def _one_way(self) -> SweepRequest:
        ways = [bool(self.scenarios), bool(self.sweeps), self.tornado is not None, self.draws is not None]
        if sum(ways) != 1:
            raise ValueError("name one of scenarios, sweeps, tornado and draws")
        if self.draws is not None and self.known is not None:
            raise ValueError("draws are solved as known from week 1, beside the plan as ordered; leave known out")
        return self


class ExplainRequest(Frozen):
    """Questions about a plan; all that its report asks where none is named."""

    kind: Literal["explain"] = "explain"
    questions: Annotated[tuple[Question, ...], Field(max_length=200)] = Field(
        (),
        description='such as ["shortage", "gallium"], ["ticket", "OFFER", "3"], ["offer", "OFFER"], ["rule", "shares"]',
    )


class CompareRequest(Frozen):
    """What changed from an older plan to this one, and what forced it."""

    kind: Literal["compare"] = "compare"
    against: PlanId
    causes: StrictBool = True


class ReportRequest(Frozen):
    """A plan's reports written again, with what was found out about it so far; for paper, or for other eyes."""

    kind: Literal["report"] = "report"
    hide: Annotated[tuple[Hidden, ...], Field(max_length=3, description="what must not leave the house")] = ()
    pdf: StrictBool = Field(False, description="report.pdf too; the workers need orebook[pdf]")
    lender: Annotated[
        Annotated[str, Field(min_length=1, max_length=500)] | None,
        Field(description="instead what this source of money may see: lender.html, .md, .xlsx and, with pdf, .pdf"),
    ] = None
    member: Annotated[
        Annotated[str, Field(min_length=1, max_length=500)] | None,
        Field(
            description="instead what this member may see (*: all of them): statement.html, .md, .json, .xlsx, with pdf .pdf"
        ),
    ] = None

    @model_validator(mode="after")
    def _whose(self) -> ReportRequest:
        if self.lender is not None and self.member is not None:
            raise ValueError("name a lender or a member, not both")
        if self.hide and (self.lender is not None or self.member is not None):
            raise ValueError(
                "leave hide out: pages of a lender or a member have no prices of offers, no targets and no houses in them"
            )
        return self


class NextWeekRequest(Frozen):
    """The instance a week later, with the week's prices where they are known."""

    kind: Literal["next-week"] = "next-week"
    prices: dict[str, Annotated[float, Field(strict=True, ge=0, le=1e15)]] = Field(
        default_factory=dict, description="mineral -> benchmark price of the new first week, USD/t"
    )
    frozen_weeks: Annotated[int, Field(strict=True, ge=0, le=520)] | None = Field(
        None, description="weeks of the moved instance that stand; those that are wholly approved where left out"
    )
    stands: Annotated[int, Field(strict=True, ge=0, le=520)] = Field(
        0, description="the weeks that stand; found when the run is submitted"
    )
    not_frozen: Annotated[tuple[str, ...], Field(max_length=100_000)] = Field(
        (), description="approved tickets, OFFER/WEEK, of weeks that do not stand; found when the run is submitted"
    )


RunRequest = Annotated[
    SolveRequest
    | HedgeRequest
    | WhatifRequest
    | SweepRequest
    | ExplainRequest
    | CompareRequest
    | ReportRequest
    | NextWeekRequest,
    Field(discriminator="kind"),
]
RUN_REQUEST: TypeAdapter[RunRequest] = TypeAdapter(RunRequest)
