"""No request stops the house: what is sent takes time in proportion to its size, or is ended; limits come before work."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from orebook.reading import suggest
from orebook.schema.document import Document
from orebook.service.errors import BusyError, TooLargeError, UnusableError
from orebook.service.runs import aside as asides
from orebook.service.runs.aside import aside
from orebook.service.runs.editing import Cell, Edit, apply_edit
from orebook.service.runs.uploads import Upload, _read, inspected
from orebook.service.settings import Settings
from orebook.service.store import runs
from orebook.service.store.runs import End, RunSpec
from orebook.service.web.limits import Buckets
from tests.cli.commands import OREBOOK
from tests.patience import PATIENCE_S
from tests.service.running import Json, created, instance, made_key, serving, submitted
from tests.serving import free_port, served, until_ready

SETTINGS = Settings(minerals=100_000)


def _offers(n: int, **more: Any) -> Json:
    return instance("sizes") | {
        "offers": [{"offer": f"o{k}", "house": "traxys", "mineral": "tin"} | more for k in range(n)]
    }


def _cell(value: str) -> Json:
    content = instance("sizes")
    content["minerals"][0]["price_usd_per_t"] = value
    return content


SIZES: dict[str, Callable[[int], str]] = {
    "blanks in a number": lambda n: json.dumps(_cell("1" + " " * n + "!")),
    "letters after a number": lambda n: json.dumps(_cell("1" + "a" * n)),
    "digits of a number": lambda n: json.dumps(_cell("1" * n + ",")),
    "a long name": lambda n: json.dumps(instance("sizes") | {"minerals": [{"mineral": "x" * n}]}),
    "keys of which the last stands twice": lambda n: "{" + "".join(f'"k{k}":1,' for k in range(n)) + f'"k{n - 1}":1}}',
    "tables that are none": lambda n: json.dumps(instance("sizes") | {f"t{k}": 1 for k in range(n)}),
    "columns that are none": lambda n: json.dumps(instance("sizes") | {"offers": [{f"c{k}": 1 for k in range(n)}]}),
    "keys that are none": lambda n: json.dumps({"instance": {f"k{k}": 1 for k in range(n)}}),
    "rows of nothing": lambda n: json.dumps({"instance": {"name": "a", "weeks": 1}, "minerals": [{}] * n}),
    "good rows": lambda n: json.dumps(_offers(n)),
    "one row again and again": lambda n: json.dumps(_offers(n, offer="same")),
    "unknown names": lambda n: json.dumps(_offers(n, house="nobody", mineral="nothing")),
    "names like many others": lambda n: json.dumps(
        _offers(n, house="huose nmber") | {"houses": [{"house": f"house number {k}"} for k in range(n)]}
    ),
}


def _cpu(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def _grows_no_faster(call: Callable[[int], Callable[[], object]], small: int, least_s: float = 0.5) -> None:
    """Four times the size takes four times the CPU seconds, and half as much again for noise; the best of two counts."""
    few, many = (min(_cpu(call(n)) for _ in range(2)) for n in (small, 4 * small))
    assert many <= 6 * few + least_s, (few, many)


@pytest.mark.slow
@pytest.mark.parametrize("kind", SIZES)
def test_reading_takes_time_in_proportion(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every kind of content, good or bad."""
    monkeypatch.setattr(suggest, "MOST_COMPARED", 2_000)

    def reading(n: int) -> Callable[[], object]:
        content = SIZES[kind](n).encode()

        def read() -> None:
            with suppress(UnusableError):
                _read(Upload(content, packed=False), SETTINGS)

        return read

    _grows_no_faster(reading, 1_500)


@pytest.mark.slow
def test_cells_are_changed_in_proportion() -> None:
    """As many cells as rows: each row is found by its key, also where keys are changed and where there is no such row."""

    def editing(n: int) -> Callable[[], object]:
        document = Document.model_validate(_offers(n))
        cells = [Cell(table="offers", key=(f"o{k}",), column="lot_t", value=2) for k in range(n)]
        cells += [Cell(table="offers", key=(f"o{k}",), column="offer", value=f"p{k}") for k in range(0, n, 2)]
        return lambda: apply_edit(document, Edit(cells=tuple(cells)))

    _grows_no_faster(editing, 1_000)
    missing = tuple(Cell(table="offers", key=(f"q{k}",), column="lot_t", value=2) for k in range(3_000))
    with pytest.raises(UnusableError) as refused:
        apply_edit(Document.model_validate(_offers(2)), Edit(cells=missing))
    assert len(refused.value.faults) == 1_000


def test_a_cell_is_changed_under_its_new_key() -> None:
    """A row whose key was changed by one cell is found by that in the next, and no more by the old one."""
    document = Document.model_validate(_offers(2))
    cells = (
        Cell(table="offers", key=("o0",), column="offer", value="first"),
        Cell(table="offers", key=("first",), column="lot_t", value=3),
    )
    problem, _ = apply_edit(document, Edit(cells=cells))
    assert [(row.offer, row.lot_t) for row in problem.document.offers] == [("first", 3), ("o1", None)]
    again = (*cells, Cell(table="offers", key=("o0",), column="lot_t", value=1))
    with pytest.raises(UnusableError, match='has no row "o0"'):
        apply_edit(document, Edit(cells=again))


