"""Keys of the API: made, listed, revoked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from orebook.schema.base import Frozen
from orebook.service.routes.common import refusals
from orebook.service.store import keys
from orebook.service.store.tables import Key
from orebook.service.times import moment
from orebook.service.web.context import Ctx
from orebook.service.web.permissions import Admin
from orebook.service.web.permissions import Scope as ScopeName
from orebook.service.web.problem_details import ProblemError, not_found
from orebook.service.web.responses import KeyOut, NewKeyOut, Page

router = APIRouter(prefix="/v1/keys", tags=["keys"])


class KeyIn(Frozen):
    """A key to make."""

    name: str = Field(min_length=1, max_length=80, examples=["planning desk"])
    scopes: Annotated[tuple[ScopeName, ...], Field(min_length=1, max_length=8)] = Field(examples=[["read", "plan"]])


@router.post("", status_code=201, responses=refusals())
def make(ctx: Ctx, who: Admin, asked: KeyIn) -> NewKeyOut:
    """Make a key; the answer is the only place where its secret is shown."""
    with ctx.store.database.write() as session:
        key, secret = keys.make(session, asked.name, sorted({*asked.scopes}), who.name)
    return NewKeyOut(**_out(key).model_dump(), secret=secret)


@router.get("", responses=refusals())
def list_all(ctx: Ctx, who: Admin) -> Page[KeyOut]:
    """Every key, without secrets."""
    with ctx.store.database.read() as session:
        return Page(items=[_out(key) for key in keys.listed(session)])


@router.delete("/{key_id}", status_code=204, responses=refusals(404, 409))
def revoke(ctx: Ctx, who: Admin, key_id: Annotated[str, Path(pattern=r"^[0-9a-f]{12}$")]) -> None:
    """Take a key back; it opens nothing from now on."""
    if key_id == who.key_id:
        says = "A key cannot take itself back, so that nobody locks the last door from outside; use another."
        raise ProblemError(409, "own-key", "It is the key that asks", says)
    with ctx.store.database.write() as session:
        if not keys.revoke(session, key_id, who.name):
            raise not_found(f"The key {key_id}")


def _out(key: Key) -> KeyOut:
    return KeyOut(id=key.id, name=key.name, scopes=key.scopes, at=moment(key.at), revoked_at=moment(key.revoked_at))
