"""`orebook key` and `orebook keys`: keys of the API made, listed and taken back at the machine's shell."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import result, say
from orebook.cli.store_command import existing, with_settings

if TYPE_CHECKING:
    from orebook.service.settings import Settings

WHO = "command line"
DAY_S = 24 * 3600.0


def run(name: str, scopes: list[str], home: Path | None, store: str | None, expires_days: float | None = None) -> int:
    """Make one and print its secret."""

    def work(settings: Settings) -> int:
        from orebook.service.store import keys
        from orebook.service.store.store import Store

        expires_at = None if expires_days is None else time.time() + DAY_S * expires_days
        with Store.of(settings).database.write() as session:
            key, secret = keys.make(session, name, scopes, WHO, expires_at=expires_at)
        say(f"key {key.id} of {name}, for {', '.join(key.scopes)}; its secret is shown this once:")
        result(secret)
        return 0

    return with_settings(work, home=home, store=store)


def list_keys(home: Path | None, store: str | None) -> int:
    """A line a key and log-in: id, name, scopes, and when it was made, last used, and ends or ended."""

    def work(settings: Settings) -> int:
        from orebook.service.actions.keys import list_keys
        from orebook.service.store.store import Store

        existing(settings)
        with Store.of(settings).database.read() as session:
            for key in list_keys(session):
                ends = f"revoked {key.revoked_at}" if key.revoked_at else f"expires {key.expires_at or 'never'}"
                used = f"used {key.used_at or 'never'}"
                result(f"{key.id}  {key.name}  {','.join(key.scopes)}  made {key.at}  {used}  {ends}")
        return 0

    return with_settings(work, home=home, store=store)


def revoke(key_id: str, home: Path | None, store: str | None) -> int:
    """Take one back: what it has open is closed within a second."""

    def work(settings: Settings) -> int:
        from orebook.service.store import keys
        from orebook.service.store.store import Store

        existing(settings)
        with Store.of(settings).database.write() as session:
            if keys.revoke(session, key_id, WHO):
                say(f"key {key_id} opens nothing any more")
                return 0
        say(f"error: there is no key {key_id}, or it was taken back; `orebook keys list` shows them")
        return BAD_INPUT

    return with_settings(work, home=home, store=store)
