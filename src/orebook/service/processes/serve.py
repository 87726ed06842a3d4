"""`orebook serve`: the web process, and beside it a process of workers that is begun again should it die."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI

from orebook.collector import set_aside
from orebook.service.exposure import refused_to_open
from orebook.service.logs import log_json
from orebook.service.processes.ending import end_within
from orebook.service.processes.protocol import prompt_protocol
from orebook.service.settings import Settings
from orebook.service.store import keys
from orebook.service.store.store import Store
from orebook.service.store.token import with_token

AGAIN_S = 1.0
CLOSE_S = 5
"""Seconds that open requests, such as streams of events, have to end when the service is told to."""

END_S = 9.0
"""Seconds after which the process ends, whatever goes on in it."""

KEEP_S = 75
"""Seconds that a quiet connection is kept: longer than proxies keep theirs, which would else send into one that just closes."""

log = structlog.get_logger()


def serve(settings: Settings, create: Callable[[Settings], FastAPI]) -> None:
    """Serve what `create` makes until told to end.

    Raises OSError where the address is taken, or is one that must not be served without keys.
    """
    log_json()
    refused = _refused(settings)
    if refused is not None:
        raise OSError(refused)
    listening = listening_at(settings.host, settings.port)
    port = listening.getsockname()[1]
    settings = with_token(settings)
    app = create(settings)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.forwarded,
        http=prompt_protocol(settings.head_s),
        limit_concurrency=settings.connections,
        timeout_keep_alive=KEEP_S,
        timeout_graceful_shutdown=CLOSE_S,
    )
    closing = Event()
    server = _Server(config, closing)
    keeper = Thread(target=_keep_workers, args=(settings, closing), name="workers", daemon=True)
    _end_when_told(server)
    if settings.workers:
        keeper.start()
    token = "" if settings.token is None else f"/?token={settings.token.get_secret_value()}"
    log.info("orebook serves", url=f"http://{settings.host}:{port}{settings.root_path}{token}")
    set_aside()
    try:
        server.run(sockets=[listening])
    finally:
        closing.set()
        if settings.workers:
            keeper.join()


def listening_at(host: str, port: int) -> socket.socket:
    """A socket to serve at; what it accepts sends at once.

    asyncio asks that only of sockets that name TCP as their protocol, which those of `create_server` do not; without it the
    body of an answer waits some 40 ms for the client to confirm the head.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=2048)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


class _Server(uvicorn.Server):
    """Told to end, it has its workers end at once too, and is gone in time whatever its threads do."""

    def __init__(self, config: uvicorn.Config, closing: Event) -> None:
        super().__init__(config)
        self._closing, self._told = closing, False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal: to uvicorn, or, before and after that listens to them, to this process."""
        super().handle_exit(sig, frame)
        if not self._told:
            self._told = True
            self._closing.set()
            end_within(END_S)


def _end_when_told(server: _Server) -> None:
    """Remember a signal that comes before uvicorn listens to them, and let pass those it raises again at its end."""

    def end(number: int, frame: FrameType | None) -> None:
        server.handle_exit(number, frame)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


def _refused(settings: Settings) -> str | None:
    store = Store.of(settings)
    with store.database.read() as session:
        return refused_to_open(settings, keys.any_there(session))


def _keep_workers(settings: Settings, closing: Event) -> None:
    command = [sys.executable, "-m", "orebook.service.processes.worker", str(os.getpid())]
    while not closing.is_set():
        process = subprocess.Popen(command, env=os.environ | _environment(settings))
        while process.poll() is None and not closing.wait(0.2):
            pass
        if process.returncode is None:
            _end(process)
        elif not closing.is_set():
            log.error("the workers ended; they are begun again", status=process.returncode)
            closing.wait(AGAIN_S)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(END_S)
    process.kill()


def _environment(settings: Settings) -> dict[str, str]:
    """The settings that options of the command may have set, as the environment says them."""
    values = {"HOME": str(settings.home.resolve()), "STORE": settings.store, "WORKERS": str(settings.workers)}
    return {f"OREBOOK_{name}": value for name, value in values.items() if value is not None}
