"""The PDF."""

from __future__ import annotations

import re
import sys
import zlib

import pytest
from tests.report.known import FACTS
from tests.report.sample import sample_plan

from orebook.errors import WriteError
from orebook.report.page import html
from orebook.report.pdf import for_paper, pdf


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:HarfBuzz-Subset:DeprecationWarning")  # a library of the system that may be missing
def test_the_page_becomes_a_pdf() -> None:
    """More than one page, and drawings in colour in it."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"no PDF can be made here: {error}")
    made = pdf(html(sample_plan(), FACTS))
    inside = b"".join(_unpacked(stream) for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL))
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", made + inside)) > 1
    assert re.search(rb"0?\.05\d* 0?\.18\d* 0?\.31\d* rg", inside)  # #0f3050, of what was there before


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_what_is_aside_is_not_printed() -> None:
    """Seven folded tables (tickets, offers, loans, stranded, under way, limits, facts) are a line each; all else is printed."""
    page = html(sample_plan(), FACTS)
    paper = for_paper(page)
    assert paper.count(": in report.html.</p>") == page.count('<details class="aside">') == 7
    assert "does it again" in page
    assert "does it again" not in paper
    assert paper.count("<style>") == 1 + paper.count("<svg ")


def test_without_weasyprint_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that fails is no riddle."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(WriteError, match=r"install orebook\[pdf\]"):
        pdf("<p>")
