"""For who runs the service: alive, ready, counted, and logged as JSON with the run's id."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from orebook.service.store.blobs import Blobs
from tests.service.running import serving, solved


def test_it_is_ready_while_the_store_can_be_used(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alive either way; not ready while its folder cannot be written to."""
    assert client.get("/healthz").json()["status"] == client.get("/readyz").json()["status"] == "ok"
    with monkeypatch.context() as full:
        full.setattr(Blobs, "probe", _no_room)
        assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 503)


def test_runs_and_requests_are_counted(client: TestClient) -> None:
    """Every state has a count, and a route is counted by its pattern, not by the id in it."""
    plan = solved(client, "counted")
    client.get(f"/v1/runs/{plan}")
    text = client.get("/metrics").text
    counts = {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if line[0] != "#"}
    assert counts['orebook_runs{state="optimal"}'] >= 1
    assert counts['orebook_runs{state="failed"}'] >= 0
    assert counts['orebook_requests_total{method="GET",route="/v1/runs/{run_id}",status="200"}'] >= 1
    assert plan not in text


def test_what_breaks_is_answered_counted_and_dressed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 as a problem, with the request's id and the headers of every answer."""
    with serving(tmp_path) as client:
        monkeypatch.setattr("orebook.service.actions.instances.instances_out", _breaks)
        answer = client.get("/v1/instances")
        counted = [line for line in client.get("/metrics").text.splitlines() if 'status="500"' in line]
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:orebook:problem:internal")
    assert {"x-request-id", "x-content-type-options"} <= set(answer.headers)
    assert counted


def _breaks(*_: object) -> None:
    raise ZeroDivisionError


def test_log_lines_are_json_with_the_runs_id() -> None:
    """Of the service's own loggers and of a library's, one object a line; a trace is part of its object."""
    code = """
import logging, structlog
from orebook.service.logs import log_json
log_json()
structlog.get_logger("orebook.service.test").bind(run="abc").info("run begins")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("library").exception("it broke")
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    own, theirs = (json.loads(line) for line in ended.stderr.splitlines())
    assert (own["event"], own["run"], own["level"]) == ("run begins", "abc", "info")
    assert "ZeroDivisionError" in theirs["exception"]


def test_the_description_has_examples(client: TestClient) -> None:
    """Every operation of the API says what it does and what its errors look like; bodies have examples."""
    described = client.get("/v1/openapi.json").json()
    operations = [op for path in described["paths"].values() for op in path.values()]
    assert all(op.get("description") or op.get("summary") for op in operations)
    bodies = [op["requestBody"]["content"]["application/json"] for op in operations if "requestBody" in op]
    posts = [body for body in bodies if "example" in body or "examples" in body]
    assert len(posts) >= 5


def _no_room(_blobs: Blobs) -> None:
    raise OSError("No space left on device")
