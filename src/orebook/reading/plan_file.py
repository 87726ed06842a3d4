"""plan.json: as JSON says it, or every fault with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from orebook.findings import Finding
from orebook.reading.nested import validated
from orebook.reading.text import fault, text_of
from orebook.schema.plan import PlanDocument


def plan_of(path: Path) -> tuple[PlanDocument | None, list[Finding]]:
    """The plan in a file, or its faults. NaN and Infinity, which Python would let pass, are faults where they stand."""
    text = text_of(path)
    if isinstance(text, Finding):
        return None, [text]
    try:
        content = json.loads(text, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        return None, [fault(path.name, error.lineno, "not_json", f"is not JSON: {error.msg} (column {error.colno})")]
    except (ValueError, RecursionError) as error:
        return None, [fault(path.name, None, "not_json", f"cannot be read as JSON: {error}")]
    if not isinstance(content, dict):
        return None, [fault(path.name, None, "not_json", "is not a JSON object; a plan is one with the key tickets")]
    return validated(path.name, PlanDocument, content)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'key "{twice}" stands twice in one object; keep one')
    return dict(pairs)