def spin() -> None:
    """Never end."""
    while True:
        pass


def hoard() -> list[bytes]:
    """Take what there is."""
    return [bytes(1 << 20) for _ in range(100_000)]


def double(n: int) -> int:
    """Twice as much."""
    return 2 * n


def refuse() -> None:
    """It cannot be."""
    raise UnusableError("odd", "Odd", "it is odd")


@pytest.mark.slow
def test_what_is_done_aside_has_limits() -> None:
    """Its answer and its refusal come back; without end or without measure it is ended and said to be too large."""
    tight = Settings(read_s=0.2, read_mb=512)
    assert aside(tight, double, 21) == 42
    with pytest.raises(UnusableError, match="it is odd") as refused:
        aside(tight, refuse)
    assert (refused.value.kind, refused.value.title) == ("odd", "Odd")
    with pytest.raises(TooLargeError, match=r"0\.2 s to read"):
        aside(tight, spin)
    with pytest.raises(TooLargeError, match="512 MB of memory"):
        aside(Settings(read_s=60, read_mb=512), hoard)


def test_only_so_many_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes on top is told to come again, and waits for nothing."""
    monkeypatch.setattr(asides, "WAIT_S", 0.01)
    for _ in range(asides.AT_ONCE):
        asides._places.acquire()
    try:
        with pytest.raises(BusyError):
            aside(SETTINGS, double, 1)
    finally:
        for _ in range(asides.AT_ONCE):
            asides._places.release()


def test_rows_are_counted_before_they_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the service takes: 413, and nothing is read."""
    monkeypatch.setattr("orebook.service.runs.uploads.inspect_json", spin)
    few = Settings(rows=10, minerals=5)
    for content in ({"offers": [1] * 11}, {"minerals": [1] * 6}):
        with pytest.raises(TooLargeError):
            inspected(Upload(json.dumps(content).encode(), packed=False), few)


def test_nothing_of_a_strangers_body_is_read(tmp_path: Path) -> None:
    """Without a key the answer comes before the body does, wherever it is sent; a key that is known has its body read."""
    with serving(tmp_path) as free:
        secret = made_key(free, "desk", "read", "plan")["secret"]
    with serving(tmp_path, auth="keys") as client:
        for path in (
            "/v1/runs/x/clone",
            "/v1/runs",
            "/v1/instances",
            "/v1/solve",
            "/v1/instances/vault/versions",
            "/v1/keys",
            "/upload",
        ):
            for kind in (b"application/json", b"multipart/form-data; boundary=x", b"application/zip"):
                status, asked = _answered(client, path, kind, [])
                assert (status in (401, 404), asked) == (True, 0), path
        known = [(b"authorization", f"Bearer {secret}".encode())]
        status, asked = _answered(client, "/v1/runs", b"application/json", known)
        assert (status, asked > 0) == (422, True)


def _answered(client: TestClient, path: str, kind: bytes, headers: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    """The status of a POST, and how often its body was asked for."""
    asked, said = [0], list[Message]()
    head = [(b"host", b"127.0.0.1"), (b"content-type", kind), (b"content-length", b"1000"), *headers]
    scope: Scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http", "headers": head,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "app": client.app,
    }  # fmt: skip

    async def receive() -> Message:
        asked[0] += 1
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    assert client.portal is not None
    client.portal.call(_call, client, scope, receive, send)
    return said[0]["status"], asked[0]


async def _call(client: TestClient, scope: Scope, receive: Receive, send: Send) -> None:
    await client.app(scope, receive, send)


