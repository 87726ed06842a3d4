"""The table of mutants is of this code: each text stands once, and the tests that must see it are there."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.planted.mutant import PACKAGE, ROOT, Mutant
from tests.planted.table import MUTANTS
from tests.prove.mutants import try_mutants


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


@pytest.mark.slow
def test_a_fault_that_its_tests_do_not_see_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interval's two ends looked at in another order tell the same; looked at wrongly, they do not."""
    told = next(m for m in MUTANTS if m.name == "an interval that ends at zero tells a difference")
    harmless = replace(told, wrong="interval[1] < 0 or interval[0] > 0")
    monkeypatch.setattr("tests.prove.mutants.MUTANTS", [harmless, told])
    assert [try_mutants(draw, tmp_path).ending for draw in range(3)] == ["missed", "caught", "none left"]
