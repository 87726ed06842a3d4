"""Weeks of the plan in cells: from a date, a month, `w7`, a number, or how long a quote stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from orebook.importing.cell_numbers import Place
from orebook.importing.cell_texts import read_text
from orebook.importing.cell_units import Beside, read_figure
from orebook.importing.figures import Figure, shown_value
from orebook.importing.mapping import ColumnMap
from orebook.importing.periods import TWO_DAYS, day_in, period_of, week_number
from orebook.importing.reader import Reader
from orebook.importing.vocabulary import ASK
from orebook.reading.cell import Raw

_MOST_WEEKS = 520


def read_week(reader: Reader, cell: Raw, at: str, column: ColumnMap, *, day_first: bool | None) -> Figure | None:
    """A week of the plan; one before it is 0 or less, one after it over its last. `day_first`: of days such as 3/4/2027."""
    value, text = cell.value, shown_value(cell.value)
    if read_text(reader, cell, at) is None:
        return None
    number = week_number(value)
    if number is None and column.unit is None:
        number = _plain(value, text)
    if number is not None:
        return Figure(number, at, text)
    calendar, last = reader.calendar, column.to == "to_week"
    if calendar is None:
        if reader.mapping.instance.get("start") == ASK:
            return None  # which is asked once, not of each cell
        says = f"{text} is a day, and the plan has none; say in the mapping when week 1 begins: instance.start"
        reader.notes.fault("no_start", at, says, text)
        return None
    if (day := day_in(value) or _slashed(text, day_first)) is not None:
        return Figure(calendar.week_of(day), at, text, (f"{day} lies in week {calendar.week_of(day)}",))
    if (period := period_of(value)) is not None:
        if not last and period.first < calendar.start <= period.last:
            return Figure(1, at, text, ("it has begun before week 1",))
        week = calendar.week_of(period.last) if last else calendar.first_week_of(period)
        why = f"its last day is {period.last}" if last else f"week {week} is the first with most of its days in it"
        return Figure(week, at, text, (why,))
    if last and any(c.isdigit() for c in text) and not TWO_DAYS.fullmatch(text):
        return _after(reader, cell, at, column)
    says = f'"{text}" is neither a date nor a week; write one such as 2026-12-14 or w3'
    if TWO_DAYS.fullmatch(text):
        says = f'"{text}" may be two days, for it does not say which number is the month; write it as 2026-12-14'
    reader.notes.fault("no_week", at, says, text)
    return None


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Whether the days of a column, such as 24/1/2027, have the day before the month; None where none of them tells."""
    found = [match for text in texts if (match := TWO_DAYS.fullmatch(text.strip()))]
    first, second = any(int(m[1]) > 12 for m in found), any(int(m[2]) > 12 for m in found)
    return first if first != second else None


def _slashed(text: str, day_first: bool | None) -> date | None:
    found = TWO_DAYS.fullmatch(text)
    if found is None or day_first is None:
        return None
    one, other, year = int(found[1]), int(found[2]), int(found[3])
    day, month = (one, other) if day_first else (other, one)
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= 12 else None


def _plain(value: object, text: str) -> int | None:
    """A week's number, typed as a number or as a text of up to three digits."""
    number = value if isinstance(value, int | float) else float(text) if text.isdigit() and len(text) < 4 else None
    return int(number) if number is not None and float(number).is_integer() and 0 <= number <= _MOST_WEEKS else None


def _after(reader: Reader, cell: Raw, at: str, column: ColumnMap) -> Figure | None:
    """The week in which a time from the book's day on ends, such as `90 days`."""
    calendar = reader.calendar
    span = read_figure(reader, cell, Place(at, column, "days"), Beside())
    if span is None or calendar is None:
        return None
    if not 0 <= span.number <= 7 * _MOST_WEEKS:
        reader.notes.fault("no_week", at, f'"{span.typed}" is no time that a quote stands', span.typed)
        return None
    begins = reader.as_of or calendar.start
    day = begins + timedelta(days=int(span.number))
    return span.then(calendar.week_of(day), f"so many days from {begins} on is {day}")
