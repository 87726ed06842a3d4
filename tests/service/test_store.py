"""The store keeps its word: one end a run, an audit that only grows, nothing half-written; on both databases."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from orebook.service.errors import ContentError
from orebook.service.processes.reaper import Reaper
from orebook.service.settings import Settings
from orebook.service.store import instances, runs
from orebook.service.store.audit import listed
from orebook.service.store.blobs import Blobs
from orebook.service.store.queue import Queue
from orebook.service.store.runs import End, RunSpec
from orebook.service.store.store import Store
from orebook.service.store.tables import Audit, Run
from orebook.service.work.supervise import Supervisor
from orebook.service.work.task import Done
from tests.builders import make_problem
from tests.service.postgres import postgres
from tests.service.running import created, ended, instance, serving, submitted


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A store of either kind."""
    home = tmp_path_factory.mktemp("store")
    if request.param == "sqlite":
        yield Settings(home=home, lost_s=0.2)
    else:
        with postgres() as address:
            yield Settings(home=home, store=address, lost_s=0.2)


@pytest.fixture(scope="module")
def store(settings: Settings) -> Iterator[Store]:
    """It, with one instance."""
    opened = Store.of(settings)
    with opened.database.write() as session:
        instances.create(session, opened.blobs, make_problem(), [], "test", "")
    yield opened
    opened.database.engine.dispose()


def _submitted(store: Store) -> str:
    with store.database.write() as session:
        return runs.submit(session, RunSpec("solve", "case", 1, None, {"kind": "solve"}, 60.0), "test").id


def _taken(store: Store, worker: str) -> Run:
    with store.database.write() as session:
        run = runs.take(session, worker)
    assert run is not None
    return run


def _run(store: Store, run_id: str) -> Run:
    with store.database.read() as session:
        return session.get_one(Run, run_id)


def test_a_run_is_taken_once_and_ended_once(store: Store) -> None:
    """Two workers: the second finds nothing. Lost and taken again, only the second attempt writes the end."""
    run_id = _submitted(store)
    first = _taken(store, "a")
    with store.database.write() as session:
        assert runs.take(session, "b") is None
        assert runs.lose(session, first, "lost", 3)
    second = _taken(store, "b")
    assert (first.id, second.id, first.attempt, second.attempt) == (run_id, run_id, 1, 2)
    with store.database.write() as session:
        assert runs.beat(session, first, {}) is None
        assert not runs.end(session, first, End("optimal"))
        assert runs.end(session, second, End("infeasible", "so it is"))
        assert not runs.end(session, second, End("optimal"))
    assert (_run(store, run_id).state, _run(store, run_id).reason) == ("infeasible", "so it is")


def test_what_waits_longest_is_taken_first(store: Store) -> None:
    """Three runs come in order, and go in order."""
    wanted = [_submitted(store) for _ in range(3)]
    assert [_taken(store, "a").id for _ in range(3)] == wanted
    for run_id in wanted:
        with store.database.write() as session:
            runs.end(session, session.get_one(Run, run_id), End("cancelled"))


