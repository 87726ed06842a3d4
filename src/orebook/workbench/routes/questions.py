"""Why: a click on a ticket, a short mineral, a rule or an offer that is not used, answered with facts and their proof."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Query, Request, Response

from orebook.service.routes import runs as api
from orebook.service.routes.common import PlanId
from orebook.service.runs.run_request_bodies import ExplainIn
from orebook.service.runs.submit import plan_run
from orebook.service.web.context import Context, Ctx
from orebook.service.web.permissions import Planner, Reader, Who
from orebook.service.web.problem_details import ProblemError
from orebook.workbench import fact_views
from orebook.workbench.answers import ASKED_KINDS, Answer, Question, answer
from orebook.workbench.pages import router as pages
from orebook.workbench.pages import shown
from orebook.workbench.plan_cache import opened

router = pages()
Kind = Annotated[str, Query(max_length=20)]
About = Annotated[str, Query(max_length=400)]


@router.get("/plans/{plan_id}/answer")
def look(ctx: Ctx, who: Reader, request: Request, plan_id: PlanId, kind: Kind, about: About) -> Response:
    """The answer as far as it is there."""
    return _shown(ctx, request, plan_id, _known(ctx, plan_id, _question(kind, about)))


@router.post("/plans/{plan_id}/answer")
def ask(
    ctx: Ctx,
    who: Planner,
    request: Request,
    plan_id: PlanId,
    kind: Annotated[str, Form(max_length=20)],
    about: Annotated[str, Form(max_length=400)],
) -> Response:
    """The answer where it is known; else a run is asked for it."""
    question = _question(kind, about)
    found = _known(ctx, plan_id, question)
    if not found.there and not found.working:
        found = _asked(ctx, who, plan_id, question)
    return _shown(ctx, request, plan_id, found)


def _asked(ctx: Context, who: Who, plan_id: str, question: Question) -> Answer:
    api.submit(ctx, who, ExplainIn(plan=plan_id, questions=(question,)), None)
    return _known(ctx, plan_id, question)


def _known(ctx: Context, plan_id: str, question: Question) -> Answer:
    with ctx.store.database.read() as session:
        plan_run(session, plan_id)
        return answer(session, ctx, plan_id, question)


def _question(kind: str, about: str) -> Question:
    """A ticket is an offer and a week, with a / between: no name has one."""
    names = about.split("/")
    if kind not in ASKED_KINDS or len(names) != (2 if kind == "ticket" else 1):
        raise ProblemError(422, "no-question", "No such question", "Load the page again.")
    return (kind, *names)


def _shown(ctx: Context, request: Request, plan_id: str, found: Answer) -> Response:
    told = fact_views.shown(opened(ctx, plan_id), found.facts)
    return shown(request, "answer.html.j2", plan_id=plan_id, answer=found, facts=told)
