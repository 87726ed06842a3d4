"""A draft as changes of the what-if language, made to the instance that a plan was solved from."""

from __future__ import annotations

from orebook.changes import changed
from orebook.errors import InputError
from orebook.explanations.diff.cell_changes import pieces
from orebook.explanations.diff.input_changes import inputs
from orebook.explanations.diff.undo import undo
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.reading.text import fault

MAX_CELLS = 1_000


def changes_to(plan: Plan, drafted: Problem) -> tuple[str, ...]:
    """Changes that make the plan's instance the drafted one; cells first, all together, then rows and scalars.

    Raises InputError where none can say it, or it takes more than 1 000; then the draft has to be kept and solved.
    """
    base = plan.problem
    cells = [p for p in pieces(drafted.document, base.document) if p.column is not None]
    texts = (undo(drafted, base, cells) if cells else ()) or ()
    rest = inputs(drafted, changed(base, texts), plan.model, plan.model)
    found = [*texts, *(text for one in rest for text in one.undo or ())]
    unsaid = [one.name for one in rest if one.undo is None]
    if unsaid or len(found) > MAX_CELLS:
        why = f"no change can say {', '.join(unsaid[:3])}" if unsaid else f"it takes {len(found):,} changes"
        raise InputError([fault("draft", None, "not_sayable", f"{why}; keep it as a version, and solve that")])
    return tuple(found)
