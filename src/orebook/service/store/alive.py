"""Which workers live: each holds a lock on a file of its own, which the system lets go the moment its process is gone.

It says nothing of how busy anything is: a worker that is slow, paused, or cannot reach the store still holds its lock, and one
that was killed does not. The lock is looked at on the machine that holds it, by who shares its kernel; of a worker elsewhere
nothing is known here, and beats have to say that it lives.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

Life = Literal["alive", "dead", "unknown"]
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def this_kernel() -> str:
    """What no other machine has, nor this one after it was started again; blank where that cannot be told."""
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return ""


@dataclass(frozen=True)
class Alive:
    """The folder of such files."""

    folder: Path

    def hold(self, worker: str) -> Hold:
        """Show that the worker lives, until its process ends or `Hold.release` is called. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(worker)
        file = path.open("w")
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(this_kernel())
        file.flush()
        return Hold(path, file)

    def look(self, worker: str) -> Life:
        """Whether the worker lives; its file stays, so that all of its runs are found."""
        try:
            with self._path(worker).open("r+") as file:
                kernel = this_kernel()
                if not kernel or file.read() != kernel:
                    return "unknown"
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return "alive"
                return "dead"
        except OSError:
            return "unknown"  # it ended well, and took its file along; or the folder is another machine's

    def dead(self) -> frozenset[str]:
        """The workers of this machine that died; none of them takes a run any more."""
        return frozenset(path.name for path in self.folder.glob("*") if self.look(path.name) == "dead")

    def forget(self, worker: str) -> None:
        """Take the file of a dead one away, once no run is its any more."""
        self._path(worker).unlink(missing_ok=True)

    def _path(self, worker: str) -> Path:
        return self.folder / os.path.basename(worker)


@dataclass(frozen=True)
class Hold:
    """The lock of a living worker."""

    path: Path
    file: IO[str]

    def release(self) -> None:
        """It ends as it should: there is nothing to be found dead."""
        self.path.unlink(missing_ok=True)
        self.file.close()
