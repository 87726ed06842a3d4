"""The end of a next week: the moved instance is stored as a version in the same transaction."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy.orm import Session

from orebook.files.instances import inspect_json
from orebook.service.store import instances, runs
from orebook.service.store.runs import End
from orebook.service.store.store import Store
from orebook.service.store.tables import Run
from orebook.service.work.task import NEXT_INSTANCE, Done


def end_moved(session: Session, store: Store, run: Run, ended: Done, end: End) -> bool:
    """End it with the version that came of it; failed where the instance has got another version meanwhile."""
    newest = instances.latest(session, run.instance_id)
    if newest is None or newest.number != run.version:
        return runs.end(session, run, End("failed", "the instance was changed meanwhile; nothing was moved"))
    problem, findings = inspect_json(json.loads(ended.files[NEXT_INSTANCE]))
    if problem is None:
        why = "; ".join(map(str, findings[:3]))
        return runs.end(session, run, End("failed", f"the instance cannot be moved on: {why}"))
    if not runs.end(session, run, replace(end, result={**end.result, "version": newest.number + 1})):
        return False
    note = f"the week after plan {run.plan}"
    instances.add(session, store.blobs, run.instance_id, problem, findings, run.by, note)
    return True
