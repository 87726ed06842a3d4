"""An instance as a workbook: a sheet a table, with what helps to fill it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orebook.export.about import write_about
from orebook.export.fresh import fresh
from orebook.export.lists import names
from orebook.export.sheets import write_head, write_table
from orebook.export.styles import Styles
from orebook.export.texts import refuse_lost
from orebook.reading.book import HEAD_TITLE, title_of
from orebook.reading.workbook import ABOUT
from orebook.schema.document import SCHEMA, TABLES, Document

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def workbook_of(document: Document) -> bytes:
    """The bytes of an .xlsx; tables that the document lacks are sheets with a _ before their name, ready for use.

    The same document makes the same bytes. Raises WriteError for what no cell can hold.
    """
    refuse_lost(document)
    return fresh(document.instance.name, SCHEMA, lambda book: _fill(book, document))


def _fill(book: Workbook, document: Document) -> None:
    titles = {t: title_of(t) if getattr(document, t) is not None else f"_{title_of(t)}" for t in TABLES}
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
