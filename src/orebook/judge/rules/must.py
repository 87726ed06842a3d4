"""Some cover must be there: stock at every target of a mineral reaches its must_days.

stock[i,w], what stands for other minerals apart, >= must_days * use
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond
from orebook.exact import exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows must_cover[i,w], in t."""
    for reached in ledger.cover:
        target = reached.aim.target
        if target.must_days is None:
            continue
        least = exact(target.must_days) * reached.aim.use_t_per_day
        if by := beyond(least - reached.must_t, least):
            says = (
                f"{tonnes(reached.must_t)} of {target.mineral} are in store at the end of week {target.week}, "
                f"{tonnes(least)} must be"
            )
            yield Breach("must", f"must_cover[{target.mineral},{target.week}]", by, least, "t", says)
