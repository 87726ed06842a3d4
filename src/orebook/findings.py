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
    In a workbook `file` is the sheet, and `cell` is where to look, such as `Offers!G14`.
    """

    severity: Severity
    check: str
    file: str
    row: int | None
    column: str | None
    value: str | None
    message: str
    cell: str | None = None

    def __str__(self) -> str:
        place = self.cell or (self.file if self.row is None else f"{self.file}:{self.row}")
        if self.column:
            place = f"{place} {self.column}"
        return f"{place}: {self.message}"

    def as_json(self) -> dict[str, object]:
        """The finding as JSON values, one key a field; `cell` only in a workbook."""
        return {name: value for name, value in asdict(self).items() if name != "cell" or value is not None}
