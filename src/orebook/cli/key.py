"""`orebook key`: a key of the API, whose secret is shown this once."""

from __future__ import annotations

from pathlib import Path

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import result, say


def run(name: str, scopes: list[str], home: Path | None, store: str | None) -> int:
    """Make it and print its secret; 2 where the service is not installed or the store cannot be opened."""
    try:
        from sqlalchemy.exc import OperationalError

        from orebook.service.settings import Settings
        from orebook.service.store import keys
        from orebook.service.store.store import Store
    except ModuleNotFoundError as error:
        say(f"error: the service is not installed; pip install 'orebook[service]' ({error.name})")
        return BAD_INPUT
    given = {"home": home, "store": store}
    try:
        opened = Store.of(Settings(**{k: v for k, v in given.items() if v is not None}))  # type: ignore[arg-type]
        with opened.database.write() as session:
            key, secret = keys.make(session, name, scopes, "command line")
    except (OSError, OperationalError) as error:
        say(f"error: {error}")
        return BAD_INPUT
    say(f"key {key.id} of {name}, for {', '.join(key.scopes)}; its secret is shown this once:")
    result(secret)
    return 0
