"""What a request may ask to be run: the options of each kind, and what it begins from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, JsonValue, TypeAdapter, ValidationError, model_validator

from orebook.schema.base import Frozen
from orebook.service.errors import not_as_described
from orebook.service.runs.run_requests import (
    Changes,
    CompareRequest,
    ExplainRequest,
    HedgeRequest,
    NextWeekRequest,
    PlanId,
    ReportRequest,
    SolveRequest,
    SweepRequest,
    WhatifRequest,
)
from orebook.service.store.tables import Run

InstanceName = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$", examples=["vault-small"])
]


VersionNumber = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]


class SolveIn(SolveRequest):
    """A solve of an instance, of its newest version unless another is named."""

    instance: InstanceName
    version: VersionNumber | None = None


class HedgeIn(HedgeRequest):
    """A hedged plan of an instance, of its newest version unless another is named."""

    instance: InstanceName
    version: VersionNumber | None = None


class SolveNow(SolveRequest):
    """A solve of an instance that is stored, or of one that the request brings."""

    instance: InstanceName | None = None
    document: dict[str, JsonValue] | None = Field(None, description="an instance in one document")
    deadline_s: Annotated[float, Field(strict=True, ge=5, le=600)] | None = Field(
        None,
        description="seconds; answered by then, with the best plan so far, or else one that needs no solver",
    )

    @model_validator(mode="after")
    def _one_instance(self) -> SolveNow:
        if (self.instance is None) == (self.document is None):
            raise ValueError("name an instance, or bring one as document")
        return self


class WhatifIn(WhatifRequest):
    """A what-if of a plan."""

    plan: PlanId


class SweepIn(SweepRequest):
    """Many what-ifs of a plan."""

    plan: PlanId


class ExplainIn(ExplainRequest):
    """Questions about a plan."""

    plan: PlanId


class CompareIn(CompareRequest):
    """A plan held against an older one."""

    plan: PlanId


class ReportIn(ReportRequest):
    """A plan's reports, written again."""

    plan: PlanId


class NextWeekIn(NextWeekRequest):
    """A plan's instance moved on a week."""

    plan: PlanId


RunIn = Annotated[
    SolveIn | HedgeIn | WhatifIn | SweepIn | ExplainIn | CompareIn | ReportIn | NextWeekIn, Field(discriminator="kind")
]
RUN_IN: TypeAdapter[RunIn] = TypeAdapter(RunIn)


class Clone(Frozen):
    """What is to be otherwise than in the run that is done again."""

    options: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="options in the place of the run's",
        examples=[{"gap": 0.001, "model": "weekly"}],
    )
    changes: Changes = Field((), description="made after the run's own")


def cloned(run: Run, changed: Clone) -> RunIn:
    """The run as a request for another one. Raises UnusableError where an option does not fit."""
    source: dict[str, Any] = {"plan": run.plan} if run.plan else {"instance": run.instance_id}
    request = {**run.asked, **source, **changed.options, "kind": run.kind}
    if changed.changes:
        request["changes"] = [*request.get("changes", ()), *changed.changes]
    try:
        return RUN_IN.validate_python(request)
    except ValidationError as error:
        raise not_as_described(error.errors(include_url=False)) from None
