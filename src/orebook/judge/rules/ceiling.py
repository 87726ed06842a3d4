"""No mineral is piled up beyond its most days of use, in any week.

stock[i,w] <= max_days * use, or what the start and inbound orders alone bring where that is more, and the premiums of loans
that came back up to w
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond
from orebook.exact import ZERO
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows cover_ceiling[i,w], in t."""
    for (mineral, week), limit in ledger.case.ceiling_t.items():
        held = ledger.flow.held[mineral, week]
        back = (r.premium_t for r in ledger.flow.returns if r.mineral == mineral and r.week <= week)
        most = limit + sum(back, ZERO)
        if by := beyond(held - most, most):
            says = f"{tonnes(held)} of {mineral} are in store at the end of week {week}, at most {tonnes(most)}"
            yield Breach("ceiling", f"cover_ceiling[{mineral},{week}]", by, most, "t", says)
