"""Templates filled: pages escape what they show, markdown escapes its own signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orebook.report.bullets import Bullets, text_chart
from orebook.report.drawing import svg
from orebook.report.section import Chart

if TYPE_CHECKING:
    from jinja2 import Environment

WIDTHS = (320, 720)
"""px of the two drawings of a chart: for a telephone, and for anything wider."""


def render(template: str, **content: object) -> str:
    """The text of a template of the report."""
    return environment("orebook.report").get_template(template).render(**content)


def environment(*packages: str) -> Environment:
    """Templates of these packages, the first one that has a name; those whose name ends in html.j2 escape what they show."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

    found = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=select_autoescape(["html.j2"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(md=markdown_text, drawings=_drawings, text_chart=_text_chart)
    return found


def _drawings(chart: Chart) -> list[str]:
    return [svg(chart, width) for width in WIDTHS]


def _text_chart(chart: Chart) -> str:
    """Bars as signs; a curve or a map has its table alone."""
    return text_chart(chart) if isinstance(chart, Bullets) else ""


def markdown_text(text: str) -> str:
    """Text that markdown leaves as it is, in a table cell too."""
    return re.sub(r"([\\`*_|<>\[\]&~#])", r"\\\1", " ".join(text.split()))
