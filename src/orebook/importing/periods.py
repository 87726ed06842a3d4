"""Days, months, quarters, years and weeks as a planner writes them, and the weeks of a plan that they lie in."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from orebook.exact import Fraction, ceil_int
from orebook.reading.dated import day_of

_MONTHS = {name.casefold(): k for names in (month_abbr, month_name) for k, name in enumerate(names) if k}
_MONTHS |= {"sept": 9, "mrz": 3, "märz": 3, "mai": 5, "okt": 10, "dez": 12}
_MONTHS |= {"janv": 1, "févr": 2, "avr": 4, "juin": 6, "juil": 7, "août": 8, "déc": 12}
_NAMED = re.compile(r"([^\W\d_]{3,9})\.?[\s'’/-]*(\d{4}|\d{2})")
_NUMBERED = re.compile(r"(\d{4})\s*[-/.m]\s*(\d{1,2})")
_NUMBERED_BACK = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_QUARTER = re.compile(r"(?:q(\d)[\s/-]*(\d{4})|(\d{4})[\s/-]*q(\d))")
_YEAR = re.compile(r"(?:fy|cy)?\s*((?:19|20)\d{2})[ef]?")
_WEEK = re.compile(r"(?:w|wk|week)\.?\s*(\d{1,3})")
_YEARS = range(1950, 2151)
"""In which a day of a book may lie."""
TWO_DAYS = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
"""A day that does not say which of its numbers is the month, unless one is over 12."""
_INSIDE = re.compile(
    r"\b(\d{4}-\d{2}-\d{2}|\d{1,2}[ .-]?[^\W\d_]{3,9}\.?[ ,.-]?\d{2,4}|[^\W\d_]{3,9}\.? \d{1,2}, ?\d{4}|"
    r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4})"
)
"""A day anywhere in a text."""


@dataclass(frozen=True, slots=True)
class Period:
    """From its first day to its last, both in it."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def shared(self, other: Period) -> int:
        """How many days it has in common with another."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The weeks of a plan."""

    start: date
    weeks: int

    def week_of(self, day: date) -> int:
        """The week a day lies in; 0 and less before the plan."""
        return (day - self.start) // timedelta(weeks=1) + 1

    def period(self, week: int) -> Period:
        """The days of a week."""
        first = self.start + timedelta(weeks=week - 1)
        return Period(first, first + timedelta(days=6))

    @property
    def whole(self) -> Period:
        """The days of the plan."""
        return Period(self.start, self.period(self.weeks).last)

    def first_week_of(self, period: Period) -> int:
        """The first week that belongs to a period, as it does whose middle day lies in it."""
        week = self.week_of(period.first)
        return week if self.period(week).first + timedelta(days=3) >= period.first else week + 1


def month(year: int, number: int) -> Period:
    """A calendar month."""
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def period_of(value: Any) -> Period | None:
    """The month, quarter or year that a head or cell names: `Dec-26`, `2026-12`, `2026M12`, `Q4 2026`, `FY2027`, a date
    on the first of a month."""
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return month(day.year, day.month) if day.day == 1 and day.year in _YEARS else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _year(int(value)) if value == int(value) and 1990 <= value <= 2100 else None
    text = str(value).strip().casefold() if value is not None else ""
    if (named := _NAMED.fullmatch(text)) and named[1] in _MONTHS:
        return month(_full_year(named[2]), _MONTHS[named[1]])
    for pattern, y, m in ((_NUMBERED, 1, 2), (_NUMBERED_BACK, 2, 1)):
        if (found := pattern.fullmatch(text)) and 1 <= int(found[m]) <= 12:
            return month(int(found[y]), int(found[m]))
    if quarter := _QUARTER.fullmatch(text):
        number, year = (quarter[1], quarter[2]) if quarter[1] else (quarter[4], quarter[3])
        if 1 <= int(number) <= 4:
            return Period(month(int(year), 3 * int(number) - 2).first, month(int(year), 3 * int(number)).last)
    if (found := _YEAR.fullmatch(text)) is not None:
        return _year(int(found[1]))
    return None


def week_number(value: Any) -> int | None:
    """The number of a week written as such: `w7`, `Week 7`, `wk 7`."""
    found = _WEEK.fullmatch(value.strip().casefold()) if isinstance(value, str) else None
    return int(found[1]) if found else None


def day_in(value: Any) -> date | None:
    """The day that a cell holds or its whole text names, beyond doubt; one of another age is none."""
    day = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    if day is None and isinstance(value, str):
        day = _day_of_text(value)
    return day if day is not None and day.year in _YEARS else None


@lru_cache(maxsize=1 << 16)
def _day_of_text(text: str) -> date | None:
    """What `day_of` says; a text without a figure is none at once."""
    return day_of(text) if any(c.isdigit() for c in text) else None


def day_inside(text: str) -> date | None:
    """The first day that is named anywhere in a text, such as `ETA 14-Dec-2026, paid`."""
    for found in _INSIDE.findall(text):
        named = any(c.isalpha() for c in found)
        day = day_of(" ".join(found.replace(".", " ").split()) if named else found)
        if day is not None and day.year in _YEARS:
            return day
    return None


def whole_weeks(days: Fraction) -> int:
    """Weeks that so many days take, a begun one counted."""
    return ceil_int(days / 7)


def _year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
