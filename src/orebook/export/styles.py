"""How the cells of a workbook look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orebook.reading.book import holds
from orebook.reading.plain_text import kind_of
from orebook.schema.base import Row
from orebook.schema.head import Head

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

NUMBER, FRACTION, WHOLE = "#,##0", "#,##0.0#########", "0"
_INK, _GREY, _PALE = "#1F3A4D", "#6B7780", "#F1F4F6"


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook. Texts are text whatever they look like, so that 007 stays a name."""

    title: Format
    head: Format
    key: Format
    optional: Format
    note: Format
    text: Format
    number: Format
    whole: Format
    date: Format
    fraction: Format

    @classmethod
    def of(cls, book: Workbook) -> Styles:
        """The formats, added to that workbook."""
        top = {"bold": True, "valign": "vcenter", "bottom": 1, "bottom_color": _INK}
        return cls(
            title=book.add_format({"bold": True, "font_size": 14, "font_color": _INK}),
            head=book.add_format({**top, "bg_color": _PALE}),
            key=book.add_format({**top, "bg_color": _INK, "font_color": "#FFFFFF"}),
            optional=book.add_format({**top, "bg_color": _PALE, "bold": False, "font_color": _INK}),
            note=book.add_format({"font_color": _GREY, "text_wrap": True, "valign": "top"}),
            text=book.add_format({"num_format": "@"}),
            number=book.add_format({"num_format": NUMBER}),
            whole=book.add_format({"num_format": WHOLE}),
            date=book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            fraction=book.add_format({"num_format": FRACTION}),
        )

    def of_column(self, model: type[Row] | type[Head], column: str) -> Format:
        """The format of a column's cells."""
        kind = kind_of(model, column)
        if kind == "number":
            return self.whole if holds(model.model_fields[column].annotation, int) else self.number
        return self.date if kind == "date" else self.text

    def of_head(self, model: type[Any], column: str) -> Format:
        """The format of a column's head: dark for the key, bold where it must be filled in."""
        if column in model.KEY:
            return self.key
        return self.head if model.model_fields[column].is_required() else self.optional
