"""One run from the moment a worker took it to its end, whatever its process does and however slow the store is.

What can be waited for is waited for: a store that is locked, full or being started again costs a run nothing. Only another
worker that has the run now, or a word to end, has its process ended before it is done.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from orebook.service.errors import ContentError
from orebook.service.settings import Settings
from orebook.service.store import runs
from orebook.service.store.engine import is_busy
from orebook.service.store.store import Store
from orebook.service.store.tables import Run
from orebook.service.work.process import Process
from orebook.service.work.store_next_week import end_moved
from orebook.service.work.task import NEXT_INSTANCE, Done
from orebook.service.work.task_from_run import task_of

GRACE_S = 4.0
"""From the end of a run's time, when it is asked for the best it has, to when it is killed."""
AGAIN_S = 2.0
"""From a try to reach the store to the next."""
KILLED = -9
BROKE = "an error of orebook's own, please report it"

log = structlog.get_logger()
T = TypeVar("T")


class _LetGoError(Exception):
    """The run is another worker's now, or was given back."""


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
        try:
            ended = self._done()
            if self._process.trace:
                say.error("run broke", trace=self._process.trace)
            with self._beating():
                if self._patiently(lambda: self._write(ended)):
                    say.info("run ends", state=ended.state, reason=ended.reason)
        except _LetGoError:
            say.info("run let go")
        except Exception:  # noqa: BLE001  whatever it is, the run is not left with a worker that does nothing for it
            say.exception("run broke")
            self._lose(BROKE)

    def _done(self) -> Done:
        """How its process ended. Raises _LetGoError."""
        try:
            with self._beating():  # reading the task, and reading the library, may take long
                self._process.begin(self._patiently(lambda: task_of(self.store, self.run, self.settings)))
            return self._watch(time.monotonic() + self.run.wall_s)
        except ContentError as error:
            return Done("failed", f"{error}; `orebook doctor` says more")
        finally:
            self._process.kill()

    def _watch(self, deadline: float) -> Done:
        """How it ended. Raises _LetGoError where the run is another worker's now, or was given back."""
        while self._process.hear(self.settings.beat_s):
            if self.closing.is_set():
                self._give_back()
            late = time.monotonic() - deadline
            try:
                stop, cancel = self._beat()
            except DBAPIError:
                stop = cancel = False  # nobody can ask for anything; it goes on as it was asked
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

    def _beat(self) -> tuple[bool, bool]:
        """(stop asked, cancel asked). Raises _LetGoError and DBAPIError."""
        better, key = self._process.best, None
        if better is not None:
            with suppress(OSError):  # a disk that is full is no reason to fall silent
                key = self.store.blobs.put(json.dumps(better).encode())
        with self.store.database.write() as session:
            wishes = runs.beat(session, self.run, self._process.progress, key)
        if key is not None:
            self._process.best = None  # it is kept
        if wishes is None:
            raise _LetGoError
        return wishes

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Beat in a thread of its own meanwhile; whether the run is this worker's still shows afterwards."""
        over = Event()

        def beat() -> None:
            while not over.wait(self.settings.beat_s):
                with suppress(DBAPIError, _LetGoError):
                    self._beat()

        thread = Thread(target=beat, name="beats", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _patiently(self, call: Callable[[], T]) -> T:
        """What comes of it once the store can be reached. Raises _LetGoError where the worker is to end before that."""
        while True:
            try:
                return call()
            except (DBAPIError, OSError) as error:
                if isinstance(error, DBAPIError) and not is_busy(error):
                    raise
                log.warning("the store is waited for", run=self.run.id, error=str(error))
            if self.closing.wait(AGAIN_S):
                self._give_back()

    def _give_back(self) -> None:
        """Queue it again where that can be said, else it is found later; raises _LetGoError either way."""
        self._process.kill()
        with suppress(DBAPIError):
            if self._process.best is not None:
                self._beat()
            with self.store.database.write() as session:
                runs.give_back(session, self.run, "its worker was shut down; waits for another")
        raise _LetGoError

    def _lose(self, reason: str) -> None:
        with suppress(_LetGoError):
            self._patiently(lambda: self._lost(reason))

    def _lost(self, reason: str) -> bool:
        with self.store.database.write() as session:
            return runs.lose(session, self.run, reason, self.settings.tries)

    def _died(self) -> Done:
        """Its process is gone without a word: what it kept, another try where it was killed, else a failure."""
        code = self._process.exitcode
        if self._process.kept is not None:
            return self._process.kept
        if code == KILLED:
            if self._process.best is not None:
                with suppress(DBAPIError):
                    self._beat()
            self._lose("the process that did it was killed")
            raise _LetGoError
        limit = self.settings.memory_mb
        return Done(
            "failed", f"the process that did it crashed (exit {code}), maybe for want of memory: it may take {limit} MB"
        )

    def _write(self, ended: Done) -> bool:
        """Write the end with its files; False where the run is another worker's now. Raises DBAPIError and OSError."""
        files = {name: (self.store.blobs.put(content), len(content)) for name, content in ended.files.items()}
        end = runs.End(ended.state, ended.reason, ended.result, files, self._process.progress)
        with self.store.database.write() as session:
            return self._end(session, ended, end)

    def _end(self, session: Session, ended: Done, end: runs.End) -> bool:
        if NEXT_INSTANCE in end.files:
            return end_moved(session, self.store, self.run, ended, end)
        return runs.end(session, self.run, end)
