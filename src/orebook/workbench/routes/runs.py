"""Runs: listed, and one watched while it works."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from orebook.service.actions.runs import cancel_run, run_view, stop_run
from orebook.service.context import Context
from orebook.service.store import runs
from orebook.service.store.tables import ENDED
from orebook.service.views.models import RunOut
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import RunId
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.watching import watching
from orebook.workbench.pages import rendered, template_text
from orebook.workbench.pages import router as pages

router = pages()
MAX_RUNS_LISTED = 100


@router.get("/runs")
def list_all(ctx: Ctx, who: Reader, request: Request) -> Response:
    """The newest runs."""
    with ctx.store.database.read() as session:
        return rendered(request, "runs.html.j2", runs=runs.listed(session, [], None, MAX_RUNS_LISTED))


@router.get("/runs/{run_id}")
def page(ctx: Ctx, who: Reader, request: Request, run_id: RunId) -> Response:
    """A run: as it stands, and from then on as it goes."""
    return rendered(request, "run.html.j2", run=_run(ctx, run_id), ended=ENDED)


@router.get("/runs/{run_id}/live")
async def live(ctx: Ctx, who: Reader, request: Request, run_id: RunId) -> StreamingResponse:
    """The part of the page that changes, again and again until the run has ended; then the event `ended`."""
    limits = request.app.state.limits
    limits.refuse_stream(who)
    run = await run_in_threadpool(_run, ctx, run_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    changes = watching(request).changes(run, who, limits)
    return StreamingResponse(_stream(request, changes), media_type="text/event-stream", headers=headers)


@router.post("/runs/{run_id}/stop")
def stop(ctx: Ctx, who: Planner, request: Request, run_id: RunId) -> Response:
    """Good enough: end with the best plan so far."""
    with ctx.store.database.write() as session:
        run = stop_run(session, run_id, who.name)
    return rendered(request, "run_live.html.j2", run=run, ended=ENDED)


@router.post("/runs/{run_id}/cancel")
def cancel(ctx: Ctx, who: Planner, request: Request, run_id: RunId) -> Response:
    """End without a result."""
    with ctx.store.database.write() as session:
        run = cancel_run(session, run_id, who.name)
    return rendered(request, "run_live.html.j2", run=run, ended=ENDED)


async def _stream(request: Request, changes: AsyncIterator[RunOut | None]) -> AsyncIterator[str]:
    async for run in changes:
        if run is None:
            yield ": still there\n\n"
            continue
        text = template_text(request, "run_live.html.j2", run=run, ended=ENDED)
        yield "".join(f"data: {line}\n" for line in text.splitlines()) + "\n"
        if run.state in ENDED:
            yield "event: ended\ndata: \n\n"


def _run(ctx: Context, run_id: str) -> RunOut:
    with ctx.store.database.read() as session:
        return run_view(session, run_id)
