"""What routes share: pages of lists, and the errors that their description lists."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Header, Path, Query, Request
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from orebook.service.store import runs
from orebook.service.store.tables import Run
from orebook.service.web.context import Context
from orebook.service.web.problem_details import MEDIA, ProblemError
from orebook.service.web.responses import Page, T

Limit = Annotated[int, Query(ge=1, le=200, description="most items of one page")]
After = Annotated[
    str | None, Query(max_length=200, description="where the page begins: `next` of the one before has it")
]
InstanceId = Annotated[
    str, Path(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$", examples=["vault-small"])
]
RunId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
PlanId = RunId
FileName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_-]{0,60}\.[a-z0-9]{2,5}$", examples=["tickets.csv"])]
Known = Annotated[
    str | None, Header(alias="If-None-Match", max_length=2_000, description="ETags of what is there already")
]
STILL: dict[int | str, dict[str, Any]] = {304: {"description": "Still what If-None-Match names"}}
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an address as OpenAPI lists them; some can come from anywhere."""
    schema: dict[str, Any] = {"content": {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}}
    listed = sorted({400, 401, 403, 405, 422, 503, *statuses})
    return {status: {"description": _MEANS.get(status, "Refused"), **schema} for status in listed}


_MEANS = {
    400: "The request cannot be read",
    401: "No key, or one that is not known",
    403: "The key has not the scope, or a page elsewhere sent the request",
    404: "There is no such thing",
    405: "Nothing of the kind can be done here",
    406: "Not to be had in that form",
    409: "It is no longer, or not yet, as this needs it",
    412: "It has been changed meanwhile",
    413: "Larger than this service takes",
    415: "Neither JSON nor a file",
    422: "Bad input, every fault with its place",
    428: "Say with If-Match which version you change",
    429: "Too many runs wait",
    503: "The store is locked, full or not to be reached",
    504: "The solve was not done in time; its run goes on",
}


def cursor_of(*parts: object) -> str:
    """A place in a list, as an opaque text."""
    return base64.urlsafe_b64encode("\n".join(map(str, parts)).encode()).decode().rstrip("=")


def parts_of(cursor: str, count: int) -> list[str]:
    """The parts of such a place. Raises ProblemError 422 for a text that is none."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        text = ""
    parts = text.split("\n")
    if len(parts) != count or "\0" in text:
        raise _no_page()
    return parts


def _no_page() -> ProblemError:
    return ProblemError(422, "bad-cursor", "No such page", "`after` is not what `next` of a page has")


def place_of(after: str | None) -> tuple[float, str] | None:
    """The moment and id of a run in such a place; None for the begin. Raises ProblemError 422."""
    if after is None:
        return None
    at, run_id = parts_of(after, 2)
    try:
        return float(at), run_id
    except ValueError:
        raise _no_page() from None


def next_page(request: Request, cursor: str | None) -> str | None:
    """The address of the page after this one, with the same conditions."""
    if cursor is None:
        return None
    query: Mapping[str, str] = {**request.query_params, "after": cursor}
    root, path = request.scope.get("root_path", ""), request.url.path
    return f"{'' if path.startswith(root + '/') else root}{path}?{urlencode(query)}"


def runs_page(
    ctx: Context,
    request: Request,
    where: Sequence[ColumnElement[bool]],
    after: str | None,
    limit: int,
    shown: Callable[[Session, Sequence[Run]], list[T]],
) -> Page[T]:
    """Runs that meet every condition, the newest first, as they are shown; one page of them."""
    with ctx.store.database.read() as session:
        rows = runs.listed(session, where, place_of(after), limit + 1)
        items = shown(session, rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(items=items, next=next_page(request, None if last is None else cursor_of(repr(last.at), last.id)))
