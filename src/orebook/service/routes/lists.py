"""The lists of the API as CSV, for spreadsheets: the same rows as their JSON, what is nested in it as JSON text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from orebook.plan_tables import csv_bytes
from orebook.service.routes import audit, instances, plans, runs
from orebook.service.routes.common import PlanId, refusals
from orebook.service.web.context import Ctx
from orebook.service.web.file_responses import CONTENT_TYPES
from orebook.service.web.permissions import Reader

router = APIRouter(prefix="/v1", tags=["lists"])
InstanceQuery = Annotated[str | None, Query(max_length=80)]
MAX_LIST_ROWS = 200
"""Rows; the JSON lists have pages of all."""


@router.get("/instances.csv", response_class=Response, responses=refusals())
def list_instances(ctx: Ctx, who: Reader, request: Request) -> Response:
    """The first instances by name."""
    return _csv(instances.list_all(ctx, who, request, limit=MAX_LIST_ROWS).items)


@router.get("/runs.csv", response_class=Response, responses=refusals())
def list_runs(ctx: Ctx, who: Reader, request: Request, instance: InstanceQuery = None) -> Response:
    """The newest runs."""
    return _csv(runs.list_all(ctx, who, request, instance, limit=MAX_LIST_ROWS).items)


@router.get("/plans.csv", response_class=Response, responses=refusals())
def list_plans(ctx: Ctx, who: Reader, request: Request, instance: InstanceQuery = None) -> Response:
    """The newest plans."""
    return _csv(plans.list_all(ctx, who, request, instance, limit=MAX_LIST_ROWS).items)


@router.get("/audit.csv", response_class=Response, responses=refusals())
def list_audit(ctx: Ctx, who: Reader, request: Request, subject: audit.Subject = None) -> Response:
    """The newest rows of the audit."""
    return _csv(audit.list_all(ctx, who, request, subject, limit=MAX_LIST_ROWS).items)


@router.get("/plans/{plan_id}/tickets.csv", response_class=Response, responses=refusals(404))
def list_tickets(ctx: Ctx, who: Reader, plan_id: PlanId) -> Response:
    """The tickets of a plan with their states."""
    return _csv(plans.list_tickets(ctx, who, plan_id).items)


def _csv(items: Sequence[BaseModel]) -> Response:
    rows = [{name: _cell(value) for name, value in item.model_dump(mode="json").items()} for item in items]
    return Response(csv_bytes(rows), media_type=CONTENT_TYPES["csv"])


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
