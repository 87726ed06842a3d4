"""When each key was last used: remembered here, and written down now and then, so that reading never waits for a writer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import DBAPIError

from orebook.service.actions.keys import note_use
from orebook.service.context import Context

EVERY_S = 30.0


class LastUse:
    """Of one web process, in its event loop."""

    def __init__(self) -> None:
        self._at = dict[str, float]()

    def now(self, key_id: str) -> None:
        """It is being used."""
        self._at[key_id] = time.time()

    @asynccontextmanager
    async def of(self, ctx: Context) -> AsyncIterator[None]:
        """Write it down while the service is open, and once more at its end."""

        async def write() -> None:
            while True:
                await asyncio.sleep(EVERY_S)
                await self._write(ctx)

        task = asyncio.create_task(write())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._write(ctx)

    async def _write(self, ctx: Context) -> None:
        used, self._at = self._at, {}
        if used:
            with suppress(DBAPIError):  # the next use is written down, if not this one
                await run_in_threadpool(note_use, ctx, used)
