"""Runs: submitted, listed, watched, stopped with the best plan so far, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from orebook.service.actions.runs import (
    PreparedRun,
    RunFilter,
    cancel_run,
    list_runs,
    prepare_clone,
    prepare_run,
    run_view,
    stop_run,
    store_run,
    submitting,
)
from orebook.service.context import Context
from orebook.service.routes.common import STILL, place_of, refusals, runs_page
from orebook.service.runs.lookups import find_run
from orebook.service.runs.run_request_bodies import Clone, RunIn
from orebook.service.views.models import RunOut, State
from orebook.service.web.context import Ctx
from orebook.service.web.file_responses import file_response
from orebook.service.web.idempotency import KeyedRequest, KeyHeader, Reply, answered_once, kept_reply
from orebook.service.web.parameters import After, FileName, IfNoneMatch, Limit, RunId
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.responses import Page

router = APIRouter(prefix="/v1/runs", tags=["runs"])
EXAMPLES = {
    "solve": {
        "value": {"kind": "solve", "instance": "vault-small", "changes": ["minerals.copper.price_usd_per_t=+10%"]}
    },
    "hedge": {"value": {"kind": "hedge", "instance": "vault-small", "tail": 0.1, "tail_weight": 0.3}},
    "what-if": {"value": {"kind": "whatif", "plan": "0" * 32, "changes": ["house_out(house=hartree, week=3)"]}},
    "sweep": {"value": {"kind": "sweep", "plan": "0" * 32, "sweeps": ["instance.budget_usd=-20%:+20%:5"]}},
    "explain": {"value": {"kind": "explain", "plan": "0" * 32, "questions": [["shortage", "gallium"]]}},
    "compare": {"value": {"kind": "compare", "plan": "0" * 32, "against": "1" * 32}},
    "report": {"value": {"kind": "report", "plan": "0" * 32, "hide": ["prices"], "pdf": True}},
    "lender": {"value": {"kind": "report", "plan": "0" * 32, "lender": "exim"}},
    "member": {"value": {"kind": "report", "plan": "0" * 32, "member": "engines"}},
    "next week": {"value": {"kind": "next-week", "plan": "0" * 32, "prices": {"copper": 13_100}}},
}


@router.post("", status_code=202, response_model=RunOut, responses=refusals(404, 409, 413, 429))
def submit(
    ctx: Ctx,
    who: Planner,
    body: Annotated[RunIn, Body(title="Run request", openapi_examples=EXAMPLES)],
    key: KeyHeader = None,
) -> JSONResponse:
    """Queue a run; a worker takes it. Look at it, or listen to its events, until it has ended."""
    keyed = KeyedRequest(who, key, b"run" + body.model_dump_json().encode())
    return _queued(ctx, keyed, lambda session: prepare_run(session, ctx, body))


@router.post("/{run_id}/clone", status_code=202, response_model=RunOut, responses=refusals(404, 409, 413, 429))
def clone(ctx: Ctx, who: Planner, run_id: RunId, changed: Clone, key: KeyHeader = None) -> JSONResponse:
    """The same run again, with some of its options and more changes; a solve of the newest version unless one is named."""
    keyed = KeyedRequest(who, key, f"clone {run_id}".encode() + changed.model_dump_json().encode())
    return _queued(ctx, keyed, lambda session: prepare_clone(session, ctx, run_id, changed))


@router.get("", responses=refusals())
def list_all(
    ctx: Ctx,
    who: Reader,
    request: Request,
    instance: Annotated[str | None, Query(max_length=80)] = None,
    plan: Annotated[str | None, Query(max_length=32, description="that begin from this plan")] = None,
    kind: Annotated[str | None, Query(max_length=16)] = None,
    state: Annotated[State | None, Query()] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[RunOut]:
    """Runs, the newest first."""
    with ctx.store.database.read() as session:
        part = list_runs(session, RunFilter(instance, plan, kind, state), place_of(after), limit)
    return runs_page(request, part)


@router.get("/{run_id}", responses=refusals(404))
def get(ctx: Ctx, who: Reader, run_id: RunId) -> RunOut:
    """A run as it stands."""
    with ctx.store.database.read() as session:
        return run_view(session, run_id)


@router.post("/{run_id}/stop", status_code=202, responses=refusals(404, 409))
def stop(ctx: Ctx, who: Planner, run_id: RunId) -> RunOut:
    """Good enough: the run ends with the best plan that it has."""
    with ctx.store.database.write() as session:
        return stop_run(session, run_id, who.name)


@router.post("/{run_id}/cancel", status_code=202, responses=refusals(404, 409))
def cancel(ctx: Ctx, who: Planner, run_id: RunId) -> RunOut:
    """The run ends without a result."""
    with ctx.store.database.write() as session:
        return cancel_run(session, run_id, who.name)


@router.get("/{run_id}/files/{name}", response_class=Response, responses={**STILL, **refusals(404)})
def get_file(ctx: Ctx, who: Reader, run_id: RunId, name: FileName, if_none_match: IfNoneMatch = None) -> Response:
    """A file of what came out of a run.

    Of a `hedge`: hedge.json, now.csv (the tickets to order now), future-1.json and so on (plan.json of each future, in the
    order of hedge.json), and hedge.zip, the folder of all of it.
    """
    with ctx.store.database.read() as session:
        return file_response(ctx, session, find_run(session, run_id).id, name, if_none_match)


def _queued(ctx: Context, keyed: KeyedRequest, prepare: Callable[[Session], PreparedRun]) -> JSONResponse:
    """The run, checked while others may write, and queued; or the answer that was given before."""
    with ctx.store.database.read() as session:
        known = kept_reply(session, keyed)
        if known is not None:
            return known.response()
        spec = prepare(session)
    with submitting(ctx) as session:

        def answer() -> Reply:
            run = store_run(session, ctx, spec, keyed.who.name)
            return Reply.of(202, run, f"runs/{run.id}")

        return answered_once(session, keyed, answer).response()
