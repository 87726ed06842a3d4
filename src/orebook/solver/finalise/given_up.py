"""What a judged plan says of policy rows that give way."""

from __future__ import annotations

from orebook.judge.judgement import Judgement
from orebook.schema.plan import GivenUp


def given_up_rows(judgement: Judgement, rows: frozenset[tuple[str, str]], why: str) -> list[GivenUp]:
    """Of rows that give way, those that a judged plan breaks, and by how much."""
    return [
        GivenUp(rule=b.rule, row=b.row, by=float(b.by), why=why, unit=b.unit)
        for b in judgement.breaches
        if (b.rule, b.row) in rows
    ]
