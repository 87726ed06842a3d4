"""Numbers typed as text: taken apart, and read with a decimal point or comma as the other values of a column say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from orebook.exact import Fraction
from orebook.importing.currencies import CURRENCIES
from orebook.reading import letters
from orebook.reading.numbers import TYPED, is_number, plain

Mark = Literal[".", ","]
MARKS: tuple[Mark, ...] = (".", ",")
"""Decimal marks."""
_GROUPS = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:\{mark}\d{{2,3}})*\{mark}\d{{3}}", re.ASCII) for mark in ",."}
_LOOSE = re.compile(r"(?<=\d)[ '_](?=\d{3}(?!\d))")
_LONGEST = 80
_WORDS = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """A text with a number in it: what stands before and after, its digits and marks, and its sign."""

    before: str
    body: str
    after: str
    negative: bool


@lru_cache(maxsize=1 << 16)
def taken_apart(text: str) -> Typed | None:
    """The one number in a text and what stands beside it; None where there is no number, or another one beside it."""
    bare = plain(text)
    found = TYPED.fullmatch(bare) if len(bare) <= _LONGEST else None
    if found is None or any(c.isdigit() for c in re.sub(r"[A-Za-z]\^?[23]|100", "", found["after"])):
        return None
    before, in_brackets = found["before"].strip(), False
    after = found["after"].strip()
    if before.startswith("(") and after.endswith(")"):  # as accountants write what is negative
        before, after, in_brackets = before[1:], after[:-1], True
    minus = before.endswith("-") or before.startswith("-")
    return Typed(before.strip(" +-"), found["body"], after.strip(), minus or in_brackets)


def is_figure(text: str) -> bool:
    """Whether a text is a number, with a currency before it or a word or two after it at most: `Q1` is a name."""
    found = taken_apart(text)
    if found is None or len(found.after.split()) > _WORDS:
        return False
    return not found.before or letters.plain(found.before).strip() in CURRENCIES


def read_under(body: str, decimal: str) -> Fraction | None:
    """Digits and marks as a number whose decimal mark is given; None where they are none then."""
    bare = _LOOSE.sub("", body)
    other = "," if decimal == "." else "."
    grouped_loosely = bare != body
    whole, mark, part = bare.partition(decimal)
    if other in whole:
        if grouped_loosely or not _GROUPS[other].fullmatch(whole):
            return None
        whole = whole.replace(other, "")
    number = f"{whole}.{part}" if mark else whole
    return (
        Fraction(number.rstrip(".") if "e" not in number.casefold() else str(float(number)))
        if is_number(number)
        else None
    )


def marks_of(body: str) -> frozenset[Mark]:
    """The decimal marks under which a text is a number; both where it is the same one under both."""
    return frozenset(mark for mark in MARKS if read_under(body, mark) is not None)


def is_unclear(body: str) -> bool:
    """Whether a text is another number under each decimal mark, such as `22,000`."""
    readings = {read_under(body, mark) for mark in MARKS}
    return None not in readings and len(readings) == 2


def decimal_of(bodies: Iterable[str]) -> Mark | None:
    """The decimal mark that the texts of a column agree on; None where none of them tells, or they do not agree."""
    told: set[Mark] = {mark for body in bodies if len(marks := marks_of(body)) == 1 for mark in marks}
    return told.pop() if len(told) == 1 else None


def number_texts(values: Iterable[Any]) -> tuple[str, ...]:
    """The digits and marks of the texts among values that are numbers."""
    return tuple(t.body for v in values if isinstance(v, str) and (t := taken_apart(v)) is not None)
