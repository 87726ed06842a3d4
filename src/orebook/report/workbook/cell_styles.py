"""How the cells of a plan's workbook look, on top of what every workbook of orebook looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from orebook.export.styles import FRACTION, NUMBER, WHOLE, Styles

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Kind = Literal["text", "words", "week", "date", "count", "usd", "cents", "rate", "days", "t", "number", "share"]
"""What a column holds: `cents` are USD to the cent, `rate` is USD/t, `share` is read in per cent.

`t` and `number` show decimals where there are any.
"""

_TEXT = {"align": "left", "indent": 1}
FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"num_format": "@", **_TEXT},
    "words": {"num_format": "@", **_TEXT, "text_wrap": True},
    "week": {"num_format": WHOLE},
    "date": {"num_format": "yyyy-mm-dd", **_TEXT},
    "count": {"num_format": NUMBER},
    "usd": {"num_format": NUMBER},
    "cents": {"num_format": "#,##0.00"},
    "rate": {"num_format": "#,##0.00"},
    "days": {"num_format": "#,##0.0"},
    "t": {"num_format": NUMBER},
    "number": {"num_format": NUMBER},
    "share": {"num_format": "0.00%"},
}
READ_LEFT: frozenset[Kind] = frozenset({"text", "words", "date"})
WITH_FRACTIONS: frozenset[Kind] = frozenset({"t", "number"})
DECIMALS: dict[Kind, int] = {"usd": 2, "cents": 2, "count": 0}
"""Decimals to which a sum must be the judge's; six where none are named."""
RED = "#C0392B"


def _summed(kind: Kind) -> dict[str, Any]:
    return {"num_format": FRACTION} if kind in WITH_FRACTIONS else FORMATS[kind]


class Look:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self.base = Styles.of(book)
        self.cells = {kind: book.add_format({"valign": "top", **form}) for kind, form in FORMATS.items()}
        self.fraction = book.add_format({"valign": "top", "num_format": FRACTION})
        self.sums = {kind: book.add_format({"bold": True, **_summed(kind)}) for kind in FORMATS}
        self.line = book.add_format({"num_format": "@"})
        self.label = book.add_format({"bold": True, "font_color": "#1F3A4D"})
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#1F3A4D", "font_color": "#FFFFFF"}
        self.text_head = book.add_format({**head, **_TEXT})
        self.number_head = book.add_format({**head, "align": "right"})
        self.wrong = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": RED})

    def head(self, kind: Kind) -> Format:
        """The format of a column's head: over numbers on the right."""
        return self.text_head if kind in READ_LEFT else self.number_head

    def form(self, kind: Kind, value: object) -> Format:
        """The format of a cell that holds that value."""
        broken = kind in WITH_FRACTIONS and isinstance(value, float) and not value.is_integer()
        return self.fraction if broken else self.cells[kind]
