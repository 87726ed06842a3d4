"""Runs as they change, for all who watch: the store is asked once for all of them, and for the keys that they came in with."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import structlog
from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import DBAPIError

from orebook.service.actions.keys import open_keys
from orebook.service.actions.runs import runs_view
from orebook.service.context import Context
from orebook.service.store.tables import ENDED
from orebook.service.views.models import RunOut
from orebook.service.web.limits import Limits
from orebook.service.web.permissions import Who

POLL_S = 0.5
SILENT = 20
"""Looks without a change after which a watcher is told that there was none."""
log = structlog.get_logger()


class Watching:
    """Of one web process, in its event loop."""

    def __init__(self) -> None:
        self._runs, self._keys = Counter[str](), Counter[str]()
        self._latest, self._shut = dict[str, RunOut](), set[str]()
        self._looked = asyncio.Event()

    @asynccontextmanager
    async def of(self, ctx: Context) -> AsyncIterator[None]:
        """Look while the service is open."""
        task = asyncio.create_task(self._look(ctx))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _look(self, ctx: Context) -> None:
        while True:
            await asyncio.sleep(POLL_S)
            if self._runs:
                try:
                    runs, there = await run_in_threadpool(_seen, ctx, list(self._runs), list(self._keys))
                except DBAPIError as error:
                    log.warning("runs cannot be watched", error=str(error))
                    continue
                self._latest = {run.id: run for run in runs}
                self._shut = self._keys.keys() - there
            looked, self._looked = self._looked, asyncio.Event()
            looked.set()

    async def changes(self, run: RunOut, who: Who, limits: Limits) -> AsyncIterator[RunOut | None]:
        """The run, and again when it has changed, to its end; None when nothing did for long. Ends with the key it is for."""
        key = who.key_id or ""
        with limits.stream(who):
            self._runs[run.id] += 1
            self._keys[key] += 1
            try:
                yield run
                silent = 0
                while run.state not in ENDED:
                    await self._looked.wait()
                    if key in self._shut:
                        return
                    now, silent = self._latest.get(run.id, run), silent + 1
                    if now != run:
                        run, silent = now, 0
                        yield run
                    elif silent % SILENT == 0:
                        yield None
            finally:
                _less(self._runs, run.id)
                _less(self._keys, key)


def watching(request: Request) -> Watching:
    """Of this process."""
    found: Watching = request.app.state.watching
    return found


def _less(counter: Counter[str], name: str) -> None:
    counter[name] -= 1
    if counter[name] <= 0:
        del counter[name]


def _seen(ctx: Context, runs: Sequence[str], keys: Sequence[str]) -> tuple[list[RunOut], set[str]]:
    """The runs as they stand, and those of the keys that open something still; who needed none has a blank one."""
    with ctx.store.database.read() as session:
        return runs_view(session, runs), {"", *open_keys(session, keys)}
