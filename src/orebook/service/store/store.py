"""The store as everything else uses it: its database, its files, opened and up to date."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.service.settings import Settings
from orebook.service.store.alive import Alive
from orebook.service.store.blobs import Blobs
from orebook.service.store.engine import Database
from orebook.service.store.upgrade import upgrade


@dataclass(frozen=True)
class Store:
    """A database, a folder of files, and which workers live."""

    database: Database
    blobs: Blobs
    alive: Alive

    @classmethod
    def of(cls, settings: Settings) -> Store:
        """The store of these settings, created where it is not there and upgraded where it is old."""
        settings.home.mkdir(parents=True, exist_ok=True)
        database = Database(settings.url, settings.busy_s)
        upgrade(database, settings.home)
        return cls(database, Blobs(settings.home / "files"), Alive(settings.home / "alive"))
