"""The progress of a run as server-sent events: an event when anything changed, a comment when nothing did, until its end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from anyio import sleep
from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from orebook.service.routes.common import RunId, refusals
from orebook.service.routes.runs import found_run
from orebook.service.store.tables import ENDED
from orebook.service.web.context import Context, Ctx
from orebook.service.web.permissions import Reader
from orebook.service.web.responses import RunOut
from orebook.service.web.serializers import run_out

router = APIRouter(prefix="/v1/runs", tags=["runs"])
POLL_S = 0.5
SILENT = 20
"""Looks without a change after which a comment keeps the connection alive."""

_EVENT = {"type": "object", "properties": {"data": {"type": "string"}, "id": {"type": "string"}}}
DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events whose data is a run, as JSON",
        "content": {"text/event-stream": {"schema": _EVENT}},
    }
}


@router.get("/{run_id}/events", response_class=StreamingResponse, responses={**DESCRIBED, **refusals(404)})
async def events(ctx: Ctx, who: Reader, run_id: RunId) -> StreamingResponse:
    """Each event's data is the run as `GET /v1/runs/{run_id}` has it; the stream closes when the run has ended."""
    first = await run_in_threadpool(_run, ctx, run_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(ctx, first), media_type="text/event-stream", headers=headers)


async def _stream(ctx: Context, run: RunOut) -> AsyncIterator[str]:
    yield _event(run)
    silent = 0
    while run.state not in ENDED:
        await sleep(POLL_S)
        now = await run_in_threadpool(_run, ctx, run.id)
        silent += 1
        if now != run:
            yield _event(now)
            run, silent = now, 0
        elif silent % SILENT == 0:
            yield ": still there\n\n"


def _event(run: RunOut) -> str:
    """Unnamed, as pages expect it."""
    return f"id: {run.attempt}\ndata: {run.model_dump_json()}\n\n"


def _run(ctx: Context, run_id: str) -> RunOut:
    with ctx.store.database.read() as session:
        return run_out(session, found_run(session, run_id))
