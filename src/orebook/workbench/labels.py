"""What the service calls by a short name, in the planner's words; and moments as people read them."""

from __future__ import annotations

import time

from orebook.schema.stages import STAGES

STAGE_LABELS = {
    **{name: kind.label for name, kind in STAGES.items()},
    "audit": "audit of the proof",
    "futures": "each future by itself, then all together",
}
RUN_KINDS = {
    "solve": "Solve",
    "hedge": "Hedged plan",
    "whatif": "What-if",
    "sweep": "Sweep",
    "explain": "Explanation",
    "compare": "Comparison",
    "report": "Report",
    "next-week": "Next week",
}
_STEPS = ((86_400.0, "day"), (3_600.0, "hour"), (60.0, "minute"))


def ago(at: float | None) -> str:
    """How long ago a moment was, roughly: 3 hours ago; just now."""
    if at is None:
        return ""
    passed = time.time() - at
    for seconds, name in _STEPS:
        if passed >= seconds:
            count = int(passed / seconds)
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return "just now"
