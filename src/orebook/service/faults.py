"""Findings of the library as the service says them: a fault with its table, row and column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Literal

from pydantic import BaseModel, ConfigDict

from orebook.findings import Finding


class Out(BaseModel):
    """A model of what is answered; it has no other keys."""

    model_config = ConfigDict(extra="forbid")


class FaultOut(Out):
    """One thing that is wrong: where (table, row as a spreadsheet counts it, column), and what would be right."""

    loc: list[str | int | None]
    message: str
    check: str = ""
    severity: Literal["fault", "warning"] = "fault"
    value: str | None = None


def fault_of(finding: Finding) -> FaultOut:
    """A finding as the service says it; a file of the instance goes by its table."""
    table = PurePath(finding.file).name.removesuffix(".csv").removesuffix(".toml")
    return FaultOut(
        loc=[table, finding.row, finding.column],
        message=finding.message,
        check=finding.check,
        severity=finding.severity,
        value=finding.value,
    )


def first_of(faults: Sequence[FaultOut]) -> str:
    """The first of them in words, and how many more there are; blank where there is none."""
    if not faults:
        return ""
    first, more = faults[0], len(faults) - 1
    place = ":".join(str(part) for part in first.loc if part is not None)
    return f"{place}: {first.message}" + (f" (and {more} more)" if more else "")
