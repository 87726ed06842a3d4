"""For who runs the service: whether it lives, whether it is ready, and counts for Prometheus."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy import text

from orebook.service.faults import Out
from orebook.service.metrics import CONTENT_TYPE, exposed
from orebook.service.routes.common import refusals
from orebook.service.web.context import Ctx
from orebook.service.web.permissions import Reader

router = APIRouter(tags=["health"])


class Health(Out):
    """Whether it is well, and what is not."""

    status: Literal["ok", "not ready"]
    detail: str = ""


@router.get("/healthz")
def healthz() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get(
    "/readyz", response_model=Health, responses={503: {"model": Health, "description": "The store cannot be used"}}
)
def readyz(ctx: Ctx) -> Health | JSONResponse:
    """The store can be read, and its folder takes something new."""
    try:
        with ctx.store.database.read() as session:
            session.execute(text("SELECT 1 FROM instances"))
        ctx.store.blobs.probe()
    except Exception:  # noqa: BLE001  whatever it is, it is not ready; the log has the reason from who needs the store
        return JSONResponse({"status": "not ready", "detail": "the store cannot be used"}, 503)
    return Health(status="ok")


@router.get("/metrics", response_class=PlainTextResponse, responses=refusals())
def metrics(ctx: Ctx, who: Reader) -> PlainTextResponse:
    """Requests by route and status with their seconds, and runs by state, in Prometheus' text."""
    return PlainTextResponse(exposed(ctx.store), media_type=CONTENT_TYPE)
