"""Who looks after runs whose worker is gone, and after jobs that are missing from the queue.

A worker of this machine lives as long as its process does, however slow it or the store is: the system says so. Of one
elsewhere nothing is known but its beats: it counts a run's `beat` up, and whoever has seen the same count for too long, by its
own clock, queues the run again; no two clocks are compared, and no time counts in which the store was not to be reached here.
Only deaths that were seen count as tries. Each web process and each worker looks; the first to change a run wins.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Event, Thread

import structlog
from sqlalchemy.exc import DBAPIError

from orebook.service.settings import Settings
from orebook.service.store import runs
from orebook.service.store.queue import Queue
from orebook.service.store.store import Store
from orebook.service.store.tables import Run

DIED, UNHEARD = "its worker died", "its worker was not heard of any more; begins again"
REAP_EVERY_S = 2.0
log = structlog.get_logger()


@dataclass
class Reaper:
    """What was last seen of each running run: (attempt, beat), and when."""

    store: Store
    queue: Queue
    settings: Settings
    _seen: dict[str, tuple[tuple[int, int], float]] = field(default_factory=dict)
    _looked: float | None = None

    @property
    def every_s(self) -> float:
        """Seconds from one look to the next."""
        return min(REAP_EVERY_S, self.settings.lost_s / 5)

    def start(self, closing: Event) -> Thread:
        """Look again and again in a thread of its own."""
        thread = Thread(target=self._loop, args=(closing,), name="reaper", daemon=True)
        thread.start()
        return thread

    def look(self) -> int:
        """Queue lost runs again and top the queue up; how many runs were lost."""
        dead = self.store.alive.dead()  # before the runs are read: a dead worker takes none after that
        with self.store.database.read() as session:
            running, queued = runs.running(session), runs.waiting(session)
        now = time.monotonic()
        if self._looked is not None and now - self._looked > self.every_s + self.settings.lost_s / 2:
            self._seen.clear()  # this process was paused, or the store was not to be reached: so it may have been for others
        self._seen = {run.id: self._seen[run.id] for run in running if run.id in self._seen}
        lost = sum(self._is_lost(run, now, dead) for run in running)
        for worker in dead:
            self.store.alive.forget(worker)
        self._looked = time.monotonic()
        self.queue.call(max(0, queued + lost - self.queue.calls()))
        return lost

    def _is_lost(self, run: Run, now: float, dead: frozenset[str]) -> bool:
        """Whether it was lost, and has been queued again."""
        worker = (run.worker or "").rpartition(":")[0]
        if worker in dead:
            with self.store.database.write() as session:
                lost = runs.lose(session, run, DIED, self.settings.tries)
        elif self.store.alive.look(worker) == "alive":
            return False
        else:
            lost = self._is_silent(run, now)
        if lost:
            log.warning("run lost", run=run.id, worker=run.worker, attempt=run.attempt)
        return lost

    def _is_silent(self, run: Run, now: float) -> bool:
        state, before = (run.attempt, run.beat), self._seen.get(run.id)
        if before is None or before[0] != state:
            self._seen[run.id] = (state, now)
            return False
        if now - before[1] <= self.settings.lost_s:
            return False
        asked = time.monotonic()
        with self.store.database.write() as session:
            still = runs.silent(session, run)
            if (
                time.monotonic() - asked > self.every_s
            ):  # others waited for the same lock, and its worker may be one of them
                self._seen[run.id] = (state, time.monotonic())
                return False
            return still and runs.give_back(session, run, UNHEARD)

    def _loop(self, closing: Event) -> None:
        while not closing.wait(self.every_s):
            try:
                self.look()
            except (DBAPIError, OSError) as error:
                log.error("the store cannot be looked after", error=str(error))
            except Exception:
                log.exception("the store cannot be looked after")
