"""A worker: takes runs from the store, as many at once as it was told, and sees each to its end."""

from __future__ import annotations

import os
import signal
import socket
import sys
import uuid
from threading import Event, current_thread

import structlog
from huey.consumer import Consumer

from orebook.service.logs import log_json
from orebook.service.processes.ending import end_within
from orebook.service.processes.reaper import Reaper
from orebook.service.settings import Settings
from orebook.service.store import runs
from orebook.service.store.queue import Queue
from orebook.service.store.store import Store
from orebook.service.work.process import warm_up
from orebook.service.work.supervise import Supervisor

NICE = 5
"""Workers give way to the web process on the same machine, and solves to both."""
CLOSE_S = 8.0
"""Seconds in which runs are given back; what is still waited for then is let be, and found later."""
POLL_S = 0.5
"""How often an idle worker looks into a SQLite queue; PostgreSQL wakes it."""

log = structlog.get_logger(__spec__.name)  # also where it is the main module


class _Consumer(Consumer):  # type: ignore[misc]  # huey is untyped
    def _set_signal_handlers(self) -> None:
        """Leave the signals to the worker: one that came while huey's own stood would be lost."""


class Worker:
    """The threads of one process that each see a run at a time through."""

    def __init__(self, settings: Settings) -> None:
        warm_up()
        self.settings, self.closing = settings, Event()
        self.store = Store.of(settings)
        self.queue = Queue(settings, self.take)
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:6]}"
        self._hold = self.store.alive.hold(self.name)

    def take(self) -> None:
        """Take the run that has waited longest, if there is one, and see it through."""
        if self.closing.is_set():
            return
        with self.store.database.write() as session:
            run = runs.take(session, f"{self.name}:{current_thread().name}")
        if run is not None:
            Supervisor(self.store, self.settings, run, self.closing).work()

    def run(self, parent: int | None = None) -> None:
        """Work until told to end, or until the process `parent`, where one is named, is gone; then give runs back."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _n, _f: self.closing.set())
        reaper = Reaper(self.store, self.queue, self.settings).start(self.closing)
        consumer = _Consumer(
            self.queue.huey, workers=self.settings.workers, periodic=False, initial_delay=POLL_S / 5, max_delay=POLL_S
        )
        consumer.start()
        log.info("worker begins", worker=self.name, at_once=self.settings.workers)
        while not self.closing.wait(0.5):
            consumer.check_worker_health()
            if parent is not None and os.getppid() != parent:
                self.closing.set()
        self._hold.release()  # from here on it is no death, whatever comes
        end_within(CLOSE_S)
        consumer.stop(graceful=True)
        reaper.join(1)
        log.info("worker ends", worker=self.name)


def main(settings: Settings, parent: int | None = None) -> None:
    """Be a worker until told to end, or until the process `parent` is gone."""
    log_json()
    os.nice(NICE)
    Worker(settings).run(parent)


if __name__ == "__main__":
    main(Settings(), int(sys.argv[1]))
