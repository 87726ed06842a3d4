"""The store brought to the tables that this version knows; safe to ask for by several processes at once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from orebook.service.store.engine import Database

LOCK = 0x6F726562
"""The advisory lock that holds others off on PostgreSQL."""


def upgrade(database: Database, home: Path) -> None:
    """Create or upgrade every table. Raises alembic's CommandError where the store is of a newer version."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    with _alone(database, home), database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


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
