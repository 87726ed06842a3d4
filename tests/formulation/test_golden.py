"""Every rule, stage and other part of the formulation builds the rows that were worked out by hand in its golden file."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules

import pytest

from orebook.formulation import rules, stages
from orebook.formulation.build import RULES
from orebook.schema.stages import BUILT_IN
from tests.formulation.golden_cases import CASES

GOLDEN = Path(__file__).parent / "golden"
SHARED = {"shortage"}
"""Modules of `stages` that are no stage: several stages read them, and their golden file is among the parts."""


def golden_lines(name: str) -> list[str]:
    """The lines of a golden file, comments left out, sorted."""
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return sorted(line for line in text if line and not line.startswith("#"))


@pytest.mark.parametrize("name", CASES)
def test_part_builds_its_golden_rows(name: str) -> None:
    """A part built alone has the rows of its golden file, no other, and none is missing."""
    assert CASES[name].text() == golden_lines(name)


def test_every_rule_and_stage_has_golden_rows() -> None:
    """A rule or stage without a golden file fails here, and so does a golden file that nobody builds."""
    found = {str(f.relative_to(GOLDEN).with_suffix("")) for f in GOLDEN.rglob("*") if f.is_file()}
    owners = {f"rules/{name}" for name in RULES} | {f"stages/{name}" for name in BUILT_IN}
    assert found == set(CASES)
    assert {name for name in found if not name.startswith("parts/")} == owners


def test_every_module_is_in_the_table_of_contents() -> None:
    """A module among the rules or stages that `build` does not list fails here."""
    assert {m.name for m in iter_modules(rules.__path__)} == set(RULES)
    assert {m.name for m in iter_modules(stages.__path__)} == set(BUILT_IN) | SHARED
