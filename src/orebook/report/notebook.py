"""The summary of a plan as a notebook shows it: that of the terminal, as HTML."""

from __future__ import annotations

import io

from rich.console import Console

from orebook.plan import Plan
from orebook.report.summary import summary

WIDTH = 100
"""Characters of a line."""
FORMAT = '<pre style="white-space:pre;overflow-x:auto;line-height:normal">{code}</pre>'


def notebook(plan: Plan) -> str:
    """The HTML of a plan's summary."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_jupyter=False, color_system=None)
    console.print(summary(plan))
    return console.export_html(code_format=FORMAT, inline_styles=True)
