"""What routes share: pages of lists, and the errors that their description lists."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from orebook.service.actions.part import Part
from orebook.service.actions.runs import Place
from orebook.service.web.problem_details import MEDIA, ProblemError
from orebook.service.web.responses import Page, T

STILL: dict[int | str, dict[str, Any]] = {304: {"description": "Still what If-None-Match names"}}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an address as OpenAPI lists them; some can come from anywhere."""
    schema: dict[str, Any] = {"content": {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}}
    listed = sorted({400, 401, 403, 405, 408, 413, 422, 429, 503, *statuses})
    return {status: {"description": _MEANS.get(status, "Refused"), **schema} for status in listed}


_MEANS = {
    400: "The request cannot be read",
    401: "No key, or one that is not known",
    403: "The key has not the scope, or a page elsewhere sent the request",
    404: "There is no such thing",
    405: "Nothing of the kind can be done here",
    406: "Not to be had in that form",
    408: "The rest of the request did not come",
    409: "It is no longer, or not yet, as this needs it",
    412: "It has been changed meanwhile",
    413: "Larger than this service takes",
    415: "Neither JSON nor a file",
    422: "Bad input, every fault with its place",
    428: "Say with If-Match which version you change",
    429: "Too many requests or streams of one key, unknown keys of one address, or runs that wait",
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


def place_of(after: str | None) -> Place | None:
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


def runs_page(request: Request, part: Part[T, Place]) -> Page[T]:
    """A part of a list of runs, or of what runs made, with the address of the next one."""
    cursor = None if part.last is None else cursor_of(repr(part.last[0]), part.last[1])
    return Page(items=list(part.items), next=next_page(request, cursor))
