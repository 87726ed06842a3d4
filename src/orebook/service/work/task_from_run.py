"""From a run in the store to the task that its process gets."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from orebook.files.plan_folder import ANSWERS_FILE, DROPPED_FILE, FACTS_FILE, PLAN_PARTS
from orebook.service.runs.report_run import find_report_run
from orebook.service.runs.run_requests import RUN_REQUEST, CompareRequest, ReportRequest
from orebook.service.settings import Settings
from orebook.service.store import runs
from orebook.service.store.store import Store
from orebook.service.store.tables import Run, Version
from orebook.service.work.task import Task

NEEDED = (*PLAN_PARTS, ANSWERS_FILE)
FOUND_OUT = (FACTS_FILE, DROPPED_FILE)


def task_of(store: Store, run: Run, settings: Settings) -> Task:
    """The task, with the texts of the instance and of the plans that it needs."""
    request = RUN_REQUEST.validate_python(run.asked)
    plans = [run.plan] if run.plan else []
    plans += [request.against] if isinstance(request, CompareRequest) else []
    with store.database.read() as session:
        version = session.get_one(Version, (run.instance_id, run.version))
        texts = {plan: _texts(store, session, plan, NEEDED) for plan in plans}
        if isinstance(request, ReportRequest) and run.plan and (whole := find_report_run(session, run.plan)):
            texts[run.plan] |= _texts(store, session, whole.id, FOUND_OUT)
        return Task(
            run_id=run.id,
            request=request,
            document=store.blobs.get(version.document).decode(),
            plans=texts,
            base=run.plan,
            best=None if run.best is None else json.loads(store.blobs.get(run.best)),
            memory_mb=settings.memory_mb,
        )


def _texts(store: Store, session: Session, run_id: str, names: tuple[str, ...]) -> dict[str, str]:
    return {f.name: store.blobs.get(f.sha256).decode() for f in runs.files(session, run_id) if f.name in names}
