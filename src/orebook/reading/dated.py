"""Dates where a week's number should be: which week of the plan they lie in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from orebook.findings import Finding
from orebook.reading.quoting import shown
from orebook.reading.words import unit_of
from orebook.schema.document import TABLES
from orebook.schema.head import Head

WEEKS = frozenset(c for model in TABLES.values() for c, field in model.model_fields.items() if unit_of(field) == "week")
"""Columns of weeks, whatever their table."""
_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.ASCII)
_MISREAD = ("not_a_number", "wrong_type")


def weeks_of_dates(found: Iterable[Finding], head: Head | None) -> list[Finding]:
    """The findings, those of a date in a column of weeks with the week that it lies in, where the plan has a start."""
    return [_dated(finding, head) for finding in found]


def _dated(finding: Finding, head: Head | None) -> Finding:
    if finding.column not in WEEKS or finding.check not in _MISREAD or finding.value is None:
        return finding
    day = day_of(finding.value)
    if day is None:
        return finding
    says = (
        f"{shown(finding.value)} is a date where a week's number should be; {week_in_words(day, head, finding.column)}"
    )
    return replace(finding, check="date_for_week", message=says)


def day_of(text: str) -> date | None:
    """The day that a text names beyond doubt: 3/4/2026 is none, for it is one in March or in April."""
    bare = text.strip().removesuffix(" 00:00:00")
    if week := _ISO_WEEK.fullmatch(bare):
        year, number = int(week[1]), int(week[2])
        return date.fromisocalendar(year, number, 1) if year and 1 <= number <= 52 else None
    if slashed := _SLASHED.fullmatch(bare):
        first, second, year = map(int, slashed.groups())
        if max(first, second) <= 12 and first != second:
            return None
        bare = f"{year}-{min(first, second)}-{max(first, second)}"
    for form in _FORMS:
        try:
            return datetime.strptime(bare, form).date()
        except ValueError:
            continue
    return None


def week_in_words(day: date, head: Head | None, column: str | None) -> str:
    """What week of the plan a day lies in, and what to write; what opened before the plan is open from week 1 on."""
    if head is None or head.start is None:
        return "count the weeks from 1, and write the number"
    week = (day - head.start) // timedelta(weeks=1) + 1
    if week < 1:
        mend = ": write 1" if column == "from_week" else ""
        return f"it is before week 1, which begins on {head.start}{mend}"
    if week > head.weeks:
        return f"it lies in week {week}, after the last, {head.weeks}"
    return f"it lies in week {week}: write {week}"
