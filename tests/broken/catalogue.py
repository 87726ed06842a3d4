"""The catalogues of broken instances: each one edit of the good instance, and all that must be said of it.

file | text in it | text instead        \\n, \\t and \\u200b as in Python; `+`: the file is replaced or added, `-`: taken out
    what must be printed, a finding a line
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.broken.good import GOOD, edited


@dataclass(frozen=True)
class Broken:
    """An edit of the good instance, and the findings it must lead to, in order."""

    edit: str
    says: list[str] = field(default_factory=list)

    def files(self) -> dict[str, str]:
        """The files of the broken instance."""
        parts = self.edit.replace("\\n", "\n").replace("\\t", "\t").split(" | ")
        file, old, new = parts
        if old == "+":
            return {**GOOD, file: new}
        if old == "-":
            return {name: text for name, text in GOOD.items() if name != file}
        return edited(file, old, new)


def catalogue(name: str) -> list[Broken]:
    """The broken instances in a catalogue file of this folder."""
    found: list[Broken] = []
    for written in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        line = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), written)
        if line.startswith("    "):
            found[-1].says.append(line[4:])
        elif line and not line.startswith("# "):
            found.append(Broken(line))
    return found
