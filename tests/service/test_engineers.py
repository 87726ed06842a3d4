"""For who builds on the service: an application for any server, a solve that answers by its deadline, the library's errors."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

import orebook
from orebook.client import http as client_http
from orebook.client.client import Client
from orebook.errors import ServiceError
from orebook.service.actions.solve_now import plan_without_solver
from tests.patience import PATIENCE_S
from tests.service.running import instance, made_key, serving
from tests.serving import free_port, until_ready

OFFERS = [{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 50}]


@pytest.mark.slow
def test_any_server_runs_the_application(tmp_path: Path) -> None:
    """`uvicorn orebook.service.app:app`, told by the environment alone; where no keys are, it asks for the token."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "orebook.service.app:app", "--port", str(port)]
    told = os.environ | {"OREBOOK_HOME": str(tmp_path), "OREBOOK_AUTH": "auto"}
    with subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            until_ready(url, process)
            assert httpx2.get(f"{url}/v1/instances").status_code == 401
            bearer = {"Authorization": f"Bearer {(tmp_path / 'token').read_text()}"}
            names = [item["id"] for item in httpx2.get(f"{url}/v1/instances", headers=bearer).json()["items"]]
            assert names == ["vault", "vault-small"]
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


@pytest.mark.slow
def test_a_deadline_always_has_a_plan(tmp_path: Path) -> None:
    """No worker is there at all: a plan that keeps the rules all the same, which says how it was made; its run is cancelled."""
    with serving(tmp_path, sync_s=5) as client:
        asked = {"document": instance("now", offers=OFFERS), "deadline_s": 5.0, "audit": False}
        answer = client.post("/v1/solve", json=asked)
        run_id, plan = answer.json()["run"]["id"], answer.json()["plan"]
        assert client.get(f"/v1/runs/{run_id}").json()["state"] == "cancelled"
        if plan is None:  # a machine on which five seconds are too few for it: made without the clock it is there
            plan = plan_without_solver(client.app.state.context, run_id).model_dump(mode="json")  # type: ignore
        assert plan["unaided"] == "thumb"
        assert plan["costs"]["total_usd"] == 1000.0  # 10 days * 1 t/day * 100 USD/t


@pytest.mark.parametrize("where", [("instance", "weeks"), ("minerals", "daily_use_t"), ("offers", "lot_t")])
def test_true_is_no_number(tmp_path: Path, where: tuple[str, str]) -> None:
    """In the head and in every table."""
    content = instance("true", offers=OFFERS)
    table, column = where
    (content[table] if table == "instance" else content[table][0])[column] = True
    with serving(tmp_path) as client:
        answer = client.post("/v1/instances", json=content)
    assert (answer.status_code, answer.json()["errors"][0]["loc"][2]) == (422, column)
    assert answer.json()["errors"][0]["check"] == "not_a_number"


GZIP = {"Content-Encoding": "gzip"}
ANSWERS: list[tuple[str, Any]] = [
    ("a page of a proxy's", lambda _r: httpx2.Response(200, text="<html>log in</html>")),
    ("half a plan", lambda _r: httpx2.Response(200, json={"schema": "orebook/plan/1"})),
    ("a list where an object is meant", lambda _r: httpx2.Response(200, json=[1])),
    ("another object", lambda _r: httpx2.Response(200, json={"detail": "?"})),
    ("a body that is not what its encoding says", lambda _r: httpx2.Response(200, headers=GZIP, content=b"x")),
    ("too many redirects", lambda r: httpx2.Response(302, headers={"Location": str(r.url)})),
    ("a refusal that is a page", lambda _r: httpx2.Response(502, text="<html>bad gateway</html>")),
    ("a refusal that is a list", lambda _r: httpx2.Response(500, json=[1, 2])),
    ("faults without places", lambda _r: httpx2.Response(422, json={"errors": [{"message": "odd"}]})),
]  # fmt: skip


@pytest.mark.parametrize(("what", "answer"), ANSWERS)
def test_what_a_client_raises_is_the_librarys(what: str, answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes from the address: an OrebookError, and of the service where it is its fault."""
    monkeypatch.setattr(client_http, "time", type("T", (), {"sleep": staticmethod(lambda _s: None)}))
    client = Client(
        "http://service", http=httpx2.Client(base_url="http://service", transport=httpx2.MockTransport(answer))
    )
    for call in (
        lambda: client.read("vault"),
        client.instances,
        lambda: client.solve("vault"),
        lambda: client.open_plan("0" * 32),
        lambda: client.store("vault-small"),
    ):
        with pytest.raises(orebook.OrebookError) as raised:
            call()
        assert isinstance(raised.value, ServiceError | orebook.InputError), what


def test_an_address_that_is_none_is_said() -> None:
    """A ServiceError, as for a service that is not there."""
    for url in ("http://[", "nowhere", "http://127.0.0.1:1"):
        began = time.monotonic()
        with pytest.raises(ServiceError):
            Client(url).instances()
        assert time.monotonic() - began < PATIENCE_S


def test_a_client_has_its_key(tmp_path: Path) -> None:
    """Without it: a ServiceError with the status."""
    with serving(tmp_path) as free:
        secret = made_key(free, "client", "read")["secret"]
    with serving(tmp_path, auth="keys") as client:
        with pytest.raises(ServiceError) as refused:
            Client("http://127.0.0.1", http=client).instances()
        assert refused.value.status == 401
        client.headers["Authorization"] = f"Bearer {secret}"
        assert Client("http://127.0.0.1", http=client).instances() == ["vault", "vault-small"]
