"""One run from the moment a worker took it to its end, whatever its process does."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Event

import structlog
from sqlalchemy.exc import DBAPIError

from orebook.service.settings import Settings
from orebook.service.store import runs
from orebook.service.store.store import Store
from orebook.service.store.tables import Run
from orebook.service.work.process import Process
from orebook.service.work.store_next_week import end_moved
from orebook.service.work.task import NEXT_INSTANCE, Done
from orebook.service.work.task_from_run import task_of

GRACE_S = 4.0
"""From the end of a run's time, when it is asked for the best it has, to when it is killed."""
KILLED = -9

log = structlog.get_logger()


@dataclass
class Supervisor:
    """The worker's thread that has this run."""

    store: Store
    settings: Settings
    run: Run
    closing: Event
    _process: Process = field(default_factory=Process)
    _stop_said: bool = False

    def work(self) -> None:
        """Begin its process, look after it, write the end."""
        say = log.bind(run=self.run.id, kind=self.run.kind, attempt=self.run.attempt)
        say.info("run begins")
        deadline = time.monotonic() + self.run.wall_s
        self._process.begin(task_of(self.store, self.run, self.settings))
        try:
            ended = self._watch(deadline)
        finally:
            self._process.kill()
        if self._process.trace:
            say.error("run broke", trace=self._process.trace)
        if ended is not None and self._write(ended):
            say.info("run ends", state=ended.state, reason=ended.reason)

    def _watch(self, deadline: float) -> Done | None:
        """How it ended; None where the run is another worker's now, or was given back."""
        heard = time.monotonic()
        while self._process.hear(self.settings.beat_s):
            try:
                wishes = self._beat()
                heard = time.monotonic()
            except DBAPIError:
                if time.monotonic() - heard > self.settings.lost_s:
                    return None  # whoever reaches the store may have taken the run by now
                continue
            if wishes is None:
                return None
            if self.closing.is_set():
                self._give_back()
                return None
            stop, cancel = wishes
            late = time.monotonic() - deadline
            if cancel:
                return Done("cancelled", "cancelled")
            if late > GRACE_S:
                return self._process.kept or Done(
                    "failed", f"did not end within its {self.run.wall_s:g} s and was killed"
                )
            if stop or late > 0:
                if self._process.kept is not None:
                    return self._process.kept
                self._say_stop()
        return self._process.done or self._died()

    def _say_stop(self) -> None:
        if not self._stop_said:
            self._process.stop()
            self._stop_said = True

    def _beat(self) -> tuple[bool, bool] | None:
        with self.store.database.write() as session:
            return runs.beat(session, self.run, self._process.progress)

    def _give_back(self) -> None:
        with self.store.database.write() as session:
            runs.give_back(session, self.run, "its worker was shut down; waits for another")

    def _died(self) -> Done | None:
        """Its process is gone without a word: what it kept, another try where it was killed, else a failure."""
        code = self._process.exitcode
        if self._process.kept is not None:
            return self._process.kept
        if code == KILLED:
            with self.store.database.write() as session:
                runs.lose(session, self.run, "the process that did it was killed", self.settings.tries)
            return None
        limit = self.settings.memory_mb
        return Done(
            "failed", f"the process that did it crashed (exit {code}), maybe for want of memory: it may take {limit} MB"
        )

    def _write(self, ended: Done) -> bool:
        """The end with its files. Where it cannot be written, the run is left to be found lost and begun again."""
        try:
            files = {name: (self.store.blobs.put(content), len(content)) for name, content in ended.files.items()}
            end = runs.End(ended.state, ended.reason, ended.result, files, self._process.progress)
            with self.store.database.write() as session:
                if NEXT_INSTANCE in files:
                    return end_moved(session, self.store, self.run, ended, end)
                return runs.end(session, self.run, end)
        except (DBAPIError, OSError) as error:
            log.error("the end of a run could not be written", run=self.run.id, error=str(error))
            return False
