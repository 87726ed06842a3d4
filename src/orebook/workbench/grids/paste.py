"""Text that was pasted or typed, as cells: what Excel puts on the clipboard in any locale, read as the columns mean it.

Lines end in CRLF or LF, cells are parted by tabs, a cell with a tab, line end or quote in it stands in quotes. Numbers may
have thousands, blanks, a currency, a percent sign, or a decimal comma; which of both a comma is, the other cells tell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from orebook.reading.cells import typed
from orebook.reading.numbers import is_number
from orebook.reading.quoting import figure
from orebook.schema.base import Frozen, Row
from orebook.workbench.grids.grid import Column

Comma = Literal["decimal", "thousands"]
MOST_CELLS = 200_000
_DECIMAL = re.compile(r"^\D*(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|0,\d+)\D*$")
_THOUSANDS = re.compile(r"^\D*(\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d+\.(\d{1,2}|\d{4,}))\D*$")
_EITHER = re.compile(r"^\D*\d{1,3},\d{3}\D*$")
_BLANKS = re.compile(r"[\s\u00a0\u202f']")
_BRACKETS = re.compile(r"^\((.*)\)$")
_DOLLARS = re.compile(r"^(US\$|USD|\$)|(US\$|USD|\$)$", re.IGNORECASE)


class Read(Frozen):
    """A cell: the text to keep, and what is wrong with it, if anything is."""

    text: str
    fault: str = ""


def lines_of(text: str) -> list[list[str]]:
    """The cells of a text from the clipboard; a last empty line is none."""
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), dialect="excel-tab"))
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    return [[cell.strip() for cell in line] or [""] for line in lines]


def comma_of(texts: Iterable[str]) -> Comma | None:
    """What a comma in these texts is; None where nothing tells."""
    listed = [_BLANKS.sub("", text) for text in texts]
    if any(_DECIMAL.match(text) for text in listed):
        return "decimal"
    return "thousands" if any(_THOUSANDS.match(text) for text in listed) else None


def in_doubt(texts: Iterable[str]) -> bool:
    """Whether a text is a number either way: 1,234."""
    return any(_EITHER.match(text) for text in texts)


def read_cell(text: str, column: Column, model: type[Row], name: str, comma: Comma) -> Read:
    """A cell of a column, `name` in its table. A blank one is good wherever the column need not be filled."""
    if column.kind == "number" and text:
        text = _number(text, column, comma)
    elif column.kind == "yes or no":
        text = {"true": "yes", "wahr": "yes", "false": "no", "falsch": "no"}.get(text.lower(), text.lower())
    _, wrong = typed(model, {name: text} if text else {})
    said = wrong.get(name) if text or column.required else None
    return Read(text=text, fault=said.message if said else "")


def _number(text: str, column: Column, comma: Comma) -> str:
    """The number as a file would have it; the text as it is where it is none, for the reader to say why."""
    bare = _BLANKS.sub("", text)
    negative = _BRACKETS.match(bare)
    bare = negative[1] if negative else bare.removeprefix("+")
    bare = _DOLLARS.sub("", bare) if "USD" in column.unit else bare
    percent = bare.endswith("%") and column.unit in ("%", "")
    bare = bare.removesuffix("%") if percent else bare
    groups, point = (",", ".") if comma == "thousands" else (".", ",")
    whole, mark, part = bare.partition(point)
    if groups in whole:
        if not re.fullmatch(rf"-?\d{{1,3}}(\{groups}\d{{3}})+", whole):
            return text
        whole = whole.replace(groups, "")
    value = f"{'-' if negative else ''}{whole}{'.' if mark else ''}{part}"
    if not is_number(value):
        return text
    return figure(float(value) / 100, 12) if percent and column.unit == "" else value


def texts_of(lines: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[str]:
    """The texts of a paste that stand in columns of numbers."""
    return [cell for line in lines for cell, column in zip(line, columns, strict=False) if column.kind == "number"]
