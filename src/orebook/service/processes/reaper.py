"""Who looks after runs whose worker is gone, and after jobs that are missing from the queue.

A worker shows that it lives by counting a run's `beat` up. Whoever has seen the same count for too long, by its own clock,
queues the run again: no two clocks are compared. Each web process and each worker does so; the first to change a run wins.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Event, Thread

import structlog
from sqlalchemy.exc import DBAPIError

from orebook.service.processes.queue import Queue
from orebook.service.settings import Settings
from orebook.service.store import runs
from orebook.service.store.store import Store

LOST = "its worker was lost"
REAP_EVERY_S = 2.0
log = structlog.get_logger()


@dataclass
class Reaper:
    """What was last seen of each running run: (attempt, beat), and when."""

    store: Store
    queue: Queue
    settings: Settings
    _seen: dict[str, tuple[tuple[int, int], float]] = field(default_factory=dict)

    def start(self, closing: Event) -> Thread:
        """Look again and again in a thread of its own."""
        thread = Thread(target=self._loop, args=(closing,), name="reaper", daemon=True)
        thread.start()
        return thread

    def look(self) -> int:
        """Queue lost runs again and top the queue up; how many runs were lost."""
        lost, now = 0, time.monotonic()
        with self.store.database.read() as session:
            running, queued = runs.running(session), runs.waiting(session)
        self._seen = {run.id: self._seen.get(run.id, ((0, 0), now)) for run in running}
        for run in running:
            state = (run.attempt, run.beat)
            if self._seen[run.id][0] != state:
                self._seen[run.id] = (state, now)
            elif now - self._seen[run.id][1] > self.settings.lost_s:
                with self.store.database.write() as session:
                    lost += runs.lose(session, run, LOST, self.settings.tries)
                log.warning("run lost", run=run.id, worker=run.worker, attempt=run.attempt)
        self.queue.call(max(0, queued + lost - self.queue.calls()))
        return lost

    def _loop(self, closing: Event) -> None:
        while not closing.wait(min(REAP_EVERY_S, self.settings.lost_s / 5)):
            try:
                self.look()
            except (DBAPIError, OSError) as error:
                log.error("the store cannot be looked after", error=str(error))
            except Exception:
                log.exception("the store cannot be looked after")
