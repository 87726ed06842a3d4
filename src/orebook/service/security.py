"""Doors: who a request is from, and which requests a browser may not send on a stranger's behalf."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from orebook.service.access import LOCAL
from orebook.service.settings import Settings


def install(app: FastAPI, settings: Settings) -> None:
    """Put the doors before every route."""
    app.add_middleware(Doors, settings=settings)


class Doors:
    """Sets `request.state.who`."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http":
            Request(scope).state.who = LOCAL
        await self.app(scope, receive, send)
