"""Keys of the API: made, listed, taken back."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from orebook.service.context import Context
from orebook.service.errors import ConflictError, missing
from orebook.service.store import keys
from orebook.service.store.tables import Key
from orebook.service.times import moment
from orebook.service.views.models import KeyOut, NewKeyOut

DAY_S = 24 * 3600.0


def make_key(
    session: Session, name: str, scopes: Sequence[str], who: str, expires_days: float | None = None
) -> NewKeyOut:
    """Make a key; its secret is known here and never again. Without days it opens until it is taken back."""
    expires_at = None if expires_days is None else time.time() + DAY_S * expires_days
    key, secret = keys.make(session, name, sorted({*scopes}), who, expires_at=expires_at)
    return NewKeyOut(**_view(key).model_dump(), secret=secret)


def list_keys(session: Session) -> list[KeyOut]:
    """Every key, without secrets."""
    return [_view(key) for key in keys.listed(session)]


def revoke_key(session: Session, key_id: str, who: str, own: str | None) -> None:
    """Take a key back. Raises MissingError, and ConflictError for `own`, the key of whoever asks."""
    if key_id == own:
        says = "A key cannot take itself back, so that nobody locks the last door from outside; use another."
        raise ConflictError("own-key", "It is the key that asks", says)
    if not keys.revoke(session, key_id, who):
        raise missing(f"The key {key_id}")


def open_keys(session: Session, key_ids: Sequence[str]) -> set[str]:
    """Those of the keys that open something still."""
    return keys.still_open(session, key_ids)


def note_use(ctx: Context, used: Mapping[str, float]) -> None:
    """Keep when keys were last used, by their ids."""
    with ctx.store.database.write() as session:
        keys.note_use(session, used)


def _view(key: Key) -> KeyOut:
    return KeyOut(
        id=key.id,
        name=key.name,
        scopes=key.scopes,
        at=moment(key.at),
        expires_at=moment(key.expires_at),
        used_at=moment(key.used_at),
        revoked_at=moment(key.revoked_at),
        owner=key.owner,
    )
