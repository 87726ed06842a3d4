"""A copy of a workbook with what is wrong marked where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from orebook.findings import Finding
from orebook.reading.raw import opened

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

FINDINGS = "_Findings"
_COLOURS = {"fault": "FFF4A6A0", "warning": "FFFFE08A"}
_HEADS = (("severity", 10), ("place", 24), ("column", 24), ("value", 18), ("message", 90))


def marked(path: Path, findings: Iterable[Finding]) -> bytes:
    """The workbook with every cell that a finding names coloured and noted, and all findings on a sheet of their own.

    Its other cells, formats and drop-downs are kept. Pictures and charts are not, and a formula has no value again
    until a spreadsheet opens the copy. Raises InputError where there is no workbook that can be opened.
    """
    findings = list(findings)
    book = opened(path)
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.cell:
            title, area = finding.cell.rsplit("!", 1)
            by_cell[title, area.split(":")[0]].append(finding)
    for (title, place), said in by_cell.items():
        _mark(book, title, place, said)
    _list(book, findings)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _mark(book: Workbook, title: str, place: str, said: list[Finding]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = book[title][place]
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    worst = min(finding.severity for finding in said)  # "fault" comes before "warning"
    cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
    text = "\n".join(f"{finding.severity}: {finding.message}" for finding in said)
    cell.comment = Comment(_clean(before + text), "orebook", height=40 + 20 * text.count("\n") + len(text), width=320)


def _list(book: Workbook, findings: list[Finding]) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    if FINDINGS in book.sheetnames:
        del book[FINDINGS]
    sheet = book.create_sheet(FINDINGS, 0)
    for place, (head, width) in enumerate(_HEADS):
        sheet.column_dimensions["ABCDE"[place]].width = width
        sheet.cell(1, place + 1, head)
    for row, f in enumerate(findings, start=2):
        where = f.cell or (f.file if f.row is None else f"{f.file}:{f.row}")
        for place, text in enumerate((f.severity, where, f.column or "", f.value or "", f.message), start=1):
            cell = sheet.cell(row, place, _clean(text))
            cell.data_type = "s"  # a message that begins with = is no formula
        if f.cell:
            title, area = f.cell.rsplit("!", 1)
            sheet.cell(row, 2).hyperlink = Hyperlink(ref=f"B{row}", location=f"'{title}'!{area}")
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet  # sheets that are selected together are edited together
    book.active = 0


def _clean(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("?", text)
