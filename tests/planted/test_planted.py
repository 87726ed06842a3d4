"""The table of mutants is of this code: each text stands once, and the tests that must see it are there."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from tests.planted.mutant import PACKAGE, ROOT, Mutant
from tests.planted.table import MUTANTS


def test_names_are_of_one_mutant_each() -> None:
    """And there are at least forty, eight or more a room."""
    assert max(Counter(m.name for m in MUTANTS).values()) == 1
    rooms = Counter(m.file.split("/")[0] for m in MUTANTS)
    assert len(MUTANTS) >= 40
    assert all(rooms[room] >= 8 for room in ("explanations", "rolling", "scenarios", "service", "solver"))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.name)
def test_a_mutant_can_be_planted_and_seen(mutant: Mutant) -> None:
    """Its text stands once in its file, is another text than the wrong one, and its tests exist."""
    text = (PACKAGE / mutant.file).read_text(encoding="utf-8")
    assert text.count(mutant.text) == 1
    ast.parse(text.replace(mutant.text, mutant.wrong))
    assert mutant.text != mutant.wrong
    assert mutant.tests
    for test in mutant.tests:
        file, _, function = test.partition("::")
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
