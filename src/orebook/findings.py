"""A finding: one thing that is wrong or suspicious in a file, said so that it can be mended."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["fault", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault (the file is refused) or warning (refused under `--strict` only).

    `row` counts as a spreadsheet does: the header is row 1; None where the finding is of a whole file.
    `check` is the stable name of the check that found it, such as `not_a_number` or `price_off_benchmark`.
    """

    severity: Severity
    check: str
    file: str
    row: int | None
    column: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        if self.column:
            place = f"{place} {self.column}"
        return f"{place}: {self.message}"

    def as_json(self) -> dict[str, object]:
        """The finding as JSON values, one key a field."""
        return asdict(self)
