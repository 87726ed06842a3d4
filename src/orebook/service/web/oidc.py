"""Logging in by OpenID Connect: to the issuer and back, then a signed cookie holds a key that opens for some hours.

Only those come in of whom the issuer says what they may do.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from typing import Any

from authlib.integrations.starlette_client import OAuth, OAuthError
from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.middleware.sessions import SessionMiddleware

from orebook.service.context import Context
from orebook.service.settings import Settings
from orebook.service.store import keys
from orebook.service.store.audit import note
from orebook.service.store.secret_file import secret_in
from orebook.service.web.permissions import SCOPES
from orebook.service.web.problem_details import ProblemError

HOURS = 10
SECRET_FILE = "session.secret"


def install(app: FastAPI, settings: Settings) -> None:
    """Add the addresses /login and /login/back, where an issuer is set; out goes, who has a key."""
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
        key, https = secret_in(settings.home / SECRET_FILE), settings.forwarded
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
        scopes = _scopes(claims.get(settings.oidc_scopes_claim))
        if not scopes or not _has(claims, settings.oidc_require):
            says = "The issuer knows you, and says of nothing here that you may do it; ask who runs the service."
            raise ProblemError(403, "not-invited", "Not for you", says)
        request.session.clear()
        request.session["key"] = await run_in_threadpool(_logged_in, request.app.state.context, claims, scopes)
        return RedirectResponse(settings.root_path or "/", 303)

    return router


def _logged_in(context: Context, claims: Mapping[str, Any], scopes: list[str]) -> str:
    """The secret of a key for the time of a log-in: revoked and listed as any other, and its holder is who the issuer says."""
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    owner = "oidc:" + hashlib.sha256(f"{issuer}#{subject}".encode()).hexdigest()[:16]
    # A mail that the issuer has not verified is anybody's. It is a label in any case, and opens nothing.
    label = str(claims["email"])[:80] if claims.get("email") and claims.get("email_verified") is True else subject[:80]
    now = time.time()
    with context.store.database.write() as session:
        keys.drop_ended(session, now)
        key, secret = keys.make(session, label, scopes, owner, expires_at=now + HOURS * 3600, owner=owner)
        who = f"{owner} ({label})"
        note(session, who, "login", f"keys/{key.id}", issuer=issuer, sub=subject, scopes=scopes)
    return secret


def _scopes(claim: object) -> list[str]:
    """The scopes in a claim, a list or a text with blanks between."""
    return [scope for scope in SCOPES if scope in _listed(claim)]


def _has(claims: Mapping[str, Any], required: str | None) -> bool:
    """Whether a claim has the value that is asked for: is it, or has it in its list."""
    if required is None:
        return True
    name, _, value = required.partition("=")
    return value in _listed(claims.get(name))


def _listed(claim: object) -> list[object]:
    return list(claim.split()) if isinstance(claim, str) else claim if isinstance(claim, list) else []
