"""models/glossary.md: one word for one thing, and the files that it names are there."""

from __future__ import annotations

import re

from tests.docs.files import ROOT

FILE = ROOT / "models" / "glossary.md"
TEXT = FILE.read_text(encoding="utf-8")


def test_a_word_stands_once() -> None:
    """No word is explained twice, and each row has a word, its standard term and what it is."""
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| word")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert all(len(row) == 3 and all(row) for row in cells)
    words = [row[0] for row in cells]
    assert sorted(set(words)) == sorted(words)
    assert len(words) > 70


def test_what_it_names_is_there() -> None:
    """Folders and modules that it names exist."""
    named = re.findall(r"`(solver/[a-z_/.]+)`", TEXT)
    assert named
    assert [name for name in named if not (ROOT / "src" / "orebook" / name).exists()] == []


def test_the_readme_leads_to_it() -> None:
    """Who reads the README finds it."""
    assert "models/glossary.md" in (ROOT / "README.md").read_text(encoding="utf-8")
