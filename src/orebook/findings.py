"""A finding: one thing that is wrong or suspicious in a file, said so that it can be mended."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["fault", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault (the input is refused) or warning (refused where strictness is asked for only).

    `row` counts as a spreadsheet does: the header is row 1; None where the finding is of a whole file.
    `check` is the stable name of the check that found it, such as `not_a_number` or `price_off_benchmark`.
    In a workbook `file` is the sheet, and `cell` is where to look, such as `Offers!G14`. Of a call's argument `file` is its
    name; of a change its text.

        >>> import orebook
        >>> try:
        ...     orebook.solve("vault-small", gap=5)
        ... except orebook.InputError as error:
        ...     [finding] = error.findings
        >>> finding.check, finding.file, finding.value, finding.message
        ('bad_argument', 'gap', '5', 'is 5; give a number from 0 to 1')
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
