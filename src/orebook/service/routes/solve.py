"""A small solve that is waited for: queued like any other, answered as soon as it has ended."""

from __future__ import annotations

import json
import time
from typing import Annotated, Any

from anyio import sleep
from fastapi import APIRouter, Body
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import Field, JsonValue, model_validator
from sqlalchemy.orm import Session

from orebook.files.instances import inspect_json
from orebook.service.routes.common import refusals
from orebook.service.routes.instances import found_version
from orebook.service.runs.documents import plan_document
from orebook.service.runs.run_request_bodies import InstanceName
from orebook.service.runs.run_requests import ASKED, SolveAsked
from orebook.service.runs.submit import Origin, wanted
from orebook.service.runs.uploads import refuse_large, refuse_odd_text, too_large
from orebook.service.store import instances, runs
from orebook.service.store.tables import ENDED, File, Run, Version
from orebook.service.web.body import EXAMPLE
from orebook.service.web.context import Context, Ctx
from orebook.service.web.idempotency import Asked, KeyHeader, once
from orebook.service.web.permissions import Planner, Who
from orebook.service.web.problem_details import bad_input
from orebook.service.web.responses import SolvedOut
from orebook.service.web.serializers import run_out

router = APIRouter(prefix="/v1", tags=["runs"])
POLL_S = 0.1
SOLVING = 0.6
"""Part of the limit that is for solving; the rest is for the audit and for writing."""
LATE_S = 5.0
"""Beyond the limit, for a run that is asked for its best plan to give it."""


class SolveNow(SolveAsked):
    """A solve of an instance that is stored, or of one that the request brings."""

    instance: InstanceName | None = None
    document: dict[str, JsonValue] | None = Field(None, description="an instance in one document")

    @model_validator(mode="after")
    def _one_instance(self) -> SolveNow:
        if (self.instance is None) == (self.document is None):
            raise ValueError("name an instance, or bring one as document")
        return self


EXAMPLES = {
    "stored": {"value": {"instance": "vault-small", "changes": ["instance.budget_usd=-10%"], "audit": False}},
    "brought along": {"value": {"document": EXAMPLE}},
}


LATER: dict[int | str, dict[str, Any]] = {202: {"model": SolvedOut, "description": "Not ended yet; its run goes on"}}


@router.post("/solve", responses={**LATER, **refusals(404, 413, 429)})
async def solve(
    ctx: Ctx, who: Planner, asked: Annotated[SolveNow, Body(openapi_examples=EXAMPLES)], key: KeyHeader = None
) -> SolvedOut:
    """Solve and wait: the run and, where there is one, the plan. After the limit the best plan so far is taken."""
    run_id = await run_in_threadpool(_submitted, ctx, who, asked, key)
    until = time.monotonic() + ctx.settings.sync_s + LATE_S
    while True:
        answer = await run_in_threadpool(_answer, ctx, run_id)
        late = time.monotonic() > until
        if answer.run.state in ENDED or late:
            status, headers = 200 if answer.run.state in ENDED else 202, {"Location": f"/v1/runs/{run_id}"}
            return JSONResponse(answer.model_dump(mode="json", by_alias=True), status, headers)  # type: ignore[return-value]
        await sleep(POLL_S)


def _submitted(ctx: Context, who: Who, asked: SolveNow, key: str | None) -> str:
    bare: Any = ASKED.validate_python(asked.model_dump(exclude={"instance", "document"}))
    solving = SOLVING * ctx.settings.sync_s
    bare = bare.model_copy(update={"time_limit_s": min(solving, bare.time_limit_s or solving)})
    with ctx.store.database.write() as session:

        def make() -> tuple[int, dict[str, Any]]:
            version = _version(ctx, session, asked, who)
            if version.size["minerals"] > ctx.settings.sync_minerals:
                most = ctx.settings.sync_minerals
                says = f"Of {version.size['minerals']} minerals, with up to {most} a solve is waited for; submit a run."
                raise too_large(says)
            run = wanted(session, ctx, bare, Origin(version))
            run = run.within(ctx.settings.sync_s)
            return 202, {"run": runs.submit(session, run, who.name).id}

        response = once(session, Asked(who, key, b"solve" + asked.model_dump_json().encode()), make)
        run_id = answer_of(response)["run"]
    ctx.queue.call()
    return str(run_id)


def answer_of(response: JSONResponse) -> dict[str, Any]:
    """The content of a response that was made here."""
    found: dict[str, Any] = json.loads(bytes(response.body))
    return found


def _version(ctx: Context, session: Session, asked: SolveNow, who: Who) -> Version:
    """The stored instance, or the one brought along, which is stored under its name and content."""
    if asked.document is None:
        assert asked.instance is not None
        return found_version(session, asked.instance, None)
    refuse_odd_text(asked.document)
    problem, findings = inspect_json(asked.document)
    if problem is None:
        raise bad_input(findings, "The instance has faults")
    refuse_large(problem, ctx.settings)
    instance_id = f"{instances.slug(problem.name)}-{problem.digest[:12]}"
    known = instances.latest(session, instance_id)
    return known or instances.create(session, ctx.store.blobs, problem, findings, who.name, "for a solve", instance_id)


def _answer(ctx: Context, run_id: str) -> SolvedOut:
    with ctx.store.database.read() as session:
        run = session.get_one(Run, run_id)
        file = session.get(File, (run_id, "plan.json"))
        plan = plan_document(ctx.store.blobs, file.sha256) if file else None
        return SolvedOut(run=run_out(session, run), plan=plan)
