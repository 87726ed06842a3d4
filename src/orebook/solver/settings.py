"""The short list of a solver's own settings that may be set by hand, whichever solver it is: `seed=3`, `presolve=off`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.solver.options import Options

MAX_SEED = 2**31 - 1


def _seed(text: str) -> int:
    if not (text.isdecimal() and int(text) <= MAX_SEED):
        raise ValueError
    return int(text)


def _on(text: str) -> bool:
    return {"on": True, "off": False}[text]


def _tolerance(text: str) -> float:
    value = float(text)
    if not 1e-10 <= value <= 1e-3:
        raise ValueError
    return value


SETTINGS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "seed": (_seed, "a whole number from 0 to 2147483647"),
    "presolve": (_on, "on or off"),
    "tolerance": (_tolerance, "a number from 1e-10 to 1e-3"),
}
"""Name -> what reads its value, and what that may be. `tolerance`: how far scaled rows may be off."""


def with_settings(options: Options, texts: Iterable[str]) -> Options:
    """The options with settings such as `seed=3` in their place. Raises InputError with every one that cannot be used."""
    found: dict[str, Any] = {}
    wrong: list[Finding] = []
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or name not in SETTINGS:
            listed = ", ".join(f"{name}=..." for name in SETTINGS)
            wrong.append(_refused(text, f"is no setting of a solver; there are {listed}"))
            continue
        read, may_be = SETTINGS[name]
        try:
            found[name] = read(value)
        except (ValueError, KeyError):
            wrong.append(_refused(text, f"{name} may be {may_be}"))
    if wrong:
        raise InputError(wrong)
    return replace(options, **found)


def _refused(text: str, says: str) -> Finding:
    return Finding("fault", "no_setting", "option", None, None, text, f'"{text}": {says}')
