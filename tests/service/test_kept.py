"""What the service keeps stays what it was: contents, the audit, a backup and what is made of it; what may go, goes."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from orebook.service.errors import ConflictError, ContentError, MissingError
from orebook.service.settings import Settings
from orebook.service.store import audit, instances, runs, tickets
from orebook.service.store.backup import back_up, restore
from orebook.service.store.blobs import Blobs
from orebook.service.store.doctor import examined, swept
from orebook.service.store.retention import drop_instance, prune
from orebook.service.store.runs import End, RunSpec
from orebook.service.store.store import Store
from orebook.service.store.tables import Audit, Instance, Run, Version
from orebook.service.store.upgrade import upgrade
from tests.builders import make_problem
from tests.cli.commands import orebook
from tests.service.postgres import postgres
from tests.service.running import created, instance, serving


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A store of either kind."""
    home = tmp_path_factory.mktemp("kept")
    if request.param == "sqlite":
        yield Settings(home=home)
    else:
        with postgres() as address:
            yield Settings(home=home, store=address)


@pytest.fixture(scope="module")
def store(settings: Settings) -> Iterator[Store]:
    """It, with one instance."""
    opened = Store.of(settings)
    with opened.database.write() as session:
        instances.create(session, opened.blobs, make_problem(), [], "test", "")
    yield opened
    opened.database.engine.dispose()


def planned(store: Store, at: float, plan: str | None = None) -> str:
    """A run that ended with a plan at a moment; its id."""
    with store.database.write() as session:
        run = runs.submit(session, RunSpec("solve", "case", 1, plan, {"kind": "solve"}, 60.0), "test")
    with store.database.write() as session:
        taken = runs.take(session, "w:1")
        assert taken is not None
        key = store.blobs.put(f"plan {run.id}".encode())
        assert runs.end(session, taken, End("optimal", files={"plan.json": (key, 10)}))
        session.get_one(Run, run.id).ended_at = at
    return run.id


# Contents


def test_a_damaged_content_is_said_and_mended(tmp_path: Path) -> None:
    """Other bytes, fewer, none: never given out; put again, it is what it was."""
    blobs = Blobs(tmp_path)
    key = blobs.put(b"content")
    path = blobs.path(key)
    for damage in (b"kontent", b"cont", b""):
        path.write_bytes(damage)
        for look in (blobs.get, blobs.path):
            with pytest.raises(ContentError, match="is not what it was"):
                look(key)
        assert blobs.put(b"content") == key
        assert blobs.get(key) == b"content"
    path.unlink()
    with pytest.raises(ContentError, match="is not in the store's folder"):
        blobs.get(key)
    assert (blobs.put(b"content"), blobs.get(key)) == (key, b"content")


def test_a_version_of_a_damaged_document_is_not_served(tmp_path: Path) -> None:
    """500 with what to do, and no run is queued of it; sent again with the right content it is whole."""
    with serving(tmp_path) as client:
        name = created(client, "spoilt")
        path = _document(client, name)
        path.write_bytes(path.read_bytes().replace(b"100", b"900"))
        for answer in (
            client.get(f"/v1/instances/{name}/document.json"),
            client.post("/v1/runs", json={"kind": "solve", "instance": name}),
        ):
            assert (answer.status_code, answer.json()["type"]) == (500, "urn:orebook:problem:content-damaged")
        path.unlink()
        answer = client.get(f"/v1/instances/{name}/document.json")
        assert (answer.status_code, answer.json()["type"]) == (500, "urn:orebook:problem:content-missing")
        again = client.post(f"/v1/instances/{name}/versions", json=instance(name), headers={"If-Match": "*"})
        assert again.status_code == 201
        assert (
            client.get(f"/v1/instances/{name}/document.json?version=1").json()["minerals"][0]["price_usd_per_t"] == 100
        )


def _document(client: TestClient, name: str) -> Path:
    store = client.app.state.context.store  # type: ignore[attr-defined]
    with store.database.read() as session:
        found: Path = store.blobs.path(session.get_one(Version, (name, 1)).document)
    return found


