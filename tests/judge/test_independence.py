"""The judge shares nothing with what it judges, and every rule can be switched off."""

from __future__ import annotations

import subprocess
import sys
from typing import get_args

import pytest

from orebook.judge.rules import RULES
from orebook.schema.rules import BuiltInRule, RuleName

FORBIDDEN = ("pyomo", "highspy", "numpy", "pandas", "scipy", "orebook.formulation", "orebook.solver")


def test_the_judge_loads_neither_model_nor_solver() -> None:
    """A fresh interpreter that judges has none of them in memory."""
    code = "import sys, orebook.verdict; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "orebook.judge.judging" in loaded
    assert not [name for name in loaded if name.startswith(FORBIDDEN)]


@pytest.mark.parametrize("rule", get_args(BuiltInRule))
def test_every_rule_is_judged(rule: RuleName) -> None:
    """No rule of the model files is missing here."""
    assert rule in RULES
