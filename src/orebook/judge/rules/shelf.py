"""Nothing has lapsed by the plan's end.

waste[i,T] = 0
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond_gram
from orebook.exact import ZERO
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows shelf_lapsed[i], in t."""
    last = ledger.case.problem.weeks
    for (mineral, week), lapsed in ledger.flow.waste.items():
        if week == last and (by := beyond_gram(lapsed, ZERO)):
            says = f"{tonnes(lapsed)} of {mineral} have lapsed by the end of week {last}"
            yield Breach("shelf", f"shelf_lapsed[{mineral}]", by, ZERO, "t", says)
