"""What to order before anyone knows which future comes: hedge.json, what is ordered now, each future's plan, all as a zip."""

from __future__ import annotations

from typing import Any

from orebook.changes import changed
from orebook.files.archive import zipped
from orebook.files.hedge_folder import HEDGE_FILE
from orebook.files.models import read_model
from orebook.files.plan_folder import INSTANCE_FILE, MODEL_FILE, instance_json, model_json
from orebook.hedged import HedgedPlan
from orebook.plan_tables import csv_bytes
from orebook.report import files_of_hedge
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.service.runs.hedge_files import FOLDER_FILE, NOW_FILE, future_file
from orebook.service.runs.run_requests import HedgeRequest
from orebook.service.work.progress import ProgressJson
from orebook.service.work.results import as_bytes
from orebook.service.work.solve import problem_in
from orebook.service.work.task import Done, ParentChannel, Task
from orebook.solver.hedge.solving import solve_hedge
from orebook.solver.options import Options


def work(task: Task, request: HedgeRequest, channel: ParentChannel) -> Done:
    """Solve and audit. Raises as `orebook.hedge` does; after a stop the plans that there are by then."""
    problem = changed(problem_in(task), request.changes)
    model = problem.governing(request.model if isinstance(request.model, Model) else read_model(request.model))
    options = Options.of(model, gap=request.gap, time_limit_s=request.time_limit_s, audit=request.audit)
    risk, listener = RiskMeasure(request.tail, request.tail_weight), ProgressJson(channel.progress).listener()
    hedged = solve_hedge(problem, model, options, risk, channel.stop, listener)
    why = "" if hedged.status == "optimal" else "stopped before every stage was within the gap"
    return Done(hedged.status, why, figures_of(hedged), as_bytes(_files(hedged)))


def figures_of(hedged: HedgedPlan) -> dict[str, Any]:
    """What a list of runs shows of one: what is ordered now, and what that is worth; money in USD."""
    document = hedged.document
    return {
        "status": hedged.status,
        "audited": document.audited,
        "instance_digest": document.instance.digest,
        "changes": list(document.instance.changes),
        "model": document.model.name,
        "risk": document.risk.model_dump(mode="json"),
        "now_weeks": document.now_weeks,
        "tickets": len(hedged.now),
        "now": [{"offer": t.offer, "week": t.week, "tonnes": t.tonnes} for t in hedged.now],
        "order_cash_usd": sum(t.order_cash_usd for t in hedged.now),
        "stages": [s.model_dump(mode="json") for s in document.stages],
        "worth": None if document.worth is None else document.worth.model_dump(mode="json"),
        "futures": [
            {"future": f.future, "probability": f.probability, "known_week": f.known_week, "plan": future_file(n)}
            for n, f in enumerate(document.futures, 1)
        ],
    }


def _files(hedged: HedgedPlan) -> dict[str, bytes | str]:
    """The folder as a zip; of what is in it by name what pages and programs read one by one."""
    plans = {future_file(n): hedged.plans[f.future].to_json() for n, f in enumerate(hedged.document.futures, 1)}
    now = [t.model_dump(mode="json", exclude={"lost", "paid_usd", "refunded_usd"}) for t in hedged.now]
    return {
        HEDGE_FILE: hedged.to_json(),
        NOW_FILE: csv_bytes(now),
        INSTANCE_FILE: instance_json(hedged.main),
        MODEL_FILE: model_json(hedged.main),
        **plans,
        FOLDER_FILE: zipped(files_of_hedge(hedged)),
    }
