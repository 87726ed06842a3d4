"""Keys of the API: made, listed, revoked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from orebook.schema.base import Frozen
from orebook.service.actions.keys import list_keys, make_key, revoke_key
from orebook.service.routes.common import refusals
from orebook.service.views.models import KeyOut, NewKeyOut
from orebook.service.web.context import Ctx
from orebook.service.web.parameters import PLAIN
from orebook.service.web.permissions import LOCAL, Admin
from orebook.service.web.permissions import Scope as ScopeName
from orebook.service.web.problem_details import ProblemError
from orebook.service.web.responses import Page

router = APIRouter(prefix="/v1/keys", tags=["keys"])


class KeyIn(Frozen):
    """A key to make."""

    name: str = Field(min_length=1, max_length=80, pattern=PLAIN, examples=["planning desk"])
    scopes: Annotated[tuple[ScopeName, ...], Field(min_length=1, max_length=8)] = Field(examples=[["read", "plan"]])
    expires_days: Annotated[float, Field(strict=True, gt=0, le=3_660)] | None = Field(
        None, description="after so many days it opens nothing any more; without, it opens until it is taken back"
    )


@router.post("", status_code=201, responses=refusals())
def make(ctx: Ctx, who: Admin, body: KeyIn) -> NewKeyOut:
    """Make a key; the answer is the only place where its secret is shown. Where nobody is asked who they are, none is made."""
    if who is LOCAL:
        says = "Keys are made with `orebook key`, at the machine's shell, or by a key that may."
        raise ProblemError(403, "open-door", "No keys are made here", says)
    with ctx.store.database.write() as session:
        return make_key(session, body.name, body.scopes, who.name, body.expires_days)


@router.get("", responses=refusals())
def list_all(ctx: Ctx, who: Admin) -> Page[KeyOut]:
    """Every key, without secrets."""
    with ctx.store.database.read() as session:
        return Page(items=list_keys(session))


@router.delete("/{key_id}", status_code=204, responses=refusals(404, 409))
def revoke(ctx: Ctx, who: Admin, key_id: Annotated[str, Path(pattern=r"^[0-9a-f]{12}$")]) -> None:
    """Take a key back; it opens nothing from now on."""
    with ctx.store.database.write() as session:
        revoke_key(session, key_id, who.name, who.key_id)
