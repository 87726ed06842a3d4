"""Keys of the API: the secret is shown once, and only its hash is kept. It is random, so that no salt is needed."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from orebook.service.store.audit import note
from orebook.service.store.tables import Key
from orebook.service.times import moment

PREFIX = "ob_"


def make(
    session: Session,
    name: str,
    scopes: Sequence[str],
    who: str,
    *,
    expires_at: float | None = None,
    owner: str | None = None,
) -> tuple[Key, str]:
    """A key and its secret, such as ob_2f1c..._..., whose first part is the key's id.

    `expires_at`: until when, in seconds since 1970. `owner`: whose log-in it is.
    """
    key_id, rest = secrets.token_hex(6), secrets.token_urlsafe(32)
    secret = f"{PREFIX}{key_id}_{rest}"
    key = Key(
        id=key_id,
        name=name,
        hash=_hash(secret),
        scopes=sorted(scopes),
        at=time.time(),
        expires_at=expires_at,
        owner=owner,
    )
    session.add(key)
    if owner is None:  # a log-in is told as one
        note(session, who, "key.make", f"keys/{key_id}", name=name, scopes=sorted(scopes), expires=moment(expires_at))
    return key, secret


def found(session: Session, secret: str) -> Key | None:
    """The key of a secret that was neither revoked nor has expired."""
    if not secret.startswith(PREFIX):
        return None
    key = session.get(Key, secret.removeprefix(PREFIX).partition("_")[0][:16])
    if key is None or not _is_open(key) or not secrets.compare_digest(key.hash, _hash(secret)):
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
    """Those that are there, were not revoked and have not expired."""
    return {key.id for key in session.scalars(select(Key).where(Key.id.in_(key_ids))) if _is_open(key)}


def note_use(session: Session, used: Mapping[str, float]) -> None:
    """Keep when keys were last used, by their ids."""
    for key_id, at in used.items():
        session.execute(update(Key).where(Key.id == key_id).values(used_at=at))


def drop_ended(session: Session, before: float) -> None:
    """Forget log-ins that ended before a moment; keys stay, for the audit names them."""
    session.execute(delete(Key).where(Key.owner.is_not(None), Key.expires_at < before))


def listed(session: Session) -> Sequence[Key]:
    """Every key, the oldest first."""
    return session.scalars(select(Key).order_by(Key.at)).all()


def any_there(session: Session) -> bool:
    """Whether there is a key that opens something."""
    return any(_is_open(key) for key in session.scalars(select(Key).where(Key.revoked_at.is_(None))))


def _is_open(key: Key) -> bool:
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > time.time())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
