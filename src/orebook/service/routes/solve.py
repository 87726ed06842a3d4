"""A small solve that is waited for: queued like any other, answered as soon as it has ended."""

from __future__ import annotations

import time
from typing import Annotated, Any

from anyio import sleep
from fastapi import APIRouter, Body
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from orebook.service.actions.runs import submitting
from orebook.service.actions.solve_now import solved, submit_solve_now
from orebook.service.context import Context
from orebook.service.routes.common import refusals
from orebook.service.runs.run_request_bodies import SolveNow
from orebook.service.store.tables import ENDED
from orebook.service.views.models import SolvedOut
from orebook.service.web.body import EXAMPLE
from orebook.service.web.context import Ctx
from orebook.service.web.idempotency import KeyedRequest, KeyHeader, Reply, answered_once
from orebook.service.web.permissions import Planner, Who

router = APIRouter(prefix="/v1", tags=["runs"])
POLL_S = 0.1
LATE_S = 5.0
"""Beyond the limit, for a run that is asked for its best plan to give it."""


EXAMPLES = {
    "stored": {"value": {"instance": "vault-small", "changes": ["instance.budget_usd=-10%"], "audit": False}},
    "brought along": {"value": {"document": EXAMPLE}},
}


LATER: dict[int | str, dict[str, Any]] = {202: {"model": SolvedOut, "description": "Not ended yet; its run goes on"}}


@router.post("/solve", response_model=SolvedOut, responses={**LATER, **refusals(404, 413, 429)})
async def solve(
    ctx: Ctx, who: Planner, body: Annotated[SolveNow, Body(openapi_examples=EXAMPLES)], key: KeyHeader = None
) -> JSONResponse:
    """Solve and wait: the run and, where there is one, the plan. After the limit the best plan so far is taken."""
    run_id = await run_in_threadpool(_submitted, ctx, who, body, key)
    until = time.monotonic() + ctx.settings.sync_s + LATE_S
    while True:
        found = await run_in_threadpool(_solved, ctx, run_id)
        late = time.monotonic() > until
        if found.run.state in ENDED or late:
            status, headers = 200 if found.run.state in ENDED else 202, {"Location": f"/v1/runs/{run_id}"}
            return JSONResponse(found.model_dump(mode="json", by_alias=True), status, headers)
        await sleep(POLL_S)


def _submitted(ctx: Context, who: Who, body: SolveNow, key: str | None) -> str:
    """The id of its run."""
    keyed = KeyedRequest(who, key, b"solve" + body.model_dump_json().encode())
    with submitting(ctx) as session:

        def answer() -> Reply:
            return Reply(202, {"run": submit_solve_now(session, ctx, body, who.name)})

        return str(answered_once(session, keyed, answer).content["run"])


def _solved(ctx: Context, run_id: str) -> SolvedOut:
    with ctx.store.database.read() as session:
        return solved(session, ctx, run_id)
