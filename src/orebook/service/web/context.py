"""What the routes of a web process share: settings, store, queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from orebook.service.processes.queue import Queue
from orebook.service.settings import Settings
from orebook.service.store.store import Store


@dataclass(frozen=True)
class Context:
    """Opened once when the process begins."""

    settings: Settings
    store: Store
    queue: Queue

    @classmethod
    def of(cls, settings: Settings) -> Context:
        """The context of these settings."""
        return cls(settings, Store.of(settings), Queue(settings))

    def close(self) -> None:
        """Let every connection go."""
        self.queue.close()
        self.store.database.engine.dispose()


def _context(request: Request) -> Context:
    found: Context = request.app.state.context
    return found


Ctx = Annotated[Context, Depends(_context)]
