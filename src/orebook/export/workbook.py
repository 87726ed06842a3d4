"""An instance as a workbook: a sheet a table, with what helps to fill it in."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from orebook.export.about import write_about
from orebook.export.lists import names
from orebook.export.sheets import write_head, write_table
from orebook.export.styles import Styles
from orebook.export.texts import refuse_lost
from orebook.reading.book import HEAD_TITLE, title_of
from orebook.reading.workbook import ABOUT
from orebook.schema.document import SCHEMA, TABLES, Document

CREATED = datetime(2026, 1, 1)
"""What the file says of its making: always the same, so that the same instance makes the same bytes."""


def workbook_of(document: Document) -> bytes:
    """The bytes of an .xlsx; tables that the document lacks are sheets with a _ before their name, ready for use.

    The same document makes the same bytes. Raises WriteError for what no cell can hold.
    """
    from xlsxwriter import Workbook

    refuse_lost(document)
    titles = {t: title_of(t) if getattr(document, t) is not None else f"_{title_of(t)}" for t in TABLES}
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": document.instance.name, "comments": SCHEMA, "created": CREATED})
        styles = Styles.of(book)
        write_about(book.add_worksheet(ABOUT), styles, document)
        head = book.add_worksheet(HEAD_TITLE)
        head.activate()
        write_head(head, styles, document.instance)
        for table, model in TABLES.items():
            sheet = book.add_worksheet(titles[table])
            if getattr(document, table) is None:
                sheet.set_tab_color("#B8C0C6")
            write_table(sheet, styles, model, document.rows(table))
        for name, area in names(titles).items():
            book.define_name(name, area)
    return buffer.getvalue()
