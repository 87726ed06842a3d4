"""Errors as the API says them (RFC 9457), every fault with its table, row and column. What broke inside is never shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orebook.errors import InputError
from orebook.service.errors import (
    BusyError,
    ConflictError,
    ContentError,
    MissingError,
    RefusedError,
    StaleVersionError,
    TooLargeError,
    TooManyRunsError,
    UnusableError,
    bad_input,
    not_as_described,
)
from orebook.service.faults import FaultOut
from orebook.service.store.engine import is_busy
from orebook.service.web.etags import version_tag
from orebook.service.web.responses import ProblemOut

MEDIA = "application/problem+json"
METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
log = structlog.get_logger()


class ProblemError(Exception):
    """A request that is refused: status, a name of the kind, a title, a sentence, and what is wrong where."""

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        detail: str = "",
        *,
        errors: Iterable[FaultOut] = (),
        headers: Mapping[str, str] | None = None,
        differs: Iterable[dict[str, Any]] = (),
    ) -> None:
        super().__init__(detail or title)
        self.headers = dict(headers or {})
        self.problem = ProblemOut(
            type=f"urn:orebook:problem:{kind}",
            title=title,
            status=status,
            detail=detail or title,
            errors=list(errors),
            differs=list(differs),
        )


STATUS: tuple[tuple[type[RefusedError], int], ...] = (
    (MissingError, 404),
    (ConflictError, 409),
    (StaleVersionError, 412),
    (TooLargeError, 413),
    (UnusableError, 422),
    (ContentError, 500),
    (TooManyRunsError, 429),
    (BusyError, 503),
)


def problem_of(error: RefusedError | InputError) -> ProblemError:
    """Why something cannot be done, as HTTP says it: with the status of its kind, and headers that help."""
    if isinstance(error, InputError):
        return problem_of(bad_input(error.findings))
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    headers = {}
    if isinstance(error, StaleVersionError):
        headers = {"ETag": version_tag(error.newest)}
    elif isinstance(error, TooManyRunsError):
        headers = {"Retry-After": "30"}
    elif isinstance(error, BusyError):
        headers = {"Retry-After": "5"}
    return ProblemError(
        status,
        error.kind,
        error.title,
        error.detail,
        errors=error.faults if isinstance(error, UnusableError) else (),
        headers=headers,
        differs=error.differs if isinstance(error, StaleVersionError) else (),
    )


def problem_response(request: Request, error: ProblemError) -> JSONResponse:
    """The refusal as a response."""
    problem = error.problem.model_copy(update={"instance": request.url.path})
    content = problem.model_dump(mode="json", exclude_defaults=True) | {"status": problem.status}
    return ProblemResponse(content, problem.status, error.headers, media_type=MEDIA)


class ProblemResponse(JSONResponse):
    """What is wrong may be quoted in it, also where it is no text that UTF-8 can hold."""

    def render(self, content: Any) -> bytes:
        """As ASCII, everything else escaped."""
        return json.dumps(content, allow_nan=False).encode()


def install(app: FastAPI) -> None:
    """Answer every error in this way."""
    app.add_exception_handler(ProblemError, _problem)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(InputError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(OSError, _storage)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Unbroken)


class Unbroken:
    """Answers what breaks where it breaks: within the layers that count, log and dress an answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; one whose answer has begun breaks off."""
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            answer = await _broken(Request(scope), error)
            await answer(scope, receive, send)


async def _problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProblemError)
    return problem_response(request, error)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RefusedError | InputError)
    if isinstance(error, ContentError):
        log.error("a content cannot be used", path=request.url.path, error=str(error))
    return problem_response(request, problem_of(error))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return problem_response(request, problem_of(not_as_described(error.errors())))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    kind = "-".join(title.lower().split())
    headers = dict(error.headers or {})
    if error.status_code == 405:
        methods = _methods(request)
        headers["Allow"] = ", ".join(sorted({*methods, "OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    return problem_response(request, ProblemError(error.status_code, kind, title, str(error.detail), headers=headers))


def _methods(request: Request) -> set[str]:
    """All that can be done at an address, whichever route does it."""
    described = request.app.openapi()["paths"].get(request.url.path)
    if described is not None:  # under its own name, not as an id of what is listed beside it
        return {method.upper() for method in described}
    routes = request.app.routes
    return {m for m in METHODS if any(r.matches({**request.scope, "method": m})[0] == Match.FULL for r in routes)}


async def _database(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DBAPIError)
    if isinstance(error, IntegrityError):
        says = "Another request did the same at the same moment; nothing was changed by this one. Send it again."
        return problem_response(request, ProblemError(409, "at-once", "Two at once", says))
    if isinstance(error, DataError):
        says = "A text or a number in it cannot be stored, such as a text with a zero character; nothing was changed."
        return problem_response(request, ProblemError(422, "not-storable", "It cannot be stored", says))
    if not is_busy(error):
        return await _broken(request, error)
    log.error("the store is busy", path=request.url.path, error=str(error.orig))
    return problem_response(request, busy())


async def _storage(request: Request, error: Exception) -> JSONResponse:
    log.error("files cannot be kept", path=request.url.path, error=str(error))
    return problem_response(request, busy())


def busy() -> ProblemError:
    """The store takes nothing at the moment; nothing was changed."""
    says = "The store is locked, full or not to be reached; nothing was changed. Try again in a while."
    return ProblemError(503, "store-busy", "The store is busy", says, headers={"Retry-After": "5"})


async def _broken(request: Request, error: Exception) -> JSONResponse:
    log.error("a request broke", path=request.url.path, exc_info=error)
    says = "An error of the service's own; its log says more."
    return problem_response(request, ProblemError(500, "internal", "Internal error", says))
