"""Numbers in cells: typed as numbers or as text, with a unit or magnitude beside them, under the right decimal mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from orebook.exact import ZERO, Fraction, exact
from orebook.importing.cell_texts import read_text
from orebook.importing.figures import factor_text
from orebook.importing.mapping import ColumnMap
from orebook.importing.quantities import Unit, unit_of
from orebook.importing.reader import Reader
from orebook.importing.typed import MARKS, Mark, Typed, is_unclear, read_under, taken_apart
from orebook.reading import letters
from orebook.reading.cell import Raw
from orebook.reading.units import LARGE, LARGE_MONEY, word_of

_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to|bis)\s*(\d+(?:\.\d+)?)(\D*)")
_NEAR = 5
_AT_ONCE = ("prompt", "immediate", "immediately", "ex stock", "in stock", "spot", "ab lager", "sofort")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands, and what tells how it is meant: its column, what is `wanted`, and the mineral it is of.

    `told` is the decimal mark that the column's numbers typed as text agree on.
    """

    at: str
    column: ColumnMap
    wanted: str
    told: Mark | None = None
    mineral: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number, the unit that stands in its cell, and what was done to read it."""

    value: Fraction
    unit: Unit | None = None
    how: tuple[str, ...] = field(default=())


def read_number(reader: Reader, cell: Raw, place: Place) -> Number | None:
    """The number in a cell; None where there is none, which is a fault unless the cell stands for none."""
    text = read_text(reader, cell, place.at)
    if text is None:
        return None
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        number = exact(float(cell.value))
        return Number(number * 100, unit_of("%", {}), ("shown as per cent",)) if cell.percent else Number(number)
    if place.wanted == "days" and letters.plain(text).strip() in _AT_ONCE:
        return Number(ZERO, unit_of("days", {}), ("at once",))
    how: list[str] = []
    if span := _RANGE.fullmatch(letters.plain(text).strip()):
        text = f"{span[2]}{span[3]}"
        how.append(f"the larger of {span[1]} and {span[2]}")
    typed = taken_apart(text)
    if typed is None:
        says = f'"{text}" is no number; write one, or have the mapping leave its column out: skip'
        reader.notes.fault("not_a_number", place.at, says, text)
        return None
    read = _under_a_mark(reader, typed, place, how)
    if read is None:
        return None
    large, unit = _beside(reader, typed, place.wanted)
    if unit is None and large is None and (typed.before or typed.after):
        says = f'"{typed.after or typed.before}" is no unit that is known here; write the number alone, or another unit'
        reader.notes.fault("unknown_unit", place.at, f'"{text}": {says}', text)
        return None
    if large is not None:
        how.append(f"x {factor_text(large)} ({typed.after})")
        read *= large
    return Number(-read if typed.negative else read, unit, tuple(how))


def _beside(reader: Reader, typed: Typed, wanted: str) -> tuple[Fraction | None, Unit | None]:
    """A magnitude that stands beside a number by itself, and the unit there."""
    if not typed.before and not typed.after:
        return None, None
    money, after = wanted.startswith("USD"), word_of(typed.after)
    known = LARGE_MONEY if money else LARGE
    if after in known and not typed.before:
        return known[after], None
    if money and after in known:
        return known[after], unit_of(typed.before, reader.mapping.units)
    return None, unit_of(f"{typed.before} {typed.after}", reader.mapping.units)


def _under_a_mark(reader: Reader, typed: Typed, place: Place, how: list[str]) -> Fraction | None:
    """The number under the decimal mark that its column or its book has, or as the benchmark tells."""
    told = place.column.decimal or place.told
    if not is_unclear(typed.body):
        return _clear(reader, typed, place, told, how)
    book = reader.mapping.decimal if reader.mapping.decimal in MARKS else None
    if book is not None and book in typed.body:
        book = None  # thousandths in a text are as likely thousands, pasted from a sheet with the other mark
    mark = told or book
    if mark is not None:
        why = "column's other values" if told and not place.column.decimal else "mapping"
        how.append(f'text read with "{mark}" for decimals, by the {why}')
        return read_under(typed.body, mark)
    readings = {m: value for m in MARKS if (value := read_under(typed.body, m)) is not None}
    benchmark = reader.benchmarks.get(place.mineral or "")
    if place.wanted == "USD/t" and benchmark:
        near = [m for m, value in readings.items() if Fraction(1, _NEAR) < value / benchmark < _NEAR]
        if len(near) == 1:
            how.append(f'text read with "{near[0]}" for decimals, as the benchmark tells')
            return readings[near[0]]
    choice = " or ".join(factor_text(value) for value in readings.values())
    whose = " of this column" if reader.mapping.decimal in MARKS else ""
    says = f'"{typed.body}" is {choice}; say in the mapping which mark{whose} is for decimals: decimal = "." or ","'
    reader.notes.fault("unclear_number", place.at, says, typed.body)
    return None


def _clear(reader: Reader, typed: Typed, place: Place, told: str | None, how: list[str]) -> Fraction | None:
    """A number that its digits and marks leave no doubt of; a fault where its column has the other mark."""
    readings = [value for m in MARKS if (value := read_under(typed.body, m)) is not None]
    if not readings or (told is not None and read_under(typed.body, told) is None):
        says = f'"{typed.body}" is no number with "{told or "."}" for decimals; write it anew'
        reader.notes.fault("not_a_number", place.at, says, typed.body)
        return None
    if not typed.body.replace(".", "", 1).isdigit():
        how.append("text read as a number")
    return readings[0]
