"""The migrations make the tables that the code knows, on both databases, however many processes ask at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from orebook.service.settings import Settings
from orebook.service.store.engine import Database
from orebook.service.store.tables import Base
from orebook.service.store.upgrade import upgrade
from tests.service.postgres import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty one."""
    if request.param == "sqlite":
        opened = Database(Settings(home=tmp_path).url)
        yield opened
        opened.engine.dispose()
    else:
        with postgres() as address:
            opened = Database(Settings(store=address).url)
            yield opened
            opened.engine.dispose()


def test_the_tables_are_those_of_the_code(database: Database, tmp_path: Path) -> None:
    """Four at once upgrade an empty database, and again; then nothing differs from the models."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _n: upgrade(database, tmp_path), range(4)))
    upgrade(database, tmp_path)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
        assert {*Base.metadata.tables, "alembic_version"} == set(inspect(connection).get_table_names())
