"""The progress of a run as server-sent events: an event when anything changed, a comment when nothing did, until its end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from orebook.service.actions.runs import run_view
from orebook.service.context import Context
from orebook.service.routes.common import refusals
from orebook.service.views.models import RunOut
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import RunId
from orebook.service.web.permissions import Reader
from orebook.service.web.watching import watching

router = APIRouter(prefix="/v1/runs", tags=["runs"])
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

_EVENT = {"type": "object", "properties": {"data": {"type": "string"}, "id": {"type": "string"}}}
DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events whose data is a run, as JSON",
        "content": {"text/event-stream": {"schema": _EVENT}},
    }
}


@router.get("/{run_id}/events", response_class=StreamingResponse, responses={**DESCRIBED, **refusals(404, 429)})
async def events(ctx: Ctx, who: Reader, request: Request, run_id: RunId) -> StreamingResponse:
    """Each event's data is the run as `GET /v1/runs/{run_id}` has it; the stream closes when the run has ended.

    It closes, too, when the key that it was opened with is revoked.
    """
    limits = request.app.state.limits
    limits.refuse_stream(who)
    run = await run_in_threadpool(_run, ctx, run_id)
    changes = watching(request).changes(run, who, limits)
    return StreamingResponse(_events(changes), media_type="text/event-stream", headers=HEADERS)


async def _events(changes: AsyncIterator[RunOut | None]) -> AsyncIterator[str]:
    """Unnamed, as pages expect them."""
    async for run in changes:
        yield ": still there\n\n" if run is None else f"id: {run.attempt}\ndata: {run.model_dump_json()}\n\n"


def _run(ctx: Context, run_id: str) -> RunOut:
    with ctx.store.database.read() as session:
        return run_view(session, run_id)
