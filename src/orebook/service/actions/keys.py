"""Keys of the API: made, listed, taken back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from orebook.service.errors import ConflictError, missing
from orebook.service.store import keys
from orebook.service.store.tables import Key
from orebook.service.times import moment
from orebook.service.views.models import KeyOut, NewKeyOut


def make_key(session: Session, name: str, scopes: Sequence[str], who: str) -> NewKeyOut:
    """Make a key; its secret is known here and never again."""
    key, secret = keys.make(session, name, sorted({*scopes}), who)
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


def _view(key: Key) -> KeyOut:
    return KeyOut(id=key.id, name=key.name, scopes=key.scopes, at=moment(key.at), revoked_at=moment(key.revoked_at))
