"""Draws tried in processes of their own, a line of JSON a draw: what was tried stays tried, whatever ends the run.

A draw that takes too long is killed and counts as one that hangs; a process that dies takes one draw with it, not the run.
"""

from __future__ import annotations

import json
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Found:
    """Something that must not be: its kind in a word or two, and what was seen."""

    kind: str
    says: str


@dataclass(frozen=True)
class Tried:
    """A draw and how it ended. `canaries` are faults of another solver than the one that is proven."""

    draw: int
    ending: str
    seconds: float = 0.0
    found: tuple[Found, ...] = ()
    canaries: tuple[Found, ...] = ()
    counts: dict[str, float] = field(default_factory=dict)

    def line(self) -> str:
        """The draw as a line of JSON."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def of(cls, line: str) -> Tried:
        """The draw of a line."""
        content: dict[str, Any] = json.loads(line)
        for key in ("found", "canaries"):
            content[key] = tuple(Found(**f) for f in content[key])
        return cls(**content)


Trial = Callable[[int, Path], Tried]
"""Tries a draw by its number; the folder is for what is worth keeping of it. A module's function, so that it can be sent."""


class Ledger:
    """The file of a kind's draws, `FOLDER/KIND.jsonl`. A draw is killed after `most_s` seconds."""

    def __init__(self, folder: Path, kind: str, most_s: float = 120.0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._most_s = most_s
        self.path, self.kept = folder / f"{kind}.jsonl", folder / kind

    def read(self) -> dict[int, Tried]:
        """The draws that were tried, the last word on each; a line that was cut short counts for none."""
        tried: dict[int, Tried] = {}
        for line in self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else ():
            with suppress(ValueError):
                entry = Tried.of(line)
                tried[entry.draw] = entry
        return tried

    def run(self, trial: Trial, draws: list[int], jobs: int) -> Iterator[Tried]:
        """Try the draws, `jobs` at a time; each is in the file before it is given back."""
        with self.path.open("a", encoding="utf-8") as file:
            if file.tell() and not self.path.read_bytes().endswith(b"\n"):
                file.write("\n")
            for tried in _tried(trial, draws, jobs, self.kept, self._most_s):
                file.write(tried.line())
                file.flush()
                yield tried


def _tried(trial: Trial, draws: list[int], jobs: int, kept: Path, most_s: float) -> Iterator[Tried]:
    waiting, workers = iter(draws), [_Worker(trial, kept, most_s) for _ in range(min(jobs, len(draws)))]
    busy = [w for w in workers if w.next(waiting)]
    try:
        while busy:
            ready = wait([w.connection for w in busy], timeout=1.0)
            for worker in [*busy]:
                tried = worker.heard() if worker.connection in ready else worker.overdue()
                if tried is None:
                    continue
                yield tried
                if not worker.next(waiting):
                    busy.remove(worker)
    finally:
        for worker in workers:
            worker.end(0.0 if worker in busy else 5.0)


class _Worker:
    """A process that tries one draw after another."""

    def __init__(self, trial: Trial, kept: Path, most_s: float) -> None:
        self._trial, self._kept, self._most_s = trial, kept, most_s
        self._begin()

    def _begin(self) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._trial, self._kept), daemon=True)
        self._process.start()
        theirs.close()
        self._began = time.monotonic()

    def next(self, waiting: Iterator[int]) -> bool:
        """Begin the next draw; False where none is left."""
        self._draw = next(waiting, -1)
        if self._draw >= 0:
            self._began = time.monotonic()
            self.connection.send(self._draw)
        return self._draw >= 0

    def heard(self) -> Tried | None:
        """What came of the draw."""
        try:
            tried: Tried = self.connection.recv()
        except EOFError:
            return self._lost("dies", f"the process ended with {self._process.exitcode}")
        return tried

    def overdue(self) -> Tried | None:
        """The draw given up as one that hangs; None while it may go on."""
        if time.monotonic() - self._began < self._most_s:
            return None
        return self._lost("hangs", f"no end after {self._most_s:.0f} s")

    def _lost(self, kind: str, says: str) -> Tried:
        self.end()
        self._begin()
        return Tried(self._draw, kind, self._most_s, (Found(kind, says),))

    def end(self, seconds: float = 0.0) -> None:
        """End the process: of itself within so many seconds, else it is killed, and nothing of it is missed."""
        with suppress(OSError):
            self.connection.send(None)
        self._process.join(seconds)
        self._process.kill()
        self._process.join()
        self.connection.close()


def _work(connection: Connection, trial: Trial, kept: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError):
        while (draw := connection.recv()) is not None:
            connection.send(_tried_by(trial, draw, kept))


def _tried_by(trial: Trial, draw: int, kept: Path) -> Tried:
    """The draw; where the trial itself breaks, that is what is found."""
    try:
        return trial(draw, kept)
    except Exception:  # noqa: BLE001 a draw that breaks the proof must not end it
        return Tried(draw, "broken trial", 0.0, (Found("broken trial", traceback.format_exc()[-600:]),))


def summary(kind: str, tried: list[Tried]) -> Iterator[str]:
    """What came of all draws: endings, kinds of findings with the first draws of each, canaries, and counts."""
    found = Counter(f.kind for t in tried for f in {f.kind: f for f in t.found}.values())
    wrong = sum(bool(t.found) for t in tried)
    yield f"{kind}: {len(tried)} draws, {wrong} with findings, {sum(t.seconds for t in tried):.0f} s of trying"
    yield "  endings: " + _counted(Counter(t.ending for t in tried))
    counts: Counter[str] = Counter()
    for t in tried:
        counts.update(t.counts)
    if counts:
        yield "  counts: " + ", ".join(f"{name} {n:g}" for name, n in sorted(counts.items()))
    for name, n in found.most_common():
        draws = [t.draw for t in tried if any(f.kind == name for f in t.found)]
        says = next(f.says for t in tried for f in t.found if f.kind == name)
        yield f"  FOUND {name}: {n} draws ({', '.join(map(str, draws[:8]))}{' ..' if n > 8 else ''}); {says}"
    canaries = Counter(f.kind for t in tried for f in t.canaries)
    for name, n in canaries.most_common():
        draws = [t.draw for t in tried if any(f.kind == name for f in t.canaries)]
        yield f"  canary {name}: {n} ({', '.join(map(str, draws[:8]))}{' ..' if len(draws) > 8 else ''})"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {name}" for name, n in counts.most_common())
