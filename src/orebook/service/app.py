"""The web process: the routes of the API, who may ask, errors as problems; nothing is solved here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from orebook import __version__
from orebook.service.context import Context
from orebook.service.processes.reaper import Reaper
from orebook.service.routes import (
    audit,
    documents,
    events,
    health,
    instances,
    keys,
    lists,
    models,
    plans,
    runs,
    solve,
    versions,
)
from orebook.service.runs.aside import warm_up
from orebook.service.runs.seed_instances import first_instances, forget
from orebook.service.settings import Settings
from orebook.service.store.token import with_token
from orebook.service.web import oidc, openapi, problem_details, security
from orebook.service.web.body_limit import Limited
from orebook.service.web.last_use import LastUse
from orebook.service.web.limits import Limits
from orebook.service.web.methods import Heads
from orebook.service.web.request_log import Counted
from orebook.service.web.watching import Watching

ABOUT = "Buy plans for a reserve of critical minerals: instances in, runs queued, plans with their proof out."


def __getattr__(name: str) -> FastAPI:
    """`app`, for a server that is told `orebook.service.app:app`: settings from the environment, runs for `orebook worker`."""
    if name == "app":
        return create_app(with_token(Settings()))
    raise AttributeError(name)


def create_app(settings: Settings) -> FastAPI:
    """The application; its store is opened, and filled where it is new, when it begins."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        closing = Event()
        warm_up()
        context = Context.of(settings)
        app.state.context = context
        first_instances(context.store)
        forget(context.store)
        reaper = Reaper(context.store, context.queue, settings).start(closing)
        async with app.state.watching.of(context), app.state.last_use.of(context):
            yield
        closing.set()
        await run_in_threadpool(reaper.join, 5)
        context.close()

    app = FastAPI(
        title="orebook",
        version=__version__,
        description=ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    # Proxies pass the whole path on: a server's own root path would stand before it a second time.
    app.root_path = settings.root_path
    app.state.limits, app.state.watching = Limits(settings), Watching()
    app.state.last_use = LastUse()
    problem_details.install(app)
    app.add_middleware(Limited, settings=settings)
    security.install(app, settings)
    oidc.sessions(app, settings)
    app.add_middleware(Heads)
    app.add_middleware(Counted)
    for module in (lists, instances, documents, versions, models, runs, events, solve, plans, audit, keys, health):
        app.include_router(module.router)
    oidc.install(app, settings)
    openapi.install(app)
    return app
