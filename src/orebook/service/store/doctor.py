"""A store looked through: contents against their hashes, what names them, the audit's chain, the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from orebook.service.errors import ContentError
from orebook.service.store.audit import broken_at
from orebook.service.store.store import Store
from orebook.service.store.tables import File, Run, Version

YOUNG_S = 24 * 3600.0
"""Seconds for which a content that nothing names may be one that is just being stored."""


@dataclass
class Examined:
    """What was found: faults in words, contents that nothing names, and how many are sound."""

    faults: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    sound: int = 0


def examined(store: Store) -> Examined:
    """Look through a store, also while it is used; changes nothing."""
    found = Examined()
    with store.database.read() as session:
        if store.database.sqlite:
            said = [row[0] for row in session.execute(text("PRAGMA integrity_check(20)"))]
            found.faults += [f"database: {line}" for line in said if line != "ok"]
        if (row := broken_at(session)) is not None:
            found.faults.append(f"audit: row {row} does not follow from the one before it; it was changed from outside")
        there = set(store.blobs.keys())  # before the names are read: what is stored meanwhile is named by nothing yet
        named = dict(named_contents(session))
    for key, name in sorted(named.items(), key=lambda item: item[1]):
        try:
            store.blobs.path(key)
            found.sound += 1
        except ContentError as error:
            found.faults.append(f"{name}: {error}")
    found.orphans = sorted(there - named.keys())
    return found


def named_contents(session: Session) -> Iterator[tuple[str, str]]:
    """The hash of each content that the database names, and what it is."""
    for instance, number, key in session.execute(select(Version.instance_id, Version.number, Version.document)):
        yield key, f"instances/{instance} version {number}"
    for run_id, name, key in session.execute(select(File.run_id, File.name, File.sha256)):
        yield key, f"runs/{run_id}/{name}"
    for run_id, best in session.execute(select(Run.id, Run.best).where(Run.best.is_not(None))):
        assert best is not None
        yield best, f"runs/{run_id} best plan so far"


def swept(store: Store, orphans: list[str], young_s: float = YOUNG_S) -> int:
    """Take contents away that nothing names, and that are not young; how many."""
    old = []
    for key in orphans:
        try:
            if store.blobs.age_s(key) > young_s:
                old.append(key)
        except FileNotFoundError:
            continue
    for key in old:
        store.blobs.drop(key)
    return len(old)
