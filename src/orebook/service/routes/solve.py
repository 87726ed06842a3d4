"""A small solve that is waited for: queued like any other, answered as soon as it has ended."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any

from anyio import sleep
from fastapi import APIRouter, Body
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from orebook.service.actions.runs import submitting
from orebook.service.actions.solve_now import give_up, plan_without_solver, seconds_of, solved, submit_solve_now
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
LEAST_S, PATIENT = 5.0, 0.3
"""Seconds in which a plan without a solver can be made; part of a deadline after which it is begun."""
ANSWER_S = 1.0
"""Before a deadline, from when no more is waited for."""
LATE_S = 5.0
"""Beyond the limit, for a run that is asked for its best plan to give it."""


EXAMPLES = {
    "stored": {"value": {"instance": "vault-small", "changes": ["instance.budget_usd=-10%"], "audit": False}},
    "brought along": {"value": {"document": EXAMPLE, "deadline_s": 20}},
}


LATER: dict[int | str, dict[str, Any]] = {202: {"model": SolvedOut, "description": "Not ended yet; its run goes on"}}


@router.post("/solve", response_model=SolvedOut, responses={**LATER, **refusals(404, 413, 429)})
async def solve(
    ctx: Ctx, who: Planner, body: Annotated[SolveNow, Body(openapi_examples=EXAMPLES)], key: KeyHeader = None
) -> JSONResponse:
    """Solve and wait: the run and, where there is one, the plan. After the limit the best plan so far is taken.

    With `deadline_s` it is answered by then, whatever the workers do: where no plan of theirs is there, with one that needs no
    solver (`unaided` in the plan says which), and its run is cancelled.
    """
    began = time.monotonic()
    run_id = await run_in_threadpool(_submitted, ctx, who, body, key)
    if body.deadline_s is None:
        found = await _ended(ctx, run_id, began + ctx.settings.sync_s + LATE_S)
    else:
        found = await _by_deadline(ctx, run_id, began, seconds_of(body, ctx), who)
    status, headers = 200 if found.run.state in ENDED or found.plan else 202, {"Location": f"/v1/runs/{run_id}"}
    return JSONResponse(found.model_dump(mode="json", by_alias=True), status, headers)


async def _ended(ctx: Context, run_id: str, until: float) -> SolvedOut:
    """The run once it has ended, or at a moment."""
    while True:
        found = await run_in_threadpool(_solved, ctx, run_id)
        if found.run.state in ENDED or time.monotonic() > until:
            return found
        await sleep(POLL_S)


async def _by_deadline(ctx: Context, run_id: str, began: float, seconds: float, who: Who) -> SolvedOut:
    """The same, and a plan in any case: where the workers take long, one that needs no solver is made meanwhile."""
    until = began + seconds
    found = await _ended(ctx, run_id, began + PATIENT * seconds)
    if found.run.state in ENDED or seconds < LEAST_S:
        return found if found.run.state in ENDED else await _ended(ctx, run_id, until)
    other = asyncio.create_task(run_in_threadpool(plan_without_solver, ctx, run_id))
    found = await _ended(ctx, run_id, until - ANSWER_S)
    if found.plan is None and found.run.state != "infeasible":
        await asyncio.wait({other}, timeout=max(0.0, until - time.monotonic()))
        await run_in_threadpool(give_up, ctx, run_id, who.name)
        found = await run_in_threadpool(_solved, ctx, run_id)
        if found.plan is None and other.done():
            found = found.model_copy(update={"plan": other.result()})
    return found


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
