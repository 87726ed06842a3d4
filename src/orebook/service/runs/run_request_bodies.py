"""What a request may ask to be run: the options of each kind, and what it begins from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi.exceptions import RequestValidationError
from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from orebook.schema.base import Frozen
from orebook.service.runs.run_requests import (
    Changes,
    CompareAsked,
    ExplainAsked,
    NextWeekAsked,
    PlanId,
    ReportAsked,
    SolveAsked,
    SweepAsked,
    WhatifAsked,
)
from orebook.service.store.tables import Run

InstanceName = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$", examples=["vault-small"])
]


class SolveIn(SolveAsked):
    """A solve of an instance, of its newest version unless another is named."""

    instance: InstanceName
    version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)] | None = None


class WhatifIn(WhatifAsked):
    """A what-if of a plan."""

    plan: PlanId


class SweepIn(SweepAsked):
    """Many what-ifs of a plan."""

    plan: PlanId


class ExplainIn(ExplainAsked):
    """Questions about a plan."""

    plan: PlanId


class CompareIn(CompareAsked):
    """A plan held against an older one."""

    plan: PlanId


class ReportIn(ReportAsked):
    """A plan's reports, written again."""

    plan: PlanId


class NextWeekIn(NextWeekAsked):
    """A plan's instance moved on a week."""

    plan: PlanId


RunIn = Annotated[
    SolveIn | WhatifIn | SweepIn | ExplainIn | CompareIn | ReportIn | NextWeekIn, Field(discriminator="kind")
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
    """The run as a request for another one. Raises RequestValidationError where an option does not fit."""
    origin: dict[str, Any] = {"instance": run.instance_id} if run.kind == "solve" else {"plan": run.plan}
    asked = {**run.asked, **origin, **changed.options, "kind": run.kind}
    if changed.changes:
        asked["changes"] = [*asked.get("changes", ()), *changed.changes]
    try:
        return RUN_IN.validate_python(asked)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False)) from None
