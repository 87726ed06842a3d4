"""What a row that keeps an offer out means, said of that offer."""

from __future__ import annotations

from orebook.schema.rules import ROWS, name_and_keys

_NO_RULES = {
    "target": "its goods would come too late for a target",
    "stock": "its goods would come after they are needed",
}
"""What keeps goods from coming later that is no row of a rule."""


def kept_says(row: str) -> str:
    """Why, and the row; of several rows that clash, the rows alone."""
    name, _ = name_and_keys(row)
    keeps_out = ROWS[name].keeps_out if name in ROWS else _NO_RULES.get(name)
    if keeps_out is None or "], " in row:
        return f"these rules clash: {row}"
    return f"{keeps_out} ({row})"
