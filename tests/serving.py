"""`orebook serve` as the command starts it, on a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import httpx2

from tests.cli.commands import OREBOOK
from tests.patience import PATIENCE_S


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _auth() -> str:
    """No token is asked for by services that tests begin, unless they want it."""
    return os.environ.get("OREBOOK_AUTH", "none")


@contextmanager
def served(home: Path, *options: str, log: IO[bytes] | int = subprocess.DEVNULL, **settings: str) -> Iterator[str]:
    """The address of a service with its files in `home` and settings as OREBOOK_...; ended with the block."""
    port = free_port()
    command = [str(OREBOOK), "serve", "--home", str(home), "--port", str(port), *options]
    told = {f"OREBOOK_{name.upper()}": value for name, value in {"auth": _auth(), **settings}.items()}
    with subprocess.Popen(command, env=os.environ | told, stderr=log) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            until_ready(url, process)
            yield url
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def until_ready(url: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """Waits until the service at an address takes requests; not for a process that has ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and (process is None or process.poll() is None):
        with suppress(httpx2.TransportError):
            if httpx2.get(f"{url}/readyz").status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the service does not begin")
