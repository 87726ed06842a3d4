"""A workbook in the making: the same content makes the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook

CREATED = datetime(2026, 1, 1)
"""What the file says of its making: always the same."""


def fresh(title: str, stamp: str, fill: Callable[[Workbook], None]) -> bytes:
    """The bytes of an .xlsx with what `fill` puts into it; a text never becomes a formula or a link."""
    from xlsxwriter import Workbook

    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "comments": stamp, "created": CREATED})
        fill(book)
    return buffer.getvalue()
