"""Runs: submitted, listed, watched, stopped with the best plan so far, cancelled."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import Response
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from orebook.service.routes.common import STILL, After, FileName, Known, Limit, RunId, refusals, runs_page
from orebook.service.routes.instances import found_version
from orebook.service.runs.run_request_bodies import Clone, RunIn, SolveIn, cloned
from orebook.service.runs.run_requests import ASKED
from orebook.service.runs.submit import Origin, plan_run, wanted
from orebook.service.store import runs
from orebook.service.store.audit import note
from orebook.service.store.tables import Run, Version
from orebook.service.web.context import Context, Ctx
from orebook.service.web.file_responses import file_response
from orebook.service.web.idempotency import Asked as AskedOnce
from orebook.service.web.idempotency import KeyHeader, once
from orebook.service.web.permissions import Planner, Reader, Who
from orebook.service.web.problem_details import ProblemError, not_found
from orebook.service.web.responses import Page, RunOut, State
from orebook.service.web.serializers import run_out, runs_out

router = APIRouter(prefix="/v1/runs", tags=["runs"])
EXAMPLES = {
    "solve": {
        "value": {"kind": "solve", "instance": "vault-small", "changes": ["minerals.copper.price_usd_per_t=+10%"]}
    },
    "what-if": {"value": {"kind": "whatif", "plan": "0" * 32, "changes": ["house_out(house=hartree, week=3)"]}},
    "sweep": {"value": {"kind": "sweep", "plan": "0" * 32, "sweeps": ["instance.budget_usd=-20%:+20%:5"]}},
    "explain": {"value": {"kind": "explain", "plan": "0" * 32, "questions": [["shortage", "gallium"]]}},
    "compare": {"value": {"kind": "compare", "plan": "0" * 32, "against": "1" * 32}},
    "report": {"value": {"kind": "report", "plan": "0" * 32, "hide": ["prices"], "pdf": True}},
    "next week": {"value": {"kind": "next-week", "plan": "0" * 32, "prices": {"copper": 13_100}}},
}


@router.post("", status_code=202, responses=refusals(404, 409, 413, 429))
def submit(
    ctx: Ctx, who: Planner, asked: Annotated[RunIn, Body(openapi_examples=EXAMPLES)], key: KeyHeader = None
) -> RunOut:
    """Queue a run; a worker takes it. Look at it, or listen to its events, until it has ended."""
    said = AskedOnce(who, key, b"run" + asked.model_dump_json().encode())
    with ctx.store.database.write() as session:
        response = once(session, said, lambda: _queued(session, ctx, asked, who))
    ctx.queue.call()
    return response  # type: ignore[return-value]


def _queued(session: Session, ctx: Context, asked: RunIn, who: Who) -> tuple[int, dict[str, Any]]:
    if isinstance(asked, SolveIn):
        origin = Origin(found_version(session, asked.instance, asked.version))
    else:
        plan = plan_run(session, asked.plan)
        origin = Origin(session.get_one(Version, (plan.instance_id, plan.version)), plan)
    bare = ASKED.validate_python(asked.model_dump(exclude={"instance", "version", "plan"}))
    run = runs.submit(session, wanted(session, ctx, bare, origin), who.name)
    return 202, {**run_out(session, run).model_dump(mode="json"), "at_path": f"runs/{run.id}"}


@router.post("/{run_id}/clone", status_code=202, responses=refusals(404, 409, 413, 429))
def clone(ctx: Ctx, who: Planner, run_id: RunId, changed: Clone, key: KeyHeader = None) -> RunOut:
    """The same run again, with some of its options and more changes; a solve of the newest version unless one is named."""
    with ctx.store.database.write() as session:
        run = found_run(session, run_id)
        asked = cloned(run, changed)
        said = AskedOnce(who, key, f"clone {run_id}".encode() + changed.model_dump_json().encode())
        response = once(session, said, lambda: _queued(session, ctx, asked, who))
    ctx.queue.call()
    return response  # type: ignore[return-value]


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
    where: list[ColumnElement[bool]] = []
    for column, value in ((Run.instance_id, instance), (Run.plan, plan), (Run.kind, kind), (Run.state, state)):
        where += [] if value is None else [column == value.replace("\0", "")]
    return runs_page(ctx, request, where, after, limit, runs_out)


@router.get("/{run_id}", responses=refusals(404))
def get(ctx: Ctx, who: Reader, run_id: RunId) -> RunOut:
    """A run as it stands."""
    with ctx.store.database.read() as session:
        return run_out(session, found_run(session, run_id))


@router.post("/{run_id}/stop", status_code=202, responses=refusals(404, 409))
def stop(ctx: Ctx, who: Planner, run_id: RunId) -> RunOut:
    """Good enough: the run ends with the best plan that it has."""
    return _ended_by(ctx, who, run_id, "stop")


@router.post("/{run_id}/cancel", status_code=202, responses=refusals(404, 409))
def cancel(ctx: Ctx, who: Planner, run_id: RunId) -> RunOut:
    """The run ends without a result."""
    return _ended_by(ctx, who, run_id, "cancel")


@router.get("/{run_id}/files/{name}", response_class=Response, responses={**STILL, **refusals(404)})
def get_file(ctx: Ctx, who: Reader, run_id: RunId, name: FileName, if_none_match: Known = None) -> Response:
    """A file of what came out of a run."""
    with ctx.store.database.read() as session:
        found_run(session, run_id)
        return file_response(ctx, session, run_id, name, if_none_match)


def found_run(session: Session, run_id: str) -> Run:
    """A run. Raises ProblemError 404."""
    run = session.get(Run, run_id)
    if run is None:
        raise not_found(f"The run {run_id}")
    return run


def _ended_by(ctx: Context, who: Who, run_id: str, how: str) -> RunOut:
    with ctx.store.database.write() as session:
        run = found_run(session, run_id)
        if not (runs.ask_stop if how == "stop" else runs.ask_cancel)(session, run_id):
            raise ProblemError(409, "ended", "The run has ended", f"It is {run.state} already.")
        note(session, who.name, f"run.{how}", f"runs/{run_id}")
        session.refresh(run)
        return run_out(session, run)
