"""Money that can never be used as the tables have it."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.checks.context import CheckContext
from orebook.exact import Fraction, exact
from orebook.findings import Finding
from orebook.reading.quoting import figure
from orebook.schema.tables import FundingRow, ReleaseRow


def releases_below_budget(case: CheckContext) -> Iterator[Finding]:
    """Releases up to week T that are less than the budget, or nothing at all."""
    if case.problem.released is None:
        return
    free = sum((exact(usd) for week, usd in case.problem.released.items() if week <= case.problem.weeks), Fraction(0))
    budget = case.problem.budget_usd
    if budget is not None and free < exact(budget):
        says = f"frees {figure(float(free))} USD up to week {case.problem.weeks}, less than budget_usd {figure(budget)}"
    elif free == 0:
        says = f"frees nothing up to week {case.problem.weeks}, so nothing can be paid"
    else:
        return
    yield case.sheet(ReleaseRow).warning("releases_below_budget", None, None, says)


def funding_shares_too_small(case: CheckContext) -> Iterator[Finding]:
    """Sources whose largest shares do not add up to the whole, or no source: nothing can ever be drawn."""
    if not case.problem.sources:
        yield case.sheet(FundingRow).warning(
            "funding_shares_too_small", None, None, "lists no source, so nothing can be paid; write one, or no file"
        )
        return
    shares = [source.max_share for source in case.problem.sources.values()]
    most = sum((exact(share) for share in shares if share is not None), Fraction(0))
    if None not in shares and most < 1:
        says = f"has max_share of {figure(float(most))} in all, so no draw keeps every share; they must add up to 1"
        yield case.sheet(FundingRow).warning("funding_shares_too_small", None, "max_share", says)
