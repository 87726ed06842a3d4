"""The store brought to the tables that this version knows; safe to ask for by several processes at once."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from orebook.service.store.engine import Database

LOCK = 0x6F726562
"""The advisory lock that holds others off on PostgreSQL."""
OURS = ("instances", "runs")


def upgrade(database: Database, home: Path, to: str = "head") -> None:
    """Create or upgrade every table. Raises OSError where the store is of a newer version, or is no store of orebook's.

    On SQLite a copy of the database as it was is left beside it, `orebook-before-REVISION.db`: with that in its place the
    version before goes on.
    """
    config = _config()
    with _alone(database, home), database.engine.connect() as connection:
        now = revision_of(connection)
        _refuse(connection, now)
        if now is not None and database.sqlite and not _is_newest(now, to):
            _copied(home / "orebook.db", home / f"orebook-before-{now}.db")
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        connection.commit()


def revision_of(connection: Connection) -> str | None:
    """That of the tables; None where there are none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this version knows the revision."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    return config


def _is_newest(revision: str, to: str) -> bool:
    return revision == (ScriptDirectory.from_config(_config()).get_current_head() if to == "head" else to)


def _refuse(connection: Connection, revision: str | None) -> None:
    if revision is not None and not is_known(revision):
        raise OSError(
            f"the store was written by a newer orebook (its tables are at {revision}, which this one does not know); "
            "run that version, or restore a backup from before"
        )
    there = set(inspect(connection).get_table_names())
    if revision is None and there.intersection(OURS):
        raise OSError(
            "the database has tables of these names that are not orebook's; give the service a database of its own"
        )


def _copied(path: Path, to: Path) -> None:
    """One moment of a SQLite database, also while others write."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as target:
        os.chmod(to, 0o600)
        source.backup(target)


@contextmanager
def _alone(database: Database, home: Path) -> Iterator[None]:
    if database.sqlite:
        with (home / ".upgrade.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    else:
        with database.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
