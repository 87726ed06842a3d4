"""No more of a request's body is read than the service takes, whatever its length was said to be, and none that trickles in."""

from __future__ import annotations

import re
import time
from math import inf

import anyio
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orebook.service.settings import MIB, Settings

SLOWEST = 20_000
"""Bytes for which a body has a second more."""
SMALL_MB = 1.0
"""Of requests that bring no instance and no edit of one."""
LARGE = re.compile(r"(/v1/instances|/v1/solve|/instances|/upload|/enter)\b")


class Limited:
    """Within the layers that answer errors, so that a body too large is refused as everything else is."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.body_mb, self.body_s = app, settings.body_mb, settings.body_s

    def _most(self, scope: Scope) -> tuple[int, str]:
        """Bytes that are taken at this address, and what is said of more."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        megabytes = self.body_mb if LARGE.match(path) else min(SMALL_MB, self.body_mb)
        return int(megabytes * MIB), f"This service takes {megabytes:g} MB in one request here."

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        taken, until = 0, time.monotonic() + self.body_s
        most, says = self._most(scope)
        said = dict(scope.get("headers", ())).get(b"content-length", b"0")

        async def received() -> Message:
            nonlocal taken, until
            if said.isdigit() and int(said[:18]) > most:
                raise HTTPException(413, says)
            left = max(0.0, until + taken / SLOWEST - time.monotonic()) if until < inf else None
            with anyio.move_on_after(left):
                message = await receive()
                taken += len(message.get("body", b""))
                if taken > most:
                    raise HTTPException(413, says)
                if not message.get("more_body"):
                    until = inf  # it is whole; what comes after it, such as that its sender is gone, may take any time
                return message
            raise HTTPException(408, "The rest of the request does not come.")

        await self.app(scope, received if scope["type"] == "http" else receive, send)
