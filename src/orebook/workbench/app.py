"""The service with the workbench at `/`."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from orebook.service.app import create_app as create_service
from orebook.service.settings import Settings
from orebook.workbench.routes import (
    audit,
    grids,
    hedges,
    home,
    instances,
    login,
    plan_diffs,
    plans,
    questions,
    runs,
    styles,
    uploads,
    whatifs,
)

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """The application: the API, and the pages that stand on it."""
    app = create_service(settings)
    for module in (
        styles,
        home,
        instances,
        grids,
        hedges,
        runs,
        plans,
        questions,
        plan_diffs,
        whatifs,
        uploads,
        audit,
        login,
    ):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
