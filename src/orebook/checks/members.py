"""Members, what they may draw, and withdrawals whose columns do not go with their kind."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.checks.context import CheckContext
from orebook.exact import ZERO, exact
from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.quoting import figure
from orebook.schema import tables as t

SHARES_TOLERANCE = exact(1e-9)
"""By which shares as written may be off 1: a third is 0.333333333."""


def loan_terms(book: Book) -> Iterator[Finding]:
    """A loan without a week in which it comes back, or one that is not later; terms of a loan where nothing is lent."""
    sheet = book.sheet(t.WithdrawalRow)
    for entry, row in sheet.rows():
        if row.kind == "loan":
            if row.repay_week is None:
                says = f"a loan comes back in a week; write one after {row.week}"
                yield sheet.fault("loan_terms", entry, "repay_week", says)
            elif row.repay_week <= row.week:
                says = (
                    f"{row.repay_week} is not after week {row.week}, in which it is lent; write {row.week + 1} or later"
                )
                yield sheet.fault("loan_terms", entry, "repay_week", says)
            continue
        for column in ("repay_week", "premium_pct"):
            value = getattr(row, column)
            if value:
                says = f"{figure(value)} is of a loan, and the kind is {row.kind}; leave it blank or write loan"
                yield sheet.fault("loan_terms", entry, column, says)


def carry_shares(book: Book) -> Iterator[Finding]:
    """Parts of carrying costs that do not come to 1."""
    sheet = book.sheet(t.MemberRow)
    rows = sheet.rows()
    total = sum((exact(row.carry_share) for _, row in rows if row.carry_share is not None), ZERO)
    blank = any(row.carry_share is None for _, row in rows)
    if rows and (total > 1 + SHARES_TOLERANCE or (not blank and abs(total - 1) > SHARES_TOLERANCE)):
        mend = "write shares that come to 1, or leave one blank" if total < 1 else "write shares that come to 1 or less"
        yield sheet.fault("carry_shares", None, "carry_share", f"the shares come to {figure(float(total))}; {mend}")


def member_not_listed(case: CheckContext) -> Iterator[Finding]:
    """A member that another table names and members.csv does not: it carries nothing."""
    members = case.sheet(t.MemberRow)
    if not members.entries:
        return
    known, said = set(members.names("member")), set[str]()
    for model in (t.UseRow, t.EntitlementRow, t.WithdrawalRow, t.OwedRow):
        sheet = case.sheet(model)
        for entry, row in sheet.rows():
            name = getattr(row, "member", None)
            if name is not None and name not in known | said:
                said.add(name)
                says = f'"{name}" is not in {members.file}: it has priority 5, pays no fee and carries nothing'
                yield sheet.warning("member_not_listed", entry, "member", says)


def not_entitled(case: CheckContext) -> Iterator[Finding]:
    """A withdrawal of a member that is entitled to none of the mineral: it cannot be served."""
    entitlements, sheet = case.problem.entitlements or {}, case.sheet(t.WithdrawalRow)
    known = {*case.sheet(t.MemberRow).names("member"), *(member for member, _ in entitlements)}
    for entry, row in sheet.rows() if entitlements else ():
        if row.member in known and (row.member, row.mineral) not in entitlements:
            file = case.sheet(t.EntitlementRow).file
            says = f"{row.member} has no row for {row.mineral} in {file}: nothing of it can be served"
            yield sheet.warning("not_entitled", entry, "member", says)


def owed_after_plan(case: CheckContext) -> Iterator[Finding]:
    """A loan that comes back after the plan: it is owed at the end."""
    sheet = case.sheet(t.OwedRow)
    for entry, row in sheet.rows():
        if row.week > case.problem.weeks:
            says = f"{row.week} is after the last week, {case.problem.weeks}: it is owed at the plan's end"
            yield sheet.warning("owed_after_plan", entry, "week", says)
