"""Each request is counted, timed and logged, with an id that its log lines share."""

from __future__ import annotations

import time
import uuid

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orebook.service.metrics import REQUEST_SECONDS, REQUESTS
from orebook.service.web.methods import counted_as

log = structlog.get_logger()


class Counted:
    """The outermost layer: what happens in a request carries its id; what broke is answered within."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method = scope["method"]  # HEAD becomes GET within
        began, request_id, status = time.perf_counter(), uuid.uuid4().hex[:16], 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
                seconds = time.perf_counter() - began
                route = getattr(scope.get("route"), "path", "none")
                REQUESTS.labels(counted_as(method), route, str(status)).inc()
                REQUEST_SECONDS.labels(route).observe(seconds)
                log.info("request", method=method, path=scope["path"], status=status, ms=round(1000 * seconds, 1))
            await send(message)

        run_id = scope["path"].split("/")[3:4] if scope["path"].startswith("/v1/runs/") else []
        with structlog.contextvars.bound_contextvars(request=request_id, **({"run": run_id[0][:32]} if run_id else {})):
            await self.app(scope, receive, sent)
