"""A fault: a line of one function of the formulation written wrongly, for as long as a test lasts."""

from __future__ import annotations
import __future__

import inspect
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from orebook.problem import Problem


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, the text that is written as what, and a problem and a model in which it matters."""

    name: str
    where: str
    """Module under `orebook.formulation` and function: `rules.must:add`, `prices:PriceBook._price`."""
    text: str
    wrong: str
    problem: Callable[[], Problem]
    model: str = "fair"


def plant(fault: Fault, patch: pytest.MonkeyPatch) -> None:
    """Write the fault into the running code; `patch` takes it out again."""
    place, path = fault.where.split(":")
    module: Any = sys.modules[f"orebook.formulation.{place}"]
    *owners, name = path.split(".")
    owner = getattr(module, owners[0]) if owners else module
    found = owner.__dict__[name]
    function: Any = found.fget if isinstance(found, property) else found
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(fault.text) == 1, f"{fault.where} has not one {fault.text!r}"
    code = compile(
        source.replace(fault.text, fault.wrong),
        f"fault: {fault.name}",
        "exec",
        flags=__future__.annotations.compiler_flag,
    )
    made: dict[str, Any] = {}
    exec(code, vars(module), made)
    patch.setattr(owner, name, made[name])
