"""Logging in by OpenID Connect: to the issuer and back, then a signed cookie says who it is and what they may do."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from authlib.integrations.starlette_client import OAuth, OAuthError
from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.middleware.sessions import SessionMiddleware

from orebook.service.settings import Settings
from orebook.service.store.audit import note
from orebook.service.web.context import Context
from orebook.service.web.permissions import SCOPES
from orebook.service.web.problem_details import ProblemError

HOURS = 10
SECRET_FILE = "session.secret"


def install(app: FastAPI, settings: Settings) -> None:
    """Add the addresses /login, /login/back and /logout, where an issuer is set."""
    if settings.oidc_issuer is None:
        return
    oauth = OAuth()
    secret = settings.oidc_client_secret
    oauth.register(
        "issuer",
        client_id=settings.oidc_client_id,
        client_secret=None if secret is None else secret.get_secret_value(),
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
    )
    app.include_router(_router(oauth, settings))


def sessions(app: FastAPI, settings: Settings) -> None:
    """Keep who logged in in a signed cookie, which no script can read; to be added outside the doors."""
    if settings.oidc_issuer is not None:
        key, https = _secret(settings.home), settings.forwarded
        app.add_middleware(SessionMiddleware, secret_key=key, max_age=HOURS * 3600, same_site="lax", https_only=https)


def _router(oauth: OAuth, settings: Settings) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    async def login(request: Request) -> RedirectResponse:
        """To the issuer."""
        found: RedirectResponse = await oauth.issuer.authorize_redirect(request, str(request.url_for("back")))
        return found

    @router.get("/login/back")
    async def back(request: Request) -> RedirectResponse:
        """From the issuer, with a proof of who it is."""
        try:
            token = await oauth.issuer.authorize_access_token(request)
        except OAuthError as error:
            raise ProblemError(401, "login", "Not logged in", str(error.error)) from None
        claims = token["userinfo"]
        name, scopes = str(claims.get("email") or claims["sub"]), _scopes(claims.get(settings.oidc_scopes_claim))
        request.session.clear()
        request.session["user"] = {"name": name, "scopes": scopes}
        await run_in_threadpool(_noted, request.app.state.context, name, scopes)
        return RedirectResponse(settings.root_path or "/", 303)

    @router.get("/logout")
    async def logout(request: Request) -> RedirectResponse:
        """Forget who it is."""
        request.session.clear()
        return RedirectResponse(settings.root_path or "/", 303)

    return router


def _noted(context: Context, name: str, scopes: list[str]) -> None:
    with context.store.database.write() as session:
        note(session, name, "login", f"users/{name}", scopes=scopes)


def _scopes(claim: object) -> list[str]:
    """The scopes in a claim, a list or a text with blanks between; of who has none, `read`."""
    listed = claim.split() if isinstance(claim, str) else claim if isinstance(claim, list) else []
    return [scope for scope in SCOPES if scope in listed] or ["read"]


def _secret(home: Path) -> str:
    """What cookies are signed with: made once, readable by the service alone. Processes that share `home` share it."""
    path = home / SECRET_FILE
    home.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text()
