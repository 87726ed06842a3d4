"""Models patched for a change, held against the same built from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from orebook.errors import InputError
from orebook.formulation.build import RULES
from orebook.problem import Problem
from orebook.schema.document import TABLES
from orebook.schema.model import Model
from orebook.solver.run import patch
from orebook.solver.run.built_model import BuiltModel
from tests.drawn import problems

EVERYTHING = Model.model_validate(
    {
        "name": "everything",
        "rules": {rule: {"level": "contract"} for rule in RULES},
        "stages": [{"stage": s} for s in ("unmet", "fair", "cover", "cost", "value", "changes")],
    }
)
VALUES = ("+10%", "-10%", "*1.5", "+1", "-1", "none", "0", "2", "7.5", "yes", "no")


def figures(built: BuiltModel) -> dict[str, Any]:
    """All that a model says, by names alone."""
    m, names = built.matrix, {k: key for key, k in built.columns.items()}
    rows: dict[Any, Any] = {}
    for key, k in built.rows.items():
        own = slice(m.A.indptr[k], m.A.indptr[k + 1])
        entries = {names[j]: a for j, a in zip(m.A.indices[own].tolist(), m.A.data[own].tolist(), strict=True) if a}
        rows[key] = (m.row_lower[k], m.row_upper[k], entries)
    costs = {stage: c.tolist() for stage, c in m.cost.items()}
    columns = {
        key: (m.lower[k], m.upper[k], bool(m.integer[k]), {s: c[k] for s, c in costs.items() if c[k]})
        for key, k in built.columns.items()
    }
    return {
        "rows": rows,
        "columns": columns,
        "offset": m.offset,
        "slots": built.formulation.slots,
        "left out": built.formulation.left_out,
        "minerals": dict(zip(built.columns, built.minerals, strict=True)),
    }


def changes_of(problem: Problem) -> Iterator[str]:
    """Every column of every row, and every row taken out."""
    yield from (f"instance.{c}=" for c in type(problem.document.instance).model_fields)
    for table, row_type in TABLES.items():
        for row in problem.document.rows(table):
            key = "/".join("" if part is None else str(part) for part in row.key())
            yield f"{table}.{key}=none"
            yield from (f"{table}.{key}.{c}=" for c in row_type.model_fields if c not in row_type.KEY)


def _made(problem: Problem, change: str) -> Problem | None:
    try:
        return problem.change(change)
    except InputError:
        return None


@st.composite
def changed_problems(draw: st.DrawFn) -> tuple[Problem, Problem]:
    """A drawn problem, and the same with one or two of its cells or rows changed as they can be."""
    problem = changed = draw(problems(members=True, leaving=True))
    for change in draw(st.lists(st.sampled_from(list(changes_of(problem))), min_size=1, max_size=2)):
        values = draw(st.permutations(VALUES)) if change[-1] == "=" else [""]
        changed = next(filter(None, (_made(changed, change + value) for value in values)), changed)
    return problem, changed


def as_fresh(problem: Problem, changed: Problem) -> bool:
    """Whether the model of a problem, patched, is the one of the changed problem; one that cannot be patched is."""
    base = BuiltModel.of(problem, EVERYTHING)
    try:
        patched = patch.patched(base, changed, EVERYTHING)
    except patch.UnpatchableError:
        return True
    return figures(patched) == figures(BuiltModel.of(changed, EVERYTHING))