def test_it_is_not_ready_on_a_full_disk(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look writes something new, so that a disk without room shows; and leaves nothing behind."""
    home: Path = client.app.state.context.settings.home  # type: ignore[attr-defined]
    before = sum(1 for _ in home.rglob("*"))
    assert client.get("/readyz").status_code == 200
    assert sum(1 for _ in home.rglob("*")) == before
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", _no_room)
        assert client.get("/readyz").status_code == 503


def _no_room(_handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_the_doctor_finds_what_is_wrong(tmp_path: Path) -> None:
    """A content that is missing, one that is damaged, one that nothing names; a young one of those stays."""
    opened = Store.of(Settings(home=tmp_path))
    with opened.database.write() as session:
        instances.create(session, opened.blobs, make_problem(), [], "test", "")
    plan = planned(opened, 1.0)
    assert (examined(opened).faults, examined(opened).orphans) == ([], [])
    orphan, young = opened.blobs.put(b"orphan"), opened.blobs.put(b"young")
    os.utime(opened.blobs.path(orphan), (1.0, 1.0))
    opened.blobs.path(hashlib.sha256(f"plan {plan}".encode()).hexdigest()).write_bytes(b"other")
    with opened.database.read() as session:
        opened.blobs.drop(session.get_one(Version, ("case", 1)).document)
    found = examined(opened)
    assert [fault.partition(":")[0] for fault in found.faults] == ["instances/case version 1", f"runs/{plan}/plan.json"]
    assert found.orphans == sorted([orphan, young])
    assert swept(opened, found.orphans) == 1
    assert list(opened.blobs.keys()).count(young) == 1
    ended = orebook("doctor", "--home", tmp_path)
    assert (ended.returncode, ended.stdout.count("fault: ")) == (1, 2)
    opened.database.engine.dispose()


# The audit


def test_no_row_of_the_audit_is_replaced(store: Store) -> None:
    """By no way that the database has."""
    insert = "INSERT INTO audit SELECT id, at, 'mallory', action, subject, detail, hash FROM audit WHERE id = 1"
    replace = [insert.replace("INSERT", "INSERT OR REPLACE")] if store.database.sqlite else []
    upsert = f"{insert} ON CONFLICT (id) DO UPDATE SET who = 'mallory'"
    for statement in (insert, *replace, *([] if store.database.sqlite else [upsert])):
        with pytest.raises(DBAPIError), store.database.write() as session:
            session.execute(text(statement))
    with store.database.read() as session:
        assert session.get_one(Audit, 1).who == "test"
        assert audit.broken_at(session) is None


def test_a_row_that_was_changed_from_outside_is_found(tmp_path: Path) -> None:
    """By who has the file and drops the triggers: a word changed, a row taken out, a hash taken off, an id moved."""
    for n, change in enumerate(
        (
            "UPDATE audit SET who = 'mallory' WHERE id = 2",
            "DELETE FROM audit WHERE id = 2",
            "UPDATE audit SET hash = NULL WHERE id = 3",
            "UPDATE audit SET id = 9 WHERE id = 3",
        )
    ):
        home = tmp_path / str(n)
        opened = Store.of(Settings(home=home))
        for k in range(4):
            with opened.database.write() as session:
                audit.note(session, "test", "deed", f"things/{k}", figure=0.1 * k)
        opened.database.engine.dispose()
        assert orebook("audit", "--home", home).returncode == 0
        with sqlite3.connect(home / "orebook.db") as outside:
            for trigger in ("update", "delete", "replace"):
                outside.execute(f"DROP TRIGGER audit_no_{trigger}")
            outside.execute(change)
        ended = orebook("audit", "--home", home)
        assert (ended.returncode, "was changed from outside" in ended.stderr) == (1, True), change


def test_the_audit_goes_out_whole_and_chained(client: TestClient) -> None:
    """Every row from the first, each hash worked out here from what is shown and from the one before."""
    created(client, "chained")
    rows = [json.loads(line) for line in client.get("/v1/audit.jsonl").text.splitlines()]
    assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
    before = ""
    for row in rows:
        said = [before, row["id"], row["at"], row["who"], row["action"], row["subject"], row["detail"]]
        before = hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
        assert row["hash"] == before


def test_the_audit_has_what_was_before(store: Store) -> None:
    """Of a ticket its state, of an instance the digest of its version."""
    plan = planned(store, 1.0)
    with store.database.write() as session:
        tickets.move(session, plan, [("a", 1)], "approved", "ada", back=False)
    with store.database.write() as session:
        tickets.move(session, plan, [("a", 1), ("b", 2)], "approved", "ada", back=False)
        first = instances.add(session, store.blobs, "case", make_problem(), [], "ada", "").digest
    with store.database.read() as session:
        version, second, once = audit.listed(session, None, None, 3)
    assert (once.detail["was"], second.detail["was"]) == ({"a/1": "proposed"}, {"b/2": "proposed"})
    assert version.detail["was"] == first == version.detail["digest"]


# Backup and restore


def test_a_backup_becomes_a_store_again(store: Store, settings: Settings, tmp_path: Path) -> None:
    """While rows and contents are added: what comes out is of one moment, sound, chained, and goes on from there."""
    planned(store, 5.0)
    over = threading.Event()

    def add() -> None:
        while not over.is_set():
            planned(store, 6.0)

    adding = threading.Thread(target=add)
    adding.start()
    try:
        done = back_up(store, tmp_path / "one.tar")
    finally:
        over.set()
        adding.join()
    assert (tmp_path / "one.tar").stat().st_mode & 0o777 == 0o600
    assert done.missing == ()
    there = Settings(home=tmp_path / "there")
    assert restore(tmp_path / "one.tar", there).rows == done.rows
    opened = Store.of(there)
    assert examined(opened).faults == []
    with opened.database.read() as restored, store.database.read() as original:
        for run in restored.query(Run):
            assert original.get_one(Run, run.id).result == run.result
        assert restored.get_one(Instance, "case").title == original.get_one(Instance, "case").title
    planned(opened, 7.0)
    with opened.database.read() as session:
        assert audit.broken_at(session) is None
    with pytest.raises(OSError, match="there is a store already"):
        restore(tmp_path / "one.tar", there)
    with pytest.raises(OSError, match="is there already"):
        back_up(store, tmp_path / "one.tar")
    opened.database.engine.dispose()
    if not store.database.sqlite:
        return
    with postgres() as address:  # and into the other kind
        other = Settings(home=tmp_path / "other", store=address)
        assert restore(tmp_path / "one.tar", other).rows == done.rows
        opened = Store.of(other)
        assert examined(opened).faults == []
        planned(opened, 8.0)
        opened.database.engine.dispose()


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    """A sentence and status 2: no tar, half of one, one with a content that was changed, one of a newer orebook."""
    home, good = tmp_path / "home", tmp_path / "good.tar"
    opened = Store.of(Settings(home=home))
    with opened.database.write() as session:
        instances.create(session, opened.blobs, make_problem(), [], "test", "")
    opened.database.engine.dispose()
    assert orebook("backup", good, "--home", home).returncode == 0
    whole = good.read_bytes()
    for n, content in enumerate(
        (
            b"nothing",
            whole[: len(whole) // 2],
            whole.replace(b'"tin"', b'"ton"', 1),
            whole.replace(b'"revision": "0004"', b'"revision": "9999"'),
        )
    ):
        bad = tmp_path / f"{n}.tar"
        bad.write_bytes(content)
        ended = orebook("restore", bad, "--home", tmp_path / f"home-{n}")
        assert (ended.returncode, ended.stderr.startswith("error: ")) == (2, True), ended.stderr
        assert "Traceback" not in ended.stderr
    assert orebook("restore", good, "--home", tmp_path / "again").returncode == 0
    assert orebook("backup", tmp_path / "x.tar", "--home", tmp_path / "nowhere").returncode == 2


# Upgrades


def test_an_older_store_is_upgraded_with_a_copy_of_it(tmp_path: Path) -> None:
    """Its rows stay, and the copy is what it was: in its place the version before goes on."""
    settings = Settings(home=tmp_path)
    from orebook.service.store.engine import Database

    tmp_path.mkdir(exist_ok=True)
    database = Database(settings.url)
    upgrade(database, tmp_path, "0001")
    with database.write() as session:
        session.execute(
            text("INSERT INTO audit (id, at, who, action, subject, detail) VALUES (1, 1.0, 'a', 'b', 'c', '{}')")
        )
    database.engine.dispose()
    opened = Store.of(settings)
    with opened.database.write() as session:
        audit.note(session, "test", "deed", "things/1")
    with opened.database.read() as session:
        assert audit.broken_at(session) is None
        assert [row.who for row in audit.listed(session, None, None, 9)] == ["test", "a"]
    opened.database.engine.dispose()
    with sqlite3.connect(tmp_path / "orebook-before-0001.db") as before:
        assert before.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert before.execute("SELECT count(*) FROM audit").fetchall() == [(1,)]


@pytest.mark.parametrize("what", ["newer", "foreign", "no database"])
def test_a_store_that_is_not_ours_is_refused(tmp_path: Path, what: str) -> None:
    """Of a newer orebook, of another program, no database at all: status 2 and a sentence."""
    if what == "no database":
        (tmp_path / "orebook.db").write_bytes(b"this is a text of some length, and no database" * 30)
    elif what == "foreign":
        with sqlite3.connect(tmp_path / "orebook.db") as other:
            other.execute("CREATE TABLE runs (distance REAL)")
    else:
        Store.of(Settings(home=tmp_path)).database.engine.dispose()
        with sqlite3.connect(tmp_path / "orebook.db") as newer:
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in ("serve", "worker", "doctor"):
        ended = orebook(command, "--home", tmp_path)
        assert (ended.returncode, ended.stderr.startswith("error: ")) == (2, True), ended.stderr
        assert "Traceback" not in ended.stderr


# What may go


def test_what_is_old_and_not_built_on_goes(tmp_path: Path) -> None:
    """Of plans of day 1 and 9, before day 5: those with an approved ticket, under one that stays, and the newest stay."""
    opened = Store.of(Settings(home=tmp_path))
    with opened.database.write() as session:
        instances.create(session, opened.blobs, make_problem(), [], "test", "")
    gone, approved, base = (planned(opened, 1.0) for _ in range(3))
    built = planned(opened, 9.0, base)
    chained = planned(opened, 1.0, gone)
    with opened.database.write() as session:
        tickets.move(session, approved, [("a", 1)], "approved", "ada", back=False)
        instances.add(session, opened.blobs, "case", make_problem(), [], "ada", "")
        instances.add(session, opened.blobs, "case", make_problem(), [], "ada", "")
        for version in session.query(Version):
            version.at = 1.0
    with opened.database.write() as session:
        done = prune(session, 5.0, "test")
    assert (done.runs, done.versions) == (2, 1)  # version 2; 1 has runs, 3 is the newest
    with opened.database.read() as session:
        assert {run.id for run in session.query(Run)} == {approved, base, built}
        assert {version.number for version in session.query(Version)} == {1, 3}
        assert audit.listed(session, "store", None, 1)[0].detail == {"runs": 2, "versions": 1}
    assert gone not in (approved, base, built)
    assert chained not in (approved, base, built)
    assert len(examined(opened).orphans) == 2
    opened.database.engine.dispose()


def test_an_instance_goes_with_all_that_is_its(tmp_path: Path) -> None:
    """Not while a run of it waits; then with its versions, runs and tickets, and the audit says so."""
    opened = Store.of(Settings(home=tmp_path))
    with opened.database.write() as session:
        instances.create(session, opened.blobs, make_problem(), [], "test", "")
    plan = planned(opened, time.time())
    with opened.database.write() as session:
        tickets.move(session, plan, [("a", 1)], "approved", "ada", back=False)
        waiting = runs.submit(session, RunSpec("solve", "case", 1, None, {"kind": "solve"}, 60.0), "test").id
    with pytest.raises(ConflictError, match="wait or are being done"), opened.database.write() as session:
        drop_instance(session, "case", "test")
    with opened.database.write() as session:
        runs.ask_cancel(session, waiting)
        assert drop_instance(session, "case", "test").runs == 2
        with pytest.raises(MissingError):
            drop_instance(session, "case", "test")
    with opened.database.read() as session:
        assert session.query(Run).count() == session.query(Version).count() == session.query(Instance).count() == 0
        assert audit.listed(session, "instances/case", None, 1)[0].action == "instance.drop"
    opened.database.engine.dispose()
    ended = orebook("prune", "--days", "30", "--home", tmp_path)
    assert (ended.returncode, "0 runs" in ended.stderr) == (0, True)


def test_keys_are_listed_and_taken_back_at_the_shell(tmp_path: Path) -> None:
    """Made with an end; listed by its id; taken back once. What is made is for its user alone."""
    home = tmp_path / "home"
    assert orebook("key", "desk", "--scope", "read", "--expires-days", "30", "--home", home).returncode == 0
    assert home.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in home.rglob("*")} == {0}
    line = orebook("keys", "list", "--home", home).stdout
    assert "  desk  read  made " in line
    assert "used never  expires 20" in line
    key = line.split()[0]
    assert orebook("keys", "revoke", key, "--home", home).returncode == 0
    assert orebook("keys", "revoke", key, "--home", home).returncode == 2
    assert "revoked 20" in orebook("keys", "list", "--home", home).stdout
