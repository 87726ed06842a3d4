"""The text of a file, or what is wrong with its bytes."""

from __future__ import annotations

from pathlib import Path

from orebook.findings import Finding


def fault(file: str, row: int | None, check: str, message: str, column: str | None = None) -> Finding:
    """A fault of a file that is not a cell's: no value to show."""
    return Finding("fault", check, file, row, column, None, message)


def text_of(path: Path, missing: str = "is missing") -> str | Finding:
    """The text of a UTF-8 file, a byte order mark taken off; a fault where it cannot be read or is missing."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return fault(path.name, None, "missing_file", missing)
    except OSError as error:
        return fault(path.name, None, "unreadable", f"cannot be read: {error.strerror}")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return fault(path.name, 1, "broken_encoding", "is UTF-16 text; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        line = error.object.count(b"\n", 0, error.start) + 1
        return fault(path.name, line, "broken_encoding", f"holds byte 0x{byte:02X}, not UTF-8 text; save it as UTF-8")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return fault(path.name, line, "broken_encoding", "holds a zero byte; save it as UTF-8 text")
    if text.startswith("\ufeff"):
        says = "begins with two byte order marks, of which one cannot be seen (U+FEFF); save it as UTF-8 again"
        return fault(path.name, 1, "broken_encoding", says)
    return text
