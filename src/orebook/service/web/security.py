"""Doors: who a request is from, which requests a browser may not send on a stranger's behalf, and what a page may do."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orebook.service.context import Context
from orebook.service.exposure import is_open
from orebook.service.settings import Settings
from orebook.service.store import keys
from orebook.service.web.limits import Limits
from orebook.service.web.permissions import LOCAL, SCOPES, Who
from orebook.service.web.problem_details import ProblemError, problem_response
from orebook.service.web.proxies import came_by_proxy

FOR_ALL = ("/enter", "/leave", "/login", "/login/back")
"""Addresses at which people come in, and go."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
COOKIE, HEADER = "orebook_csrf", "x-csrf-token"
TOKEN = "token"
"""In an address it lets in whoever has it, and goes into a cookie."""
KEY_COOKIE = "orebook_key"
"""Holds the key of who came in by it in a browser; no script can read it."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
REPORT = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
"""A report is a file that a plan's names went into: it runs no script and asks for nothing."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install(app: FastAPI, settings: Settings) -> None:
    """Put the doors before every route."""
    app.add_middleware(Doors, settings=settings)


class Doors:
    """Sets `request.state.who`, and `request.state.csrf` for pages; refuses what comes from elsewhere."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        token = request.cookies.get(COOKIE) or ""
        fresh = not (token.isascii() and len(token) == 64)
        request.state.csrf = secrets.token_hex(32) if fresh else token

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message), request, fresh)
            await send(message)

        limits: Limits = request.app.state.limits
        try:
            address = "" if request.client is None else request.client.host
            who = request.state.who = await self._who(request)
            if who is not None:
                limits.request(who)
            elif "authorization" in request.headers or KEY_COOKIE in request.cookies:
                limits.guessed(address)
            self._refuse_stranger(request, None if fresh else token)
            if TOKEN in request.query_params and request.method == "GET" and who is LOCAL:
                await self._come_in(request)(scope, receive, sent)
                return
        except ProblemError as error:
            await problem_response(request, error)(scope, receive, sent)
            return
        await self.app(scope, receive if who is not None or self._for_all(request) else without_body(receive), sent)

    def _come_in(self, request: Request) -> RedirectResponse:
        """To the same address without the token, which a cookie holds from now on."""
        response = RedirectResponse(str(request.url.remove_query_params(TOKEN)), 303)
        token = request.query_params[TOKEN]
        response.set_cookie(KEY_COOKIE, token, path=self.settings.root_path or "/", httponly=True, samesite="strict")
        return response

    def _for_all(self, request: Request) -> bool:
        """Whether the address is there for whoever comes. At any other nothing of a stranger's body is read."""
        return request.url.path.removeprefix(self.settings.root_path) in FOR_ALL

    async def _who(self, request: Request) -> Who | None:
        """The holder of the key that was sent, who logged in, or who sits here. None for a key that is not known."""
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        bearer = secret.strip() if kind.lower() == "bearer" else None
        shown = bearer or request.cookies.get(KEY_COOKIE) or request.scope.get("session", {}).get("key")
        if not is_open(self.settings):
            return None if shown is None else await self._holder(request, shown)
        if self.settings.token is None:
            if bearer is not None:
                return await self._holder(request, bearer)
            self._refuse_proxy(request)
            return LOCAL
        if is_token(self.settings, shown or request.query_params.get(TOKEN)):
            self._refuse_proxy(request)
            return LOCAL
        return None if bearer is None else await self._holder(request, bearer)

    async def _holder(self, request: Request, secret: str) -> Who | None:
        found = await run_in_threadpool(_holder, request.app.state.context, secret)
        if found is not None and found.key_id is not None:
            request.app.state.last_use.now(found.key_id)
        return found

    def _refuse_proxy(self, request: Request) -> None:
        """Without an account nobody is let in who came by another name than this machine's, or by way of a proxy."""
        host = _host(request)
        if host not in HERE and host != self.settings.host:
            raise ProblemError(
                403, "other-name", "Another name", "Without keys the service answers to 127.0.0.1 alone."
            )
        if came_by_proxy(request):
            says = "Without keys the service answers to this machine alone, and to no proxy; set OREBOOK_AUTH=keys."
            raise ProblemError(403, "proxy", "Behind a proxy", says)

    def _refuse_stranger(self, request: Request, token: str | None) -> None:
        """Raises ProblemError 403 for a change that a page of another origin had a browser send."""
        headers = request.headers
        if request.method in SAFE_METHODS or headers.get("authorization", "").lower().startswith("bearer "):
            return
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site not in (None, "same-origin", "none") or not _same(origin, request):
            raise ProblemError(403, "cross-site", "From another site", "A page of another origin sent this.")
        from_page = site is not None or origin is not None or not {"session", KEY_COOKIE}.isdisjoint(request.cookies)
        if from_page and not (token and secrets.compare_digest(headers.get(HEADER, "").encode(), token.encode())):
            raise ProblemError(
                403, "no-token", "No token", f"A page sends the cookie {COOKIE} as the header {HEADER}, too."
            )

    def _dress(self, headers: MutableHeaders, request: Request, fresh: bool) -> None:
        """Headers of every answer; a page's come with the token of its cookie."""
        if headers.get("Location", "").startswith("/v1/"):  # said by what does not know where the service is mounted
            headers["Location"] = self.settings.root_path + headers["Location"]
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        report = "/files/" in request.url.path
        headers.setdefault("Content-Security-Policy", REPORT if report else PAGE)
        headers.setdefault("Cache-Control", "private, no-cache")
        if fresh and headers.get("content-type", "").startswith("text/html") and not report:
            secure = "; Secure" if request.url.scheme == "https" else ""
            cookie = f"{COOKIE}={request.state.csrf}; Path={self.settings.root_path or '/'}; HttpOnly; SameSite=Strict{secure}"
            headers.append("Set-Cookie", cookie)


def without_body(receive: Receive) -> Receive:
    """An empty body, whatever is sent; then nothing until the sender is gone, for which an answer that is a file waits."""
    begun = False

    async def received() -> Message:
        nonlocal begun
        if not begun:
            begun = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await receive())["type"] != "http.disconnect":
            pass
        return message

    return received


def _holder(context: Context, secret: str) -> Who | None:
    with context.store.database.read() as session:
        key = keys.found(session, secret)
    if key is None:
        return None
    return Who(key.owner or f"key:{key.id}", frozenset(key.scopes) & frozenset(SCOPES), key.id, key.name)


def is_token(settings: Settings, shown: str | None) -> bool:
    """Whether it is what `orebook serve` has printed."""
    token = settings.token
    return (
        token is not None
        and shown is not None
        and secrets.compare_digest(shown.encode(), token.get_secret_value().encode())
    )


def _host(request: Request) -> str:
    """By which name it was asked; none where that is no name."""
    try:
        return request.url.hostname or ""
    except ValueError:
        return ""


def _same(origin: str | None, request: Request) -> bool:
    """Whether an Origin is the service's own."""
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.url.scheme, request.url.netloc)
