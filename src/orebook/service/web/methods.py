"""HEAD is GET without its body, and OPTIONS says what can be done (RFC 9110, 9.3.2 and 9.3.7)."""

from __future__ import annotations

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KNOWN = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
"""All that are counted by name; whoever asks may make up others without end."""


def counted_as(method: str) -> str:
    """How a method is called in counts."""
    return method if method in KNOWN else "other"


class Heads:
    """Answers HEAD: the head of what GET would be answered with, and an end, also of what would go on for an hour."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        with anyio.CancelScope() as over:

            async def sent(message: Message) -> None:
                if message["type"] != "http.response.start":
                    return  # the rest of it, which is nobody's
                await send(message)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                over.cancel()

            scope["method"] = "GET"
            await self.app(scope, receive, sent)
