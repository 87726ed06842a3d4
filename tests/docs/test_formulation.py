"""models/formulation.md is what the code says."""

from __future__ import annotations

from tests.docs.write_formulation import FILE, markdown, text


def test_formulation_is_fresh() -> None:
    """The committed document is what `python -m tests.docs.write_formulation` writes now."""
    assert FILE.read_text(encoding="utf-8") == text()


def test_formulas_keep_their_layout_and_prose_does_not() -> None:
    """A paragraph laid out with spaces becomes a text block without its common indent; prose stays prose."""
    found = list(markdown("Says.\n\n    a[i]:  x\n           y\n\nWhy,\nbriefly."))
    assert found == ["Says.", "```text\na[i]:  x\n       y\n```", "Why,\nbriefly."]
