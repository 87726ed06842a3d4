"""What was agreed with a lender, in words; where a term changes from a week on, with that week."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from orebook import formats as f
from orebook.problem import Problem

UNDRAWN_FEE, DRAW_FEE = "fee a year on what is not drawn", "fee on a draw"
"""Terms that not every lender has."""


def terms_of(problem: Problem, source: str) -> Iterator[tuple[str, str]]:
    """The terms of this source alone; its largest share of all draws is left out, as it tells of theirs."""
    row, by_week = problem.sources[source], [problem.source(source, w) for w in range(1, problem.weeks + 1)]
    yield "limit", "none" if row.limit_usd is None else f"USD {f.grouped(row.limit_usd, 2)}"
    yield "drawn before week 1", f"USD {f.grouped(row.drawn_usd, 2)}"
    yield "interest a year", _pct([r.rate_pct for r in by_week])
    if any(r.undrawn_pct for r in by_week):
        yield UNDRAWN_FEE, _pct([r.undrawn_pct for r in by_week])
    if any(r.draw_fee_pct for r in by_week):
        yield DRAW_FEE, _pct([r.draw_fee_pct for r in by_week])
    if row.from_week > 1:
        yield "first week of draws", str(row.from_week)
    if row.to_week is not None:
        yield "last week of draws", str(row.to_week)


def _pct(rates: list[float]) -> str:
    """% of each week; where it changes, from which week on."""
    said, week = list[str](), 1
    for rate, same in groupby(rates):
        said.append(f"{f.plain(rate, 3)} %" + (f" from week {week}" if week > 1 else ""))
        week += len(list(same))
    return ", ".join(said)
