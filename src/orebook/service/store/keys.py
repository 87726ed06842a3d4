"""Keys of the API: the secret is shown once, and only its hash is kept. It is random, so that no salt is needed."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from orebook.service.store.audit import note
from orebook.service.store.tables import Key

PREFIX = "ob_"


def make(session: Session, name: str, scopes: Sequence[str], who: str) -> tuple[Key, str]:
    """A key and its secret, such as ob_2f1c..._..., whose first part is the key's id."""
    key_id, rest = secrets.token_hex(6), secrets.token_urlsafe(32)
    secret = f"{PREFIX}{key_id}_{rest}"
    key = Key(id=key_id, name=name, hash=_hash(secret), scopes=sorted(scopes), at=time.time(), revoked_at=None)
    session.add(key)
    note(session, who, "key.make", f"keys/{key_id}", name=name, scopes=sorted(scopes))
    return key, secret


def found(session: Session, secret: str) -> Key | None:
    """The key of a secret that was not revoked."""
    if not secret.startswith(PREFIX):
        return None
    key = session.get(Key, secret.removeprefix(PREFIX).partition("_")[0][:16])
    if key is None or key.revoked_at is not None or not secrets.compare_digest(key.hash, _hash(secret)):
        return None
    return key


def revoke(session: Session, key_id: str, who: str) -> bool:
    """Take a key back; False where there is none, or it was."""
    key = session.get(Key, key_id)
    if key is None or key.revoked_at is not None:
        return False
    key.revoked_at = time.time()
    note(session, who, "key.revoke", f"keys/{key_id}", name=key.name)
    return True


def still_open(session: Session, key_ids: Sequence[str]) -> set[str]:
    """Those that are there and were not revoked."""
    return set(session.scalars(select(Key.id).where(Key.id.in_(key_ids), Key.revoked_at.is_(None))))


def listed(session: Session) -> Sequence[Key]:
    """Every key, the oldest first."""
    return session.scalars(select(Key).order_by(Key.at)).all()


def any_there(session: Session) -> bool:
    """Whether there is a key that was not revoked."""
    return session.scalars(select(Key.id).where(Key.revoked_at.is_(None)).limit(1)).first() is not None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
