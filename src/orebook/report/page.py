"""report.html and report.md, from the same sections."""

from __future__ import annotations

import re

from orebook.plan import Plan
from orebook.report import bullets
from orebook.report import formats as f
from orebook.report.bullets import Bullets
from orebook.report.cover import listed
from orebook.report.sections import sections

WIDTHS = (320, 720)
"""px of the two drawings of a chart: for a telephone, and for anything wider."""


def html(plan: Plan) -> str:
    """One page that needs no network, no script and no other file."""
    return _render("report.html.j2", plan)


def markdown(plan: Plan) -> str:
    """The same as text, with charts made of signs."""
    return _render("report.md.j2", plan)


def _render(template: str, plan: Plan) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("orebook.report"),
        autoescape=select_autoescape(["html.j2"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(md=markdown_text, drawings=_drawings, text_chart=bullets.text_chart)
    return environment.get_template(template).render(
        plan=plan, problem=plan.problem, document=plan.document, tiles=_tiles(plan), sections=sections(plan)
    )


def _tiles(plan: Plan) -> list[tuple[str, str]]:
    """The figures at the head of the report."""
    rows = listed(plan)
    met = sum(r["short_days"] == 0 for r in rows)
    return [
        ("cash", f.usd(plan.costs.cash_usd)),
        ("cost with carrying", f.usd(plan.costs.total_usd)),
        ("tickets", f.grouped(len(plan.document.tickets))),
        ("targets met", f"{met:,} of {len(rows):,}"),
        ("proof", f"{plan.status}, {'audited' if plan.audit is True else 'not audited'}"),
    ]


def _drawings(chart: Bullets) -> list[str]:
    return [bullets.svg(chart, width) for width in WIDTHS]


def markdown_text(text: str) -> str:
    """Text that markdown leaves as it is, in a table cell too."""
    return re.sub(r"([\\`*_|<>\[\]&~#])", r"\\\1", " ".join(text.split()))
