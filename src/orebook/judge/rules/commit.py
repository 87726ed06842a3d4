"""What was promised is taken: tonnes from an offer over the plan reach its commitment.

sum over w of q[o,w] >= commit_t
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.stock_flow import total
from orebook.accounting.tolerance import beyond
from orebook.exact import ZERO, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows commitment[o], in t."""
    ordered = total((o.offer.name, o.tonnes) for o in ledger.orders)
    for offer in ledger.case.problem.offers.values():
        if offer.commit_t == 0:
            continue
        least, amount = exact(offer.commit_t), ordered.get(offer.name, ZERO)
        if by := beyond(least - amount, least):
            says = f"{tonnes(amount)} are ordered of {offer.name}, {tonnes(least)} are committed"
            yield Breach("commit", f"commitment[{offer.name}]", by, least, "t", says)