def test_a_lost_run_is_found_by_its_beat(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a worker elsewhere: while it beats it is left alone; still for longer than `lost_s`, it is queued again, with a job.

    Nobody saw it die: it is no try less.
    """
    seconds = [0.0]
    monkeypatch.setattr("orebook.service.processes.reaper.time", SimpleNamespace(monotonic=lambda: seconds[0]))
    run_id, run = _submitted(store), _taken(store, "a")
    queue = Queue(settings)
    queue.huey.storage.flush_queue()
    reaper = Reaper(store, queue, settings)
    for seconds[0] in (0.0, 0.1, 0.2):
        assert reaper.look() == 0
    with store.database.write() as session:
        assert runs.beat(session, run, {"stage": "cover"}) == (False, False)
    for seconds[0] in (0.3, 0.4, 0.5):
        assert reaper.look() == 0
    seconds[0] = 0.6
    assert (reaper.look(), queue.calls()) == (1, 1)
    found = _run(store, run_id)
    assert (found.state, found.losses) == ("queued", 0)
    assert reaper.look() == 0
    assert queue.calls() == 1
    queue.close()
    with store.database.write() as session:
        assert runs.ask_cancel(session, run_id)


def test_many_threads_may_tell_the_queue_at_once(store: Store, settings: Settings) -> None:
    """Each lets the connection go that the others are about to use: none fails, and no call is lost."""
    queue = Queue(settings)
    queue.huey.storage.flush_queue()

    def told(_: int) -> int:
        queue.call()
        return queue.calls()

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(told, range(200)))
    assert max(counts) == queue.calls() == 200
    queue.huey.storage.flush_queue()
    queue.close()


def test_the_audit_only_grows(store: Store) -> None:
    """The database itself refuses to change or delete a row."""
    with store.database.read() as session:
        before = [row.id for row in listed(session, None, None, 1000)]
    for change in (update(Audit).values(who="nobody"), delete(Audit)):
        with pytest.raises(DBAPIError, match="append-only"), store.database.write() as session:
            session.execute(change)
    with store.database.read() as session:
        assert [row.id for row in listed(session, None, None, 1000)] == before


def test_an_end_that_cannot_be_written_is_no_end(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: the run stays running, to be found lost; with room again it ends, once."""
    run_id, run = _submitted(store), _taken(store, "a")
    supervisor = Supervisor(store, settings, run, Event())
    done = Done("optimal", files={"plan.json": b"{}"})
    with monkeypatch.context() as full:
        full.setattr(Blobs, "put", _no_room)
        with pytest.raises(OSError, match="No space left"):
            supervisor._write(done)
    assert _run(store, run_id).state == "running"
    assert supervisor._write(done) is True
    assert supervisor._write(done) is False
    assert _run(store, run_id).state == "optimal"


def test_a_content_is_kept_once_and_whole(tmp_path: Path) -> None:
    """By its hash; a name that is no hash is nothing."""
    blobs = Blobs(tmp_path)
    key = blobs.put(b"content")
    assert (blobs.put(b"content"), blobs.get(key)) == (key, b"content")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [key[2:]]
    for name in ("../../etc/passwd", "", key.upper()):
        with pytest.raises(ContentError):
            blobs.get(name)


def test_a_full_disk_is_said_and_changes_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with when to try again; then the same request goes through."""
    with monkeypatch.context() as full:
        full.setattr(Blobs, "put", _no_room)
        answer = client.post("/v1/instances", json=instance("no-room"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert client.get("/v1/instances/no-room").status_code == 404
    assert client.post("/v1/instances", json=instance("no-room")).status_code == 201


def test_a_locked_database_is_said(tmp_path: Path) -> None:
    """Somebody holds the SQLite file: reads go on, a write is refused with 503 and goes through later."""
    with serving(tmp_path, busy_s=0.2) as client:
        holder = sqlite3.connect(tmp_path / "orebook.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert client.get("/v1/instances").status_code == 200
        assert client.post("/v1/instances", json=instance("locked")).status_code == 503
        holder.execute("ROLLBACK")
        holder.close()
        assert client.post("/v1/instances", json=instance("locked")).status_code == 201


def _no_room(_blobs: Blobs, _content: bytes) -> str:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_run_is_queued_though_the_queue_cannot_be_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job is lost, the run is not: whoever looks after the queue calls for a worker, and the run is solved."""
    queue = client.app.state.context.queue  # type: ignore[attr-defined]
    name = created(client, "untold")
    with monkeypatch.context() as broken:
        broken.setattr(queue.huey.storage, "enqueue", _no_queue)
        run_id = submitted(client, kind="solve", instance=name, audit=False)
    assert ended(client, run_id)["state"] == "optimal"


def _no_queue(*_data: object) -> None:
    raise sqlite3.OperationalError("database is locked")
