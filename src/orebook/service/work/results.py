"""A plan as the end of a run: its files, and the figures that lists show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orebook.explanations.answer_cache import facts_files
from orebook.plan import Plan
from orebook.report import files_of
from orebook.schema.facts import Fact
from orebook.service.work.task import Done


def planned(plan: Plan, reason: str = "", facts: Sequence[Fact] = (), more: Mapping[str, Any] | None = None) -> Done:
    """A run that ended with a plan, `optimal` or `feasible` as the plan is."""
    files = as_bytes({**files_of(plan, facts), **(facts_files(list(facts), ()) if facts else {})})
    why = (
        reason or plan.unaided or ("" if plan.status == "optimal" else "stopped before every stage was within the gap")
    )
    return Done(plan.status, why, {**figures_of(plan), **(more or {})}, files)


def figures_of(plan: Plan) -> dict[str, Any]:
    """What a list of plans shows of one; money in USD."""
    document = plan.document
    return {
        "status": plan.status,
        "audited": plan.audit,
        "repeatable": document.repeatable,
        "instance_digest": document.instance.digest,
        "changes": list(document.instance.changes),
        "model": document.model.name,
        "tickets": len(document.tickets),
        "cash_usd": document.costs.cash_usd,
        "total_usd": document.costs.total_usd,
        "targets": len(document.cover),
        "targets_missed": len(plan.missed),
        "given_up": len(document.given_up),
        "stages": [s.model_dump(mode="json") for s in document.stages],
        "measures": {stage: float(value) for stage, value in plan.judgement.measures.items()},
    }


def as_bytes(files: Mapping[str, bytes | str]) -> dict[str, bytes]:
    """Files as they are kept."""
    return {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}
