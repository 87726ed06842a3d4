"""Plans opened and judged again for their pages; the last few are kept, as a plan never changes."""

from __future__ import annotations

from orebook.files.plan_folder import PLAN_PARTS, plan_of
from orebook.plan import Plan
from orebook.service.caches import cached
from orebook.service.context import Context
from orebook.service.runs.hedge_files import future_file
from orebook.service.store.blobs import Blobs
from orebook.service.store.tables import File
from orebook.workbench.plan_parts import Parts, parts_of

MAX_PLANS = 16


def opened(ctx: Context, plan_id: str) -> Plan:
    """The plan of a run that has one."""
    return _plan(ctx.store.blobs, _hashes(ctx, plan_id))


def parts(ctx: Context, plan_id: str) -> Parts:
    """What the page of the plan shows of it."""
    return _parts(ctx.store.blobs, _hashes(ctx, plan_id))


def future_parts(ctx: Context, run_id: str, number: int) -> Parts:
    """The same of the plan of a future, by its place in hedge.json from 1 on, of a run that has a hedged plan."""
    return _parts(ctx.store.blobs, _hashes(ctx, run_id, (future_file(number), *PLAN_PARTS[1:])))


def _hashes(ctx: Context, run_id: str, names: tuple[str, ...] = PLAN_PARTS) -> tuple[str, ...]:
    """Of a plan's parts, in the order of `PLAN_PARTS`, by their names among the run's files."""
    with ctx.store.database.read() as session:
        return tuple(session.get_one(File, (run_id, name)).sha256 for name in names)


@cached("plans", MAX_PLANS)
def _plan(blobs: Blobs, hashes: tuple[str, ...]) -> Plan:
    return plan_of({name: blobs.get(sha).decode() for name, sha in zip(PLAN_PARTS, hashes, strict=True)})


@cached("plan_pages", MAX_PLANS)
def _parts(blobs: Blobs, hashes: tuple[str, ...]) -> Parts:
    return parts_of(_plan(blobs, hashes))
