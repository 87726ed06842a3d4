"""Weeks: rows of weeks after the plan, weeks of the plan without rows, and leads that may be days."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from orebook.checks.context import CheckContext
from orebook.findings import Finding
from orebook.reading.quoting import lines_in_words
from orebook.schema import tables as t
from orebook.schema.base import Row

_COUNTED: tuple[tuple[type[Row], str, str], ...] = (
    (t.PriceRow, "week", "counts for nothing"),
    (t.ReleaseRow, "week", "frees nothing for this plan"),
    (t.FundingRow, "from_week", "pays nothing of this plan"),
    (t.BidRow, "from_week", "buys nothing in this plan"),
    (t.OriginRow, "barred_from_week", "bars nothing in this plan"),
)
"""Tables and their weeks; of targets, withdrawals, offers, inbound and prior orders after the plan other checks speak."""
_REGULAR = 3
"""Weeks in a row with a withdrawal that make a habit of it."""
_LONG, _VERY_LONG = 20, 40
"""Weeks of lead that may be days where they are longer than the plan, and in any plan."""


def rows_past_plan(case: CheckContext) -> Iterator[Finding]:
    """Rows of weeks after the plan's last one, which change nothing; one finding a table."""
    last = case.problem.weeks
    for model, column, what in _COUNTED:
        sheet = case.sheet(model)
        past = [entry for entry, row in sheet.rows() if (getattr(row, column) or 0) > last]
        if not past:
            continue
        rows = lines_in_words(entry.line for entry in past)
        if len(past) == 1:
            says = f"{past[0].cells[column]} is after the last week, {last}: the row {what}"
        else:
            says = f"{rows} are of weeks after the last, {last}: each {what}"
        yield sheet.warning("rows_past_plan", past[0], column, says)


def plan_ends_empty(case: CheckContext) -> Iterator[Finding]:
    """A plan whose last weeks nothing is wanted of: no target, or no withdrawal where each week before has one."""
    last = case.problem.weeks
    latest = max((target.week for target in case.problem.targets), default=last)
    targets = case.sheet(t.TargetRow)
    if latest < last and targets.entries:
        says = f"the last target is of week {latest}, and the plan ends in week {last}: no cover is wanted at its end"
        yield targets.warning("plan_ends_empty", None, "week", says)
    drawn = {withdrawal.week for withdrawal in case.problem.withdrawals.values()}
    until = max(drawn, default=last)
    if until < last and len(drawn) >= _REGULAR and len(drawn) == until - min(drawn) + 1:
        says = f"every week up to {until} has a withdrawal, and none after it has one, up to the last, {last}"
        yield case.sheet(t.WithdrawalRow).warning("plan_ends_empty", None, "week", says)


def use_draws_nothing(case: CheckContext) -> Iterator[Finding]:
    """Use by member, and nothing else that says what the stock is for: use counts days of cover, and takes nothing."""
    use, others = case.sheet(t.UseRow), (case.sheet(t.WithdrawalRow), case.sheet(t.TargetRow))
    drawn = case.problem.withdrawals
    if use.entries and case.problem.weeks > 1 and not drawn and not any(sheet.present for sheet in others):
        says = (
            "counts days of cover, and takes nothing out of the stores; write use_draws = true into instance.toml where it is "
            "drawn every week, or list in withdrawals.csv what is drawn, if any is"
        )
        yield use.warning("use_draws_nothing", None, None, says)


def lead_in_days(case: CheckContext) -> Iterator[Finding]:
    """A lead so long that it may be in days."""
    for model, column in ((t.OfferRow, "lead_weeks"), (t.OriginRow, "extra_lead_weeks")):
        sheet = case.sheet(model)
        for entry, row in sheet.rows():
            lead: int = getattr(row, column)
            if lead >= _VERY_LONG or (lead >= _LONG and lead > case.problem.weeks):
                says = f"{lead} weeks are a long time; if {lead} days are meant, write {ceil(lead / 7)}"
                yield sheet.warning("lead_in_days", entry, column, says)
