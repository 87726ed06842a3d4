"""Numbers as text: what counts as one, and what was probably meant by what does not."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, localcontext

from orebook.exact import Fraction, floor_int
from orebook.reading import letters, units

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ENDLESS = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
TYPED = re.compile(
    r"(?P<before>\D*?)(?P<body>[.,]?\d(?:[\d.,'_ ]*\d)?[.,]?(?:[eE][+-]?\d+)?)(?P<after>\D.*|)", re.ASCII
)
_GROUPED = re.compile(r"\d{1,3}(?P<by>[ '])\d{3}((?P=by)\d{3})*(?=[.,]|$)", re.ASCII)
_THOUSANDS = {mark: re.compile(rf"\d{{1,3}}(\{mark}\d{{3}})+", re.ASCII) for mark in ",."}
_SAME = str.maketrans(dict.fromkeys("−﹣－‐‑–", "-") | dict.fromkeys("’‘ʼ′＇´", "'") | {"٫": ".", "٬": ","})
_SIGN = re.compile(r"^[+-]|[+-]$")
_LONGEST = 80
_EXACT_DIGITS = 10
"""Of a number in another unit that no decimal is exactly, such as USD/lb."""


def is_number(text: str) -> bool:
    """Whether the text is a decimal number with a point, an exponent allowed (its size apart)."""
    return _NUMBER.fullmatch(text) is not None


def is_endless(text: str) -> bool:
    """Whether the text names an infinity or not-a-number."""
    return _ENDLESS.fullmatch(text) is not None


def text_of_number(x: float) -> str:
    """The shortest text that reads as the same number, a whole one without a point."""
    return repr(x).removesuffix(".0")


def mend(text: str, unit: str) -> str | None:
    """The number that was probably meant, in the column's unit, as it should be written; None where that is unknown.

    Whatever stands beside the number must be known, or nothing is offered: a number is never cut at a letter.
    """
    typed = TYPED.fullmatch(plain(text)) if len(text) <= _LONGEST else None
    if typed is None:
        return None
    before, sign = _SIGN.subn("", typed["before"].strip(), count=1)
    by = units.factor(before, typed["after"], unit)
    readings = _readings(typed["body"])
    if by is None or not readings:
        return None
    minus = "-" if sign and "-" in typed["before"] else ""
    whole = unit in ("weeks", "week")
    mends = [_times(minus + reading, by, whole) for reading in readings]
    return mends[0] if len(mends) == 1 else f"{mends[0]}, or {mends[1]} if the comma is a decimal one"


def plain(text: str) -> str:
    """The text with plain digits, signs and blanks for what looks like them, letters that cannot be seen taken out."""
    digits = (str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in letters.seen(text))
    wide = (chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in digits)
    return "".join(wide).translate(_SAME).strip()


def _readings(body: str) -> list[str]:
    """The numbers, with a decimal point, that a text of digits and marks between them may be."""
    bare = body.replace("_", "")
    grouped = _GROUPED.match(bare)
    if grouped:
        bare = grouped[0].replace(grouped["by"], "") + bare[grouped.end() :]
    first = {mark: bare.find(mark) for mark in ",." if mark in bare}
    if not first:
        return [bare] if is_number(bare) else []
    point = max(first, key=lambda mark: first[mark])
    thousands = [mark for mark in first if mark != point]
    whole, _, part = bare.partition(point)
    if thousands:
        whole = whole.replace(thousands[0], "") if _THOUSANDS[thousands[0]].fullmatch(whole) else "?"
    elif not grouped and _THOUSANDS[point].fullmatch(bare) and not bare.startswith("0"):
        joined = bare.replace(point, "")
        return [joined] if point in part else [joined, f"{whole}.{part}"] if point == "," else [bare]
    decimal = f"{whole}.{part}"
    return [decimal] if is_number(decimal) else []


def _times(number: str, by: Fraction, whole: bool) -> str:
    """The number in the column's unit; of whole weeks both neighbours where it is none of them."""
    if by == 1:
        return number if number.lstrip("+-").replace(".", "").isdigit() else f"{Decimal(number).normalize():f}"
    value = Fraction(str(Decimal(number))) * by
    if whole and value.denominator != 1:
        low = floor_int(value)
        return f"{low} or {low + 1}"
    below = int(value.denominator)
    while below % 2 == 0:
        below //= 2
    while below % 5 == 0:
        below //= 5
    with localcontext(prec=60 if below == 1 else _EXACT_DIGITS):
        return f"{(Decimal(int(value.numerator)) / Decimal(int(value.denominator))).normalize():f}"
