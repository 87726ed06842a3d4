"""Weeks and shares that lie the wrong way round, or outside the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from orebook.findings import Finding
from orebook.reading.book import Book, Entry, Sheet
from orebook.reading.dated import WEEKS, week_in_words
from orebook.reading.quoting import figure
from orebook.schema.tables import BidRow, FundingRow, FutureRow, HazardRow, OfferRow, ShareRow, TargetRow, WithdrawalRow

KNOWN_FIRST = 2
"""The first week that may differ from what week 1 knows."""
_DAY_0 = date(1899, 12, 30)
_DAYS_OF_THIS_CENTURY = range(36_526, 73_051)


def week_beyond_plan(book: Book) -> Iterator[Finding]:
    """A target or a withdrawal after week T."""
    if book.head is None:
        return
    last = book.head.weeks
    for sheet in (book.sheet(TargetRow), book.sheet(WithdrawalRow)):
        for entry, row in sheet.rows():
            if row.week > last and row.week not in _DAYS_OF_THIS_CENTURY:
                says = f"{row.week} is after the last week of the plan; write 1 to {last}"
                yield sheet.fault("week_beyond_plan", entry, "week", says)


def known_outside(book: Book) -> Iterator[Finding]:
    """A future that is known before anything is ordered, or after the week that follows the plan."""
    sheet = book.sheet(FutureRow)
    for entry, row in sheet.rows() if book.head else ():
        yield from _outside(sheet, entry, "known_week", row.known_week, book.head.weeks + 1 if book.head else 0)


def strikes_outside(book: Book) -> Iterator[Finding]:
    """A hazard that may strike in week 1, which is known, or after the plan; or whose weeks lie the wrong way round."""
    sheet = book.sheet(HazardRow)
    for entry, row in sheet.rows() if book.head else ():
        last = book.head.weeks if book.head else 0
        outside = [
            *_outside(sheet, entry, "from_week", row.from_week, last),
            *_outside(sheet, entry, "to_week", row.to_week, last),
        ]
        first = row.from_week or KNOWN_FIRST
        if not outside and row.to_week is not None and row.to_week < first:
            says = f"{row.to_week} is before from_week {first}; write {first} or later"
            outside = [sheet.fault("strikes_outside", entry, "to_week", says)]
        yield from outside


def _outside(sheet: Sheet[Any], entry: Entry[Any], column: str, week: int | None, last: int) -> Iterator[Finding]:
    if week is not None and not KNOWN_FIRST <= week <= last and week not in _DAYS_OF_THIS_CENTURY:
        check = "known_outside" if column == "known_week" else "strikes_outside"
        why = "is known, as orders are placed in it" if week < KNOWN_FIRST else "is too late"
        mend = f"write {KNOWN_FIRST} to {last}" if last >= KNOWN_FIRST else "leave it out: the plan has one week"
        yield sheet.fault(check, entry, column, f"week {week} {why}; {mend}")


def day_for_week(book: Book) -> Iterator[Finding]:
    """A week that is a day as spreadsheets count them, which a date becomes where its cell shows numbers."""
    for sheet in book.sheets.values():
        columns = WEEKS.intersection(sheet.model.model_fields)
        for entry, row in sheet.rows():
            for column in sorted(columns):
                number = getattr(row, column)
                # asked whether None is in it, a range looks through all of its days
                if number is not None and number in _DAYS_OF_THIS_CENTURY:
                    day = _DAY_0 + timedelta(days=number)
                    says = f"{number} is {day} as spreadsheets count days; {week_in_words(day, book.head, column)}"
                    yield sheet.fault("day_for_week", entry, column, says)


def window_reversed(book: Book) -> Iterator[Finding]:
    """An offer, a bid, or a source of money, that closes before it opens; a source of week 0 has ended before the plan."""
    for sheet in (book.sheet(OfferRow), book.sheet(BidRow), book.sheet(FundingRow)):
        for entry, row in sheet.rows():
            if row.to_week and row.from_week > row.to_week:
                says = f"{row.to_week} is before from_week {row.from_week}; write {row.from_week} or later"
                yield sheet.fault("window_reversed", entry, "to_week", says)


def shares_reversed(book: Book) -> Iterator[Finding]:
    """A least share above the largest."""
    sheet = book.sheet(ShareRow)
    for entry, share in sheet.rows():
        if share.min_share is not None and share.max_share is not None and share.min_share > share.max_share:
            low, high = figure(share.min_share), figure(share.max_share)
            yield sheet.fault(
                "shares_reversed", entry, "min_share", f"{low} is over max_share {high}; write {high} or less"
            )


def calendar_ends(book: Book) -> Iterator[Finding]:
    """A plan that ends after the last year that dates can have."""
    if book.head is None or book.head.start is None:
        return
    latest = date.max - timedelta(weeks=book.head.weeks)
    if book.head.start > latest:
        says = f"{book.head.start} is too late for {book.head.weeks} weeks; write {latest} or earlier"
        yield book.head_fault("calendar_ends", "start", says)
