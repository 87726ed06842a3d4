"""A TOML file against a schema."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from orebook.findings import Finding
from orebook.reading import letters
from orebook.reading.cells import slipped
from orebook.reading.nested import validated
from orebook.reading.text import fault, text_of

M = TypeVar("M", bound=BaseModel)
_KEY = re.compile(r'\s*"?([\w-]+)"?\s*=')
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(path: Path, model: type[M]) -> tuple[M | None, dict[str, int], list[Finding]]:
    """The model in the file, the line of each of its top-level keys, and its faults (with them, no model)."""
    needed = " and ".join(k for k, field in model.model_fields.items() if field.is_required())
    text = text_of(path, f"is missing; write one with {needed}")
    if isinstance(text, Finding):
        return None, {}, [text]
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        says = _AT_LINE.sub("", str(error)).strip()
        where = f" (column {at[2]})" if at else ""
        line = text.splitlines()[int(at[1]) - 1] if at and int(at[1]) <= len(text.splitlines()) else ""
        if places := letters.unseen(line.replace("\t", " ")):
            which = f"{letters.called(line[places[0]])} as its {letters.ordinal(places[0] + 1)} letter"
            where += f"; the line holds {which}, which is no plain one"
        return None, {}, [fault(path.name, int(at[1]) if at else None, "not_toml", f"is not TOML: {says}{where}")]
    lines = _lines_of_keys(text)
    parsed, found = validated(path.name, model, content)
    for key, value in content.items():
        if key in model.model_fields and isinstance(value, str) and (said := slipped(model, key, value)):
            found.append(Finding("fault", said.check, path.name, None, key, value, said.message))
            parsed = None
    return parsed, lines, [replace(f, row=lines.get(f.column or "")) for f in found]


def _lines_of_keys(text: str) -> dict[str, int]:
    """The line of each key that stands before the first table."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            break
        if key := _KEY.match(line):
            lines.setdefault(key[1], number)
    return lines
