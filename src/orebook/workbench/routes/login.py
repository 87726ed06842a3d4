"""In by a key of the API, which the browser then holds out of any script's reach, and out again."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from orebook.service.store import keys
from orebook.service.web.context import Ctx
from orebook.service.web.problem_details import ProblemError
from orebook.service.web.security import KEY_COOKIE, is_token
from orebook.workbench.pages import redirected
from orebook.workbench.pages import router as pages

router = pages()
HOURS = 10


@router.post("/enter")
def enter(ctx: Ctx, request: Request, key: Annotated[str, Form(max_length=200)]) -> Response:
    """Hold the key, if it is one."""
    limits, address = request.app.state.limits, "" if request.client is None else request.client.host
    with ctx.store.database.read() as session:
        if keys.found(session, key.strip()) is None and not is_token(ctx.settings, key.strip()):
            limits.guessed(address)
            raise ProblemError(401, "who", "The key is not known", "It is mistyped, or was taken back.")
    response = redirected(request, "/")
    response.set_cookie(
        KEY_COOKIE,
        key.strip(),
        max_age=HOURS * 3600,
        path=request.scope.get("root_path") or "/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return response


@router.post("/leave")
def leave(ctx: Ctx, request: Request) -> Response:
    """Forget the key; that of a log-in opens nothing any more, wherever its cookie went."""
    secret = request.scope.get("session", {}).pop("key", None)
    if secret is not None:
        with ctx.store.database.write() as session:
            key = keys.found(session, secret)
            if key is not None:
                keys.revoke(session, key.id, request.state.who.name)
    response = redirected(request, "/")
    response.delete_cookie(KEY_COOKIE, path=request.scope.get("root_path") or "/")
    return response
