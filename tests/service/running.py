"""A service to test against: the web process in this one, workers in a process of their own, a store that goes with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from orebook.service.app import create_app
from orebook.service.settings import Settings
from orebook.service.store import keys
from tests.builders import Rows, make_document
from tests.patience import PATIENCE_S

QUICK: dict[str, Any] = {"beat_s": 0.1, "lost_s": PATIENCE_S}
"""No worker that is only slow is taken for lost."""

Json = dict[str, Any]


@contextmanager
def serving(home: Path, **settings: Any) -> Iterator[TestClient]:
    """The web process alone; runs wait."""
    with TestClient(create_app(Settings(home=home, **{**QUICK, **settings})), base_url="http://127.0.0.1") as client:
        yield client


@contextmanager
def working(home: Path, **settings: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process of workers for the same store, ended with the block."""
    told = {f"OREBOOK_{name.upper()}": str(value) for name, value in {"home": home, **QUICK, **settings}.items()}
    command = [sys.executable, "-m", "orebook.service.processes.worker", str(os.getpid())]
    with subprocess.Popen(command, env=os.environ | told, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def instance(name: str = "case", **tables: Rows) -> Json:
    """A small instance as JSON, of that name."""
    return make_document({"name": name}, **tables).model_dump(mode="json", exclude_none=True)


def created(client: TestClient, name: str, **tables: Rows) -> str:
    """Store a small instance; its id."""
    answer = client.post("/v1/instances", json=instance(name, **tables))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def made_key(client: TestClient, name: str, *scopes: str) -> Json:
    """A key of the API as `orebook key` makes it: its id and its secret."""
    context = client.app.state.context  # type: ignore[attr-defined]
    with context.store.database.write() as session:
        key, secret = keys.make(session, name, scopes, "test")
    return {"id": key.id, "secret": secret}


def submitted(client: TestClient, **asked: Any) -> str:
    """Queue a run; its id."""
    answer = client.post("/v1/runs", json=asked)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def ended(client: TestClient, run_id: str) -> Json:
    """The run once it has ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        run: Json = client.get(f"/v1/runs/{run_id}").json()
        if run["state"] not in ("queued", "running"):
            return run
        time.sleep(0.1)
    raise AssertionError(f"the run has not ended: {run}")


def solved(client: TestClient, name: str, **tables: Rows) -> str:
    """Store a small instance and solve it; the plan's id."""
    run = ended(client, submitted(client, kind="solve", instance=created(client, name, **tables), audit=False))
    assert run["state"] == "optimal", run
    return str(run["id"])
