"""Weeks and shares that lie the wrong way round, or outside the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.dated import WEEKS, week_in_words
from orebook.reading.quoting import figure
from orebook.schema.tables import FundingRow, OfferRow, ShareRow, TargetRow, WithdrawalRow

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


def day_for_week(book: Book) -> Iterator[Finding]:
    """A week that is a day as spreadsheets count them, which a date becomes where its cell shows numbers."""
    for sheet in book.sheets.values():
        columns = WEEKS.intersection(sheet.model.model_fields)
        for entry, row in sheet.rows():
            for column in sorted(columns):
                number = getattr(row, column)
                if number in _DAYS_OF_THIS_CENTURY:
                    day = _DAY_0 + timedelta(days=number)
                    says = f"{number} is {day} as spreadsheets count days; {week_in_words(day, book.head, column)}"
                    yield sheet.fault("day_for_week", entry, column, says)


def window_reversed(book: Book) -> Iterator[Finding]:
    """An offer, or a source of money, that closes before it opens; a source of week 0 has ended before the plan."""
    for sheet in (book.sheet(OfferRow), book.sheet(FundingRow)):
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
