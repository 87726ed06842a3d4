"""What `orebook serve` listens at."""

from __future__ import annotations

import socket
from pathlib import Path

from fastapi.testclient import TestClient

from orebook.service.processes.serve import listening_at
from tests.service.running import instance, serving


def test_an_answer_is_sent_at_once() -> None:
    """A connection that is taken does not wait with the body of an answer until its head is confirmed."""
    with listening_at("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()) as client:
        taken, address = listening.accept()
        with taken:
            assert address == client.getsockname()
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_addresses_know_where_the_service_is_mounted(tmp_path: Path) -> None:
    """Behind a proxy that passes the whole path on: where a new thing is, and where the next page."""
    with serving(tmp_path, root_path="/ob") as client:
        made = client.post("/ob/v1/instances", json=instance("mounted"))
        assert made.headers["Location"] == "/ob/v1/instances/mounted"
        assert client.get("/ob/v1/instances?limit=1").json()["next"].startswith("/ob/v1/instances?")
        assert client.get(made.headers["Location"]).status_code == 200


def test_what_can_be_done_at_an_address_is_said(client: TestClient) -> None:
    """405 lists it."""
    assert client.delete("/v1/instances").headers["Allow"] == "GET, HEAD, OPTIONS, POST"
