"""Hedged plans: one looked at, those of an instance listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from orebook.schema.hedge import HedgeDocument
from orebook.service.context import Context
from orebook.service.runs.documents import document, hedge_document
from orebook.service.runs.lookups import find_hedge, find_version
from orebook.service.store import runs
from orebook.service.store.blobs import Blobs
from orebook.service.store.tables import WITH_PLAN, File, Run, Version
from orebook.service.views.models import RunOut
from orebook.service.views.serializers import run_out, runs_out

OF_FUTURES = ("futures", "future_changes")
"""Tables that a hedged plan hangs on, and no other plan: an instance's digest leaves them out."""


@dataclass(frozen=True)
class Hedge:
    """The run of a hedged plan, what came of it, and whether the instance has changed since."""

    run: RunOut
    document: HedgeDocument
    stale: bool


def hedge_view(session: Session, ctx: Context, run_id: str) -> Hedge:
    """A hedged plan. Raises MissingError, also for a run that ended without one."""
    run = find_hedge(session, run_id)
    file = session.get_one(File, (run_id, "hedge.json"))
    newest, mine = (find_version(session, run.instance_id, number) for number in (None, run.version))
    blobs = ctx.store.blobs
    return Hedge(run_out(session, run), hedge_document(blobs, file.sha256), _differ(blobs, newest, mine))


def list_hedges(session: Session, instance_id: str, most: int) -> list[RunOut]:
    """The newest runs of an instance that ended with a hedged plan."""
    there = [Run.instance_id == instance_id, Run.kind == "hedge", Run.state.in_(WITH_PLAN)]
    return runs_out(session, runs.listed(session, there, None, most))


def _differ(blobs: Blobs, newest: Version, mine: Version) -> bool:
    if newest.digest != mine.digest:
        return True
    found: Sequence[list[tuple[object, ...]]] = [
        [tuple(document(blobs, of.document).rows(table)) for table in OF_FUTURES] for of in (newest, mine)
    ]
    return found[0] != found[1]
