"""`orebook verify` of a hedged plan: each future, that they decide together, and what follows from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from orebook.changes import changed
from orebook.cli.exit_status import PROVEN, REFUSED
from orebook.cli.output import refused, result, result_json
from orebook.errors import InputError
from orebook.files.hedge_folder import HEDGE_FILE, read_hedge, read_plans
from orebook.files.instances import read
from orebook.files.models import model_names, read_model
from orebook.hedge_verdict import HedgeVerdict, verify_hedge


def run_hedge(instance: Path, folder: Path, model: str | None, changes: Sequence[str], *, as_json: bool) -> int:
    """Judge every future; 0 where all hold together, 1 where something breaks or does not add up, 2 for bad input."""
    try:
        problem, document = changed(read(instance), changes), read_hedge(folder / HEDGE_FILE)
        plans = read_plans(folder, document)
        chosen = read_model(model or (document.model.name if document.model.name in model_names() else "weekly"))
        verdict = verify_hedge(problem, document, plans, chosen)
    except InputError as error:
        return refused(error.findings, as_json=as_json)
    if as_json:
        result_json(_as_json(verdict))
    else:
        _show(verdict)
    return PROVEN if verdict.ok else REFUSED


def _as_json(verdict: HedgeVerdict) -> dict[str, object]:
    apart = [{"rule": b.rule, "row": b.row, "by": float(b.by), "unit": b.unit, "says": b.says} for b in verdict.apart]
    return {
        "ok": verdict.ok,
        "futures": {name: v.as_json() for name, v in verdict.futures.items()},
        "apart": apart,
        "differences": [asdict(d) for d in verdict.differences],
    }


def _show(verdict: HedgeVerdict) -> None:
    for name, future in verdict.futures.items():
        for breach in future.breaches:
            result(f"{name}: broken: {breach.rule} {breach.row}: {breach.says}")
        for difference in future.differences:
            result(f"{name}: does not follow: {difference.says}")
    for breach in verdict.apart:
        result(f"not together: {breach.says}")
    for difference in verdict.differences:
        result(f"does not follow: {difference.says}")
    futures = len(verdict.futures)
    result(f"the hedged plan holds in {futures} futures" if verdict.ok else "the hedged plan does not hold")
