"""Runs: listed, and one watched while it works."""

from __future__ import annotations

from collections.abc import AsyncIterator

from anyio import sleep
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from orebook.service.routes import runs as api
from orebook.service.routes.common import RunId
from orebook.service.routes.runs import found_run
from orebook.service.store import runs
from orebook.service.store.tables import ENDED
from orebook.service.web.context import Context, Ctx
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.responses import RunOut
from orebook.service.web.serializers import run_out
from orebook.workbench.pages import filled, shown
from orebook.workbench.pages import router as pages

router = pages()
POLL_S = 0.5
MAX_RUNS_LISTED = 100


@router.get("/runs")
def list_all(ctx: Ctx, who: Reader, request: Request) -> Response:
    """The newest runs."""
    with ctx.store.database.read() as session:
        return shown(request, "runs.html.j2", runs=runs.listed(session, [], None, MAX_RUNS_LISTED))


@router.get("/runs/{run_id}")
def page(ctx: Ctx, who: Reader, request: Request, run_id: RunId) -> Response:
    """A run: as it stands, and from then on as it goes."""
    return shown(request, "run.html.j2", run=_run(ctx, run_id), ended=ENDED)


@router.get("/runs/{run_id}/live")
async def live(ctx: Ctx, who: Reader, request: Request, run_id: RunId) -> StreamingResponse:
    """The part of the page that changes, again and again until the run has ended; then the event `ended`."""
    await run_in_threadpool(_run, ctx, run_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(ctx, request, run_id), media_type="text/event-stream", headers=headers)


@router.post("/runs/{run_id}/stop")
def stop(ctx: Ctx, who: Planner, request: Request, run_id: RunId) -> Response:
    """Good enough: end with the best plan so far."""
    return shown(request, "run_live.html.j2", run=api.stop(ctx, who, run_id), ended=ENDED)


@router.post("/runs/{run_id}/cancel")
def cancel(ctx: Ctx, who: Planner, request: Request, run_id: RunId) -> Response:
    """End without a result."""
    return shown(request, "run_live.html.j2", run=api.cancel(ctx, who, run_id), ended=ENDED)


async def _stream(ctx: Context, request: Request, run_id: str) -> AsyncIterator[str]:
    last: RunOut | None = None
    while True:
        run = await run_in_threadpool(_run, ctx, run_id)
        if run != last:
            text = filled(request, "run_live.html.j2", run=run, ended=ENDED)
            yield "".join(f"data: {line}\n" for line in text.splitlines()) + "\n"
            last = run
        if run.state in ENDED:
            yield "event: ended\ndata: \n\n"
            return
        await sleep(POLL_S)


def _run(ctx: Context, run_id: str) -> RunOut:
    with ctx.store.database.read() as session:
        return run_out(session, found_run(session, run_id))
