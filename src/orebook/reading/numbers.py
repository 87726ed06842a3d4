"""Numbers as text: what counts as one, and what was probably meant by what does not."""

from __future__ import annotations

import re

from orebook.reading.shown import figure

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ENDLESS = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_GROUPS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_EUROPEAN = re.compile(r"[+-]?\d{1,3}(\.\d{3})*,\d+", re.ASCII)
_UNIT_BEFORE = re.compile(r"^[A-Za-z$€£\s]+")
_UNIT_AFTER = re.compile(r"\s*([A-Za-z$€£%]|(?<=[A-Za-z])\d|/)+\s*$")
_BETWEEN = re.compile(r"[\s_']")


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
    """The number that was probably meant, as it should be written; None where that cannot be told.

    A percentage in a column whose unit is "1" becomes a fraction.
    """
    bare = _BETWEEN.sub("", _UNIT_AFTER.sub("", _UNIT_BEFORE.sub("", text)))
    if _GROUPS.fullmatch(bare):
        whole = bare.replace(",", "")
        if bare.count(",") == 1 and "." not in bare:
            return f"{whole}, or {bare.replace(',', '.')} if the comma is a decimal one"
        return whole
    if _EUROPEAN.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    if not is_number(bare):
        return None
    if "%" in text and unit == "1":
        return figure(float(bare) / 100, 12)
    return bare
