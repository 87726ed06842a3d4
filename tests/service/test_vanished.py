"""Clients that go away: in the middle of a request, before its answer, while they listen. The service goes on all the same."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.patience import PATIENCE_S
from tests.service.killing import Service, asked
from tests.service.running import instance

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service as the command begins it, with an instance."""
    one = Service(tmp_path_factory.mktemp("vanished"), None)
    try:
        asked(one, "/v1/instances", json=instance("vanished"))
        yield one
    finally:
        one.end()


def gone(service: Service, path: str, content: Any, part: float = 1.0) -> None:
    """Send so much of a request's body, and hang up without waiting for an answer."""
    body = json.dumps(content).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", service.port)) as line:
        line.sendall(head.encode() + body[: int(part * len(body))])


def runs_of(service: Service) -> list[dict[str, Any]]:
    """All runs, once none of them waits or works any more."""
    for run in asked(service, "/v1/runs")["items"]:
        with httpx2.stream(
            "GET", f"http://127.0.0.1:{service.port}/v1/runs/{run['id']}/events", timeout=PATIENCE_S
        ) as answer:
            answer.read()  # to the run's end
    found: list[dict[str, Any]] = asked(service, "/v1/runs")["items"]
    return found


def until_more(service: Service, before: int) -> None:
    """Wait for a run more than there were."""
    until = time.monotonic() + PATIENCE_S
    while len(asked(service, "/v1/runs")["items"]) == before:
        assert time.monotonic() < until, "no run was made"
        time.sleep(0.05)


def test_half_a_request_makes_no_run(service: Service) -> None:
    """The rest never comes: nothing is queued, and the next one is answered."""
    before = runs_of(service)
    gone(service, "/v1/runs", {"kind": "solve", "instance": "vanished", "audit": False}, part=0.5)
    assert runs_of(service) == before


def test_a_run_whose_asker_is_gone_ends_once(service: Service) -> None:
    """Sent whole, its answer never read."""
    before = len(runs_of(service))
    gone(service, "/v1/runs", {"kind": "solve", "instance": "vanished", "audit": False})
    until_more(service, before)
    after = runs_of(service)
    assert [run["state"] for run in after[: len(after) - before]] == ["optimal"]


def test_an_answer_nobody_waits_for_is_a_run_all_the_same(service: Service) -> None:
    """A solve that is waited for, its client gone at once: the run ends, and the service answers others meanwhile."""
    before = len(runs_of(service))
    gone(service, "/v1/solve", {"instance": "vanished", "audit": False})
    until_more(service, before)
    assert runs_of(service)[0]["state"] == "optimal"


def test_a_listener_that_leaves_leaves_the_run(service: Service) -> None:
    """Its events are read to the first and the line is cut: the run ends as any other."""
    run = asked(service, "/v1/runs", json={"kind": "solve", "instance": "vanished", "audit": False})["id"]
    with httpx2.stream("GET", f"http://127.0.0.1:{service.port}/v1/runs/{run}/events", timeout=PATIENCE_S) as answer:
        next(answer.iter_lines())
    assert {r["id"]: r["state"] for r in runs_of(service)}[run] == "optimal"
