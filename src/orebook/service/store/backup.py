"""A store as one file, of one moment, written while it is used; and a store made of such a file, in either kind of database.

The rows are read in one transaction, and then the contents that they name, which are never changed: a tar of

    manifest.json         the form, the moment, the revision of the tables, rows of each table
    tables/NAME.jsonl     a row a line
    files/HASH            a content

Contents are checked against their hash on both ways.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, select

from orebook.service.errors import ContentError
from orebook.service.settings import Settings
from orebook.service.store.blobs import Blobs
from orebook.service.store.doctor import named_contents
from orebook.service.store.engine import Database
from orebook.service.store.store import Store
from orebook.service.store.tables import Base
from orebook.service.store.upgrade import is_known, revision_of, upgrade

FORM = "orebook/backup/1"
MANIFEST = "manifest.json"
LEFT_OUT = ("once",)
"""Answers to requests that may be sent again: of no use later."""


@dataclass(frozen=True)
class Backup:
    """What went into or came out of one."""

    rows: int
    contents: int
    missing: tuple[str, ...] = ()


def back_up(store: Store, path: Path) -> Backup:
    """Write a store to a new file, whole or not at all. Raises OSError where there is one, or it cannot be written."""
    if path.exists():
        raise OSError(f"{path} is there already; name a new file")
    fresh = path.with_name(f".new-{path.name}")
    with fresh.open("wb") as file:
        os.chmod(fresh, 0o600)
        try:
            with tarfile.open(fileobj=file, mode="w") as tar:
                done = _written(store, tar)
            file.flush()
            os.fsync(file.fileno())
            fresh.rename(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    return done


def _written(store: Store, tar: tarfile.TarFile) -> Backup:
    with store.database.snapshot() as session:
        connection, counts = session.connection(), dict[str, int]()
        for table in Base.metadata.sorted_tables:
            if table.name not in LEFT_OUT:
                lines = [_line(row) for row in connection.execute(select(table)).mappings()]
                counts[table.name] = len(lines)
                _add(tar, f"tables/{table.name}.jsonl", "".join(lines).encode())
        named = dict(named_contents(session))
        about = {"form": FORM, "at": time.time(), "revision": revision_of(connection), "rows": counts}
    missing = []
    for key, name in named.items():
        try:
            _add(tar, f"files/{key}", store.blobs.get(key))
        except ContentError as error:
            missing.append(f"{name}: {error}")
    _add(tar, MANIFEST, json.dumps(about | {"contents": len(named) - len(missing)}).encode())
    return Backup(sum(counts.values()), len(named) - len(missing), tuple(missing))


def _line(row: Any) -> str:
    return json.dumps(dict(row), allow_nan=False) + "\n"


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    part = tarfile.TarInfo(name)
    part.size, part.mtime, part.mode = len(content), int(time.time()), 0o600
    tar.addfile(part, io.BytesIO(content))


def restore(path: Path, settings: Settings) -> Backup:
    """Make a store of such a file, where there is none yet. Raises OSError where there is one, or the file is no backup."""
    try:
        with tarfile.open(path) as tar:
            about = json.loads(_read(tar, MANIFEST))
            if about["form"] != FORM or not is_known(about["revision"]):
                raise OSError(
                    f"{path} is of a newer orebook, or of another kind; restore it with the orebook that wrote it"
                )
            return _restored(tar, about, settings)
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise OSError(f"{path} is no backup, or a broken one: {error}") from None


def _restored(tar: tarfile.TarFile, about: dict[str, Any], settings: Settings) -> Backup:
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    blobs = Blobs(settings.home / "files")
    contents = 0
    for part in tar:
        if part.name.startswith("files/"):
            key = part.name.removeprefix("files/")
            if blobs.put(_content(tar, part)) != key:
                raise OSError(f"the content {key[:80]} in the backup is damaged; take another backup")
            contents += 1
    database = Database(settings.url, settings.busy_s)
    try:
        with database.engine.connect() as connection:
            if _is_used(connection):
                raise OSError("there is a store already, with runs or instances in it; name another --home or --store")
        upgrade(database, settings.home, about["revision"])
        with database.write() as session:
            rows = _filled(session.connection(), tar, about)
        upgrade(database, settings.home)
    finally:
        database.engine.dispose()
    return Backup(rows, contents)


def _filled(connection: Connection, tar: tarfile.TarFile, about: dict[str, Any]) -> int:
    """Put the rows into tables of the backup's revision, parents first; how many."""
    there, count = MetaData(), 0
    there.reflect(connection)
    for name in about["rows"]:
        table: Table = there.tables[name]
        rows = [json.loads(line) for line in _read(tar, f"tables/{name}.jsonl").decode().splitlines()]
        if len(rows) != about["rows"][name]:
            raise ValueError(f"of {about['rows'][name]} rows of {name} there are {len(rows)}")
        for k in range(0, len(rows), 500):
            connection.execute(table.insert(), rows[k : k + 500])
        count += len(rows)
    return count


def _is_used(connection: Connection) -> bool:
    there = MetaData()
    there.reflect(connection)
    return any(
        connection.execute(select(func.count()).select_from(there.tables[name])).scalar_one()
        for name in ("instances", "runs", "keys")
        if name in there.tables
    )


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    return _content(tar, tar.getmember(name))


def _content(tar: tarfile.TarFile, part: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(part)
    if file is None:
        raise ValueError(f"{part.name} is no file")
    return file.read()
