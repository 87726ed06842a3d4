"""The database: SQLite in a file (WAL) or PostgreSQL by its address, and sessions to read and to write in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


class Database:
    """An engine, and what differs between the two kinds of database."""

    def __init__(self, url: str, busy_s: float = 20.0) -> None:
        self.url = url
        self.sqlite = url.startswith("sqlite")
        self.engine: Engine = create_engine(url, pool_size=16, max_overflow=32, pool_pre_ping=not self.sqlite)
        if self.sqlite:
            event.listen(self.engine, "connect", partial(_prepared, round(1000 * busy_s)))
            event.listen(self.engine, "begin", _begun)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of everything and changes nothing."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that sees one moment, however long it reads and whatever others write meanwhile."""
        level = {} if self.sqlite else {"isolation_level": "REPEATABLE READ"}
        with Session(self.engine.execution_options(**level)) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are all made at its end, or none."""
        writing = self.engine.execution_options(writes=True)
        with Session(writing, expire_on_commit=False) as session, session.begin():
            yield session


def _prepared(busy_ms: int, connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is said by `_begun`, and by nobody else
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={busy_ms}"):
        connection.execute(f"PRAGMA {setting}")


def _begun(connection: Connection) -> None:
    """A writer takes its lock at once: one that read first could be refused it later."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_busy(error: DBAPIError) -> bool:
    """Whether the database may well answer the same request in a while: it is locked, full, or not to be reached."""
    said = str(error.orig).lower()
    return error.connection_invalidated or any(
        word in said for word in ("locked", "busy", "disk", "full", "readonly", "connect", "closed", "terminat", "shut")
    )
