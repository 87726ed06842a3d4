"""The page as a PDF, by WeasyPrint, which comes with `orebook[pdf]`; what is aside stays in the page."""

from __future__ import annotations

import re

from orebook.errors import WriteError

LIGHT = {"ink": "#000", "line": "#bbb", "before": "#0f3050", "bought": "#4f8fcb", "mark": "#b43c0a"}
"""WeasyPrint draws an SVG on its own: neither the page's rules nor its variables reach into it."""
STYLE = (
    "svg{{font:12px sans-serif}}text{{fill:{ink}}}.bought,.band{{fill:{bought}}}.before{{fill:{before}}}.mark{{fill:{mark}}}"
    ".band{{opacity:.45}}.grid{{stroke:{line}}}.line{{fill:none;stroke:{before};stroke-width:2}}"
    ".here{{stroke:{mark};stroke-width:2;stroke-dasharray:5 4}}"
).format(**LIGHT)
FOLDED = re.compile(r"<details class=\"aside\">\s*<summary>(.*?)</summary>.*?</details>", re.DOTALL)
ELSEWHERE = r'<p class="note">\1: in report.html.</p>'
PRINT = ".wide{display:block!important}.narrow{display:none!important}.tiles{display:flex!important}.tiles div{flex:1}"


def pdf(page: str) -> bytes:
    """The PDF of report.html. Raises WriteError where WeasyPrint, or a library of the system that it needs, is missing."""
    try:
        from weasyprint import CSS, HTML
    except (ImportError, OSError) as error:
        says = "a PDF needs WeasyPrint: install orebook[pdf], and the Pango library of the system"
        raise WriteError(f"{says} ({error})") from error
    made: bytes = HTML(string=for_paper(page)).write_pdf(stylesheets=[CSS(string=PRINT)])
    return made


def for_paper(page: str) -> str:
    """The page without what is aside, colours in its drawings."""
    return re.sub(r"(<svg [^>]*>)", rf"\1<style>{STYLE}</style>", FOLDED.sub(ELSEWHERE, page))
