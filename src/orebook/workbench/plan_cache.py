"""Plans opened and judged again for their pages; the last few are kept, as a plan never changes."""

from __future__ import annotations

from functools import lru_cache

from orebook.files.plan_folder import PLAN_PARTS, plan_of
from orebook.plan import Plan
from orebook.service.store.blobs import Blobs
from orebook.service.store.tables import File
from orebook.service.web.context import Context
from orebook.workbench.plan_parts import Parts, parts_of

MAX_PLANS = 16


def opened(ctx: Context, plan_id: str) -> Plan:
    """The plan of a run that has one."""
    return _plan(ctx.store.blobs, _hashes(ctx, plan_id))


def parts(ctx: Context, plan_id: str) -> Parts:
    """What the page of the plan shows of it."""
    return _parts(ctx.store.blobs, _hashes(ctx, plan_id))


def _hashes(ctx: Context, plan_id: str) -> tuple[str, ...]:
    with ctx.store.database.read() as session:
        return tuple(session.get_one(File, (plan_id, name)).sha256 for name in PLAN_PARTS)


@lru_cache(maxsize=MAX_PLANS)
def _plan(blobs: Blobs, hashes: tuple[str, ...]) -> Plan:
    return plan_of({name: blobs.get(sha).decode() for name, sha in zip(PLAN_PARTS, hashes, strict=True)})


@lru_cache(maxsize=MAX_PLANS)
def _parts(blobs: Blobs, hashes: tuple[str, ...]) -> Parts:
    return parts_of(_plan(blobs, hashes))
