"""Writes models/formulation.md from the docstrings of the formulation: `python -m tests.docs.write_formulation`."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from orebook.files.models import model_names, read_model
from orebook.formulation.build import RULES
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.schema.stages import BUILT_IN

FILE = Path(__file__).parents[2] / "models" / "formulation.md"
PARTS = {
    "Orders that can be": ("variables", "slots", "prices", "order_rows", "split_binaries", "share_tickets", "bounds"),
    "Goods and money": ("flow", "loans", "stock_without_orders", "costs", "receipts"),
}
OPENING = """\
# The formulation

Generated from the docstrings of `src/orebook/formulation` and the model files here by `python -m tests.docs.write_formulation`;
a test fails when it is not fresh. Amounts are tonnes, USD and weeks 1..T; rows are named as in reports and explanations.

i mineral, h house, o offer, k tier, w week, s store, f source of money, j withdrawal; D the targets; q[o,w] the tonnes ordered.
"""


def text() -> str:
    """The whole document."""
    models = [read_model(name) for name in model_names()]
    blocks = [OPENING]
    for heading, names in PARTS.items():
        blocks.append(f"## {heading}")
        blocks += [block for name in names for block in _module(name, f"orebook.formulation.{name}")]
    blocks += ["## Rules", _levels(models)]
    blocks += [block for name in RULES for block in _module(name, f"orebook.formulation.rules.{name}")]
    blocks += ["## Stages", *map(_stages, models), *_module("shortage", "orebook.formulation.stages.shortage")]
    blocks += [block for name in BUILT_IN for block in _module(name, f"orebook.formulation.stages.{name}")]
    return "\n\n".join(block.strip("\n") for block in blocks) + "\n"


def _module(name: str, dotted: str) -> Iterator[str]:
    yield f"### `{name}`"
    yield from markdown(inspect.getdoc(importlib.import_module(dotted)) or "")


def markdown(docstring: str) -> Iterator[str]:
    """Its paragraphs; those that are laid out with spaces are kept as they stand."""
    for paragraph in re.split(r"\n{2,}", docstring):
        laid_out = any(line.startswith(" ") or "  " in line for line in paragraph.splitlines())
        yield f"```text\n{dedent(paragraph)}\n```" if laid_out else paragraph


def _levels(models: list[Model]) -> str:
    header = ["rule", *(f"level in `{m.name}`" for m in models)]
    rows = [[f"[`{rule}`](#{rule})", *(level(m, rule) for m in models)] for rule in RULES]
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def level(model: Model, rule: RuleName) -> str:
    """How firmly a rule holds in a model, as tables word it."""
    if not model.on(rule):
        return "off"
    found = model.rules[rule]
    return f"policy {found.priority}" if found.level == "policy" else found.level


def _stages(model: Model) -> str:
    listed = [f"`{s.stage}`" + (f" (slack {s.slack:g})" if s.slack else "") for s in model.stages]
    return f"`{model.name}` solves, in this order: {', '.join(listed)}."


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
