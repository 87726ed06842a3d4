"""The queue between web and workers: huey, in a file beside the SQLite store or in the PostgreSQL one.

A job in it says that there is work, and not which: the runs table alone knows what is queued, and a worker takes from it
what has waited longest. So a job that is lost with its worker, or stands twice, does no harm; whoever looks after lost runs
also sees to it that there are as many jobs as queued runs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog
from huey import Huey, PostgresHuey, SqliteHuey

from orebook.service.settings import Settings

NAME, TRIES = "orebook", 4
log = structlog.get_logger()


class Queue:
    """Where jobs stand."""

    def __init__(self, settings: Settings, work: Callable[[], None] = lambda: None) -> None:
        self.huey = _opened(settings)
        self._closing = threading.Lock()

        @self.huey.task()  # type: ignore[untyped-decorator]
        def take() -> None:
            work()

        self._job = take

    def call(self, count: int = 1) -> None:
        """Say that there is work for so many workers. Where it cannot be said now, whoever looks after the queue does later."""
        try:
            for _ in range(count):
                self._job()
        except Exception as error:  # noqa: BLE001  a database's own kind; the runs are in the store, and none is lost
            log.warning("the queue cannot be told of work", error=str(error))
        finally:
            self.close()  # an idle connection would hold a file or a place in the database

    def close(self) -> None:
        """Let the connection go, which all threads have in common; huey looks before it locks, so two must not at once."""
        with self._closing:
            self.huey.storage.close()

    def calls(self) -> int:
        """Jobs that no worker has taken yet."""
        try:
            return int(self.huey.pending_count())
        finally:
            self.close()


def _opened(settings: Settings) -> Huey:
    """Its tables are made where they are missing; of several processes that do so at once, one may have to try again."""
    for _ in range(TRIES - 1):
        try:
            return _huey(settings)
        except Exception:  # noqa: BLE001  a database's own kind; the last try raises it
            time.sleep(0.5)
    return _huey(settings)


def _huey(settings: Settings) -> Huey:
    if settings.store is None:
        path = settings.home / "queue.db"
        return SqliteHuey(NAME, filename=str(path), results=False, timeout=5)
    return PostgresHuey(NAME, dsn=settings.store.replace("postgresql+psycopg://", "postgresql://"), results=False)
