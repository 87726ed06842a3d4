"""No member draws more than it is entitled to, over the plan and in a week; what it borrowed and brought back counts no more.

The rows are those of `accounting/entitlement_rows.py`; a withdrawal without a member is not limited.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.entitlement_rows import EntitlementRow, entitlement_rows
from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond_gram
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows entitlement_total[m,i,w], entitlement_week[m,i,w] and entitlement_none[j], in t."""
    for row in entitlement_rows(ledger.case.problem, ledger.flow.taken):
        if by := beyond_gram(row.has_t - row.most_t, row.most_t):
            yield Breach("entitlement", row.row, by, row.most_t, "t", _says(row))


def _says(row: EntitlementRow) -> str:
    has, most = tonnes(row.has_t), tonnes(row.most_t)
    if row.kind == "none":
        return f"{has} of {row.mineral} go to {row.member} for {row.withdrawal}, which is entitled to none"
    if row.kind == "week":
        return f"{row.member} draws {has} of {row.mineral} in week {row.week}, and may draw {most}"
    return f"{row.member} has {has} of {row.mineral} by week {row.week}, and is entitled to {most}"