@pytest.fixture(scope="module")
def prompt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a service that waits for heads and bodies no longer than a moment."""
    home = tmp_path_factory.mktemp("prompt")
    with served(home, "--workers", "0", head_s="0.5", body_s="0.5") as url:
        yield int(url.rpartition(":")[2])


HEALTHZ = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def _whole(line: socket.socket) -> bytes:
    """An answer to its end."""
    found = b""
    while not found.endswith(b"}"):
        found += line.recv(10_000)
    return found


@contextmanager
def _line(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as line:
        yield line


@pytest.mark.slow
@pytest.mark.parametrize("begun", [b"", b"GET /healthz HTT", b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_half_a_head_is_not_waited_for(prompt: int, begun: bytes) -> None:
    """Also after a whole request on the same line, which is kept while nothing comes on it."""
    with _line(prompt) as line:
        line.sendall(begun)
        assert line.recv(100) == b""
    if begun:
        with _line(prompt) as line:
            line.sendall(HEALTHZ)
            assert _whole(line).startswith(b"HTTP/1.1 200")
            time.sleep(0.8)  # quiet, and kept
            line.sendall(HEALTHZ + begun)
            assert _whole(line).startswith(b"HTTP/1.1 200")
            assert line.recv(100) == b""


@pytest.mark.slow
def test_half_a_body_is_not_waited_for(prompt: int) -> None:
    """408, and the line is closed."""
    with _line(prompt) as line:
        line.sendall(
            b"POST /v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        )
        assert line.recv(10_000).startswith(b"HTTP/1.1 408")


def test_a_bucket_fills_again() -> None:
    """Two a second, three at once: the fourth waits half a second; names have buckets of their own, and not without end."""
    seconds = [0.0]
    buckets = Buckets(2.0, 3.0, lambda: seconds[0])
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b")
    seconds[0] = 0.5
    assert [buckets.take("a") for _ in range(2)] == [True, False]
    for n in range(20_000):
        buckets.take(str(n))
    assert len(buckets._left) == 10_000


def test_a_key_asks_only_so_much(tmp_path: Path) -> None:
    """429 for requests, for runs that wait and for guesses; other keys go on."""
    with serving(tmp_path) as free:
        keys = [made_key(free, n, "admin")["secret"] for n in ("a", "b")]
        name = created(free, "asked")
    first, second = ({"Authorization": f"Bearer {secret}"} for secret in keys)
    with serving(tmp_path, auth="keys", key_waiting=2) as client:
        run = {"kind": "solve", "instance": name}
        assert [client.post("/v1/runs", json=run, headers=first).status_code for _ in range(3)] == [202, 202, 429]
        assert client.post("/v1/runs", json=run, headers=second).status_code == 202
    with serving(tmp_path, auth="keys", key_requests_s=0.001, guesses_minute=2) as client:
        client.app.state.limits._requests.most = 2  # type: ignore[attr-defined]
        assert [client.get("/v1/models", headers=first).status_code for _ in range(3)] == [200, 200, 429]
        assert client.get("/v1/models", headers=second).status_code == 200
        wrong = {"Authorization": "Bearer ob_0123456789ab_no"}
        assert [client.get("/v1/models", headers=wrong).status_code for _ in range(3)] == [401, 401, 429]
        assert client.get("/v1/models", headers=second).status_code == 200, "who has a key is not kept out by a guesser"


def test_workers_take_keys_in_turn(tmp_path: Path) -> None:
    """Ten of one wait, then comes one of another: while one of the first runs, the other's is next."""
    with serving(tmp_path) as client:
        created(client, "turns")
        store = client.app.state.context.store  # type: ignore[attr-defined]
        with store.database.write() as session:
            for who in ("many", "many", "many", "few", "few"):
                runs.submit(session, RunSpec("solve", "turns", 1, None, {"kind": "solve"}, 60.0), who)
        taken = []
        for _ in range(5):
            with store.database.write() as session:
                taken.append(runs.take(session, "w"))
        assert [run.by for run in taken if run] == ["many", "few", "many", "few", "many"]
        with store.database.write() as session:
            assert all(runs.end(session, run, End("cancelled")) for run in taken if run)


def test_a_stream_ends_with_its_key_and_is_counted(tmp_path: Path) -> None:
    """Revoked, what the key had open is closed, though the run goes on; and it has only so many open."""
    with serving(tmp_path) as free:
        made = made_key(free, "desk", "admin")
        other = made_key(free, "other", "admin")
        run_id = submitted(free, kind="solve", instance=created(free, "streamed"))
    key, admin = ({"Authorization": f"Bearer {one['secret']}"} for one in (made, other))
    with serving(tmp_path, auth="keys", key_streams=1) as client:
        client.app.state.limits._streams[f"key:{made['id']}"] += 1  # type: ignore[attr-defined]
        assert client.get(f"/v1/runs/{run_id}/events", headers=key).status_code == 429
        client.app.state.limits._streams.clear()  # type: ignore[attr-defined]
        assert client.delete(f"/v1/keys/{made['id']}", headers=admin).status_code == 204
        context = client.app.state.context  # type: ignore[attr-defined]
        from orebook.service.web.watching import _seen

        found, there = _seen(context, [run_id], [made["id"], other["id"]])
        assert ([run.id for run in found], there) == ([run_id], {"", other["id"]})


@pytest.mark.slow
def test_told_to_end_it_ends_whatever_it_does(tmp_path: Path) -> None:
    """While half a request is being read, and another stream is open for good: status 0, and nobody is left behind."""
    port = free_port()
    told = os.environ | {"OREBOOK_HOME": str(tmp_path), "OREBOOK_AUTH": "none", "OREBOOK_BODY_S": "1000"}
    command = [str(OREBOOK), "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL) as process:
        until_ready(f"http://127.0.0.1:{port}", process)
        family = psutil.Process(process.pid).children(recursive=True)
        with _line(port) as line:
            head = b"POST /v1/solve HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
            line.sendall(head)
            process.terminate()
            assert process.wait(PATIENCE_S) == 0
    assert psutil.wait_procs(family, timeout=PATIENCE_S)[1] == []
