"""No more of a request's body is read than the service takes, whatever its length was said to be."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orebook.service.settings import MIB


class Limited:
    """Within the layers that answer errors, so that a body too large is refused as everything else is."""

    def __init__(self, app: ASGIApp, body_mb: float) -> None:
        self.app, self.most, self.says = app, int(body_mb * MIB), f"This service takes {body_mb:g} MB in one request."

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        taken = 0
        said = dict(scope.get("headers", ())).get(b"content-length", b"0")

        async def received() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most or (said.isdigit() and int(said[:18]) > self.most):
                raise HTTPException(413, self.says)
            return message

        await self.app(scope, received if scope["type"] == "http" else receive, send)
