"""Plans opened and judged again for their pages; the last few are kept, as a plan never changes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from orebook.plan import Plan
from orebook.saved import PLAN_PARTS, plan_of
from orebook.service.context import Context
from orebook.service.store.tables import File

MOST = 16
_kept: OrderedDict[str, Plan] = OrderedDict()
_lock = Lock()


def opened(ctx: Context, plan_id: str) -> Plan:
    """The plan of a run that has one."""
    with ctx.store.database.read() as session:
        hashes = {name: session.get_one(File, (plan_id, name)).sha256 for name in PLAN_PARTS}
    key = " ".join(hashes.values())
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    plan = plan_of({name: ctx.store.blobs.get(sha).decode() for name, sha in hashes.items()})
    with _lock:
        _kept[key] = plan
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return plan
