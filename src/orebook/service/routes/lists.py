"""The lists of the API as CSV, for spreadsheets: the same rows as their JSON, what is nested in it as JSON text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from orebook.plan_tables import csv_bytes
from orebook.service.actions import audit, instances, plans, runs, tickets
from orebook.service.routes.common import refusals
from orebook.service.web.context import Ctx
from orebook.service.web.file_responses import CONTENT_TYPES
from orebook.service.web.parameters import PlanId, Subject
from orebook.service.web.permissions import Reader

router = APIRouter(prefix="/v1", tags=["lists"])
InstanceQuery = Annotated[str | None, Query(max_length=80)]
MAX_LIST_ROWS = 200
"""Rows; the JSON lists have pages of all."""


@router.get("/instances.csv", response_class=Response, responses=refusals())
def list_instances(ctx: Ctx, who: Reader) -> Response:
    """The first instances by name."""
    with ctx.store.database.read() as session:
        return _csv(instances.list_instances(session, None, MAX_LIST_ROWS).items)


@router.get("/runs.csv", response_class=Response, responses=refusals())
def list_runs(ctx: Ctx, who: Reader, instance: InstanceQuery = None) -> Response:
    """The newest runs."""
    with ctx.store.database.read() as session:
        return _csv(runs.list_runs(session, runs.RunFilter(instance), None, MAX_LIST_ROWS).items)


@router.get("/plans.csv", response_class=Response, responses=refusals())
def list_plans(ctx: Ctx, who: Reader, instance: InstanceQuery = None) -> Response:
    """The newest plans."""
    with ctx.store.database.read() as session:
        return _csv(plans.list_plans(session, instance, None, MAX_LIST_ROWS).items)


@router.get("/audit.csv", response_class=Response, responses=refusals())
def list_audit(ctx: Ctx, who: Reader, subject: Subject = None) -> Response:
    """The newest rows of the audit."""
    with ctx.store.database.read() as session:
        return _csv(audit.list_audit(session, subject, None, MAX_LIST_ROWS).items)


@router.get("/audit.jsonl", response_class=StreamingResponse, responses=refusals())
def export_audit(ctx: Ctx, who: Reader) -> StreamingResponse:
    """The whole audit, the oldest row first, a line of JSON each, with the hashes that chain them."""
    return StreamingResponse(audit.whole_audit(ctx), media_type="application/x-ndjson")


@router.get("/plans/{plan_id}/tickets.csv", response_class=Response, responses=refusals(404))
def list_tickets(ctx: Ctx, who: Reader, plan_id: PlanId) -> Response:
    """The tickets of a plan with their states."""
    with ctx.store.database.read() as session:
        return _csv(tickets.list_tickets(session, ctx, plan_id))


def _csv(items: Sequence[BaseModel]) -> Response:
    rows = [{name: _cell(value) for name, value in item.model_dump(mode="json").items()} for item in items]
    return Response(csv_bytes(rows), media_type=CONTENT_TYPES["csv"])


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
