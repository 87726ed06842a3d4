"""Templates filled as answers, and errors as pages: a person reads them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from jinja2 import Environment
from pydantic import ValidationError

from orebook import formats as f
from orebook.errors import InputError
from orebook.report.rendering import environment
from orebook.schema.stages import STAGES
from orebook.service.errors import RefusedError
from orebook.service.times import moment
from orebook.service.web.problem_details import ProblemError, problem_of
from orebook.workbench import labels

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script and no style but the service's own files: nothing that stands in a page is run."""


def rendered(request: Request, template: str, status: int = 200, **content: Any) -> HTMLResponse:
    """A template as an answer."""
    return HTMLResponse(template_text(request, template, **content), status, {"Content-Security-Policy": POLICY})


def template_text(request: Request, template: str, **content: Any) -> str:
    """A template's text; it knows where the service is mounted, the token that its requests carry, and who asks."""
    common = {
        "root": request.scope.get("root_path", ""),
        "csrf": request.state.csrf,
        "who": request.state.who,
        "path": request.url.path,
    }
    return _environment().get_template(template).render(common | content)


def redirected(request: Request, to: str) -> Response:
    """Have htmx go to another page of the service."""
    return Response(status_code=204, headers={"HX-Redirect": request.scope.get("root_path", "") + to})


class PageRoute(APIRoute):
    """A route whose refusals are pages, or parts of one where htmx asks."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with refusals turned into pages."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except ProblemError as error:
                return _refused(request, error)
            except (RefusedError, InputError) as error:
                return _refused(request, problem_of(error))
            except (RequestValidationError, ValidationError) as error:
                return _refused(request, _no_such(error))

        return handled


def router() -> APIRouter:
    """A router of pages, which the API's description leaves out."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def _no_such(error: RequestValidationError | ValidationError) -> ProblemError:
    """What a form or an address has that cannot be."""
    found = error.errors()
    if all(one["loc"][:1] == ("path",) for one in found):
        return ProblemError(404, "not-found", "Not found", "There is no such page.")
    says = "; ".join(f"{one['loc'][-1] if one['loc'] else 'it'}: {one['msg']}" for one in found[:5])
    return ProblemError(422, "bad-form", "That cannot be", says)


def _refused(request: Request, error: ProblemError) -> Response:
    part = "hx-request" in request.headers
    oidc = request.app.state.context.settings.oidc_issuer is not None
    template = "refused_part.html.j2" if part else "refused.html.j2"
    # A part that is refused is an answer, too: the page shows it where it asked.
    return rendered(request, template, 200 if part else error.problem.status, problem=error.problem, oidc=oidc)


@cache
def _environment() -> Environment:
    found = environment("orebook.workbench", "orebook.report")
    found.globals.update(f=f, units={name: kind.unit for name, kind in STAGES.items()})
    found.filters.update(moment=moment, ago=labels.ago, stage=labels.STAGE_LABELS.get, kind=labels.RUN_KINDS.get)
    return found
