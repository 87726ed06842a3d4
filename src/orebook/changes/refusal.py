"""How a change is refused: a fault whose place is the change as it was typed."""

from __future__ import annotations

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading.quoting import plain


def fault(text: str, check: str, message: str, value: object = None, column: str | None = None) -> Finding:
    """One fault of the change of that text; `column` only where the text has several values."""
    return Finding("fault", check, text, None, column, None if value is None else plain(value), message)


def refused(text: str, check: str, message: str, value: object = None) -> InputError:
    """The error of one fault in a change."""
    return InputError([fault(text, check, message, value)])
