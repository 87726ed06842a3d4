"""The sheet of an instance's scalars: a key a row, its value beside it."""

from __future__ import annotations

from dataclasses import replace

from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.cell import Raw, Tab
from orebook.reading.cells import typed
from orebook.reading.grid import Content, Unread
from orebook.reading.plain_text import kind_of, text_of
from orebook.reading.table_sheet import merged, percent
from orebook.reading.text import fault
from orebook.reading.unshown import unshown
from orebook.schema.head import Head

HEADER = "key"
"""What stands over the keys; keys are in column A and values in column B, whatever stands further right."""


def head_of(tab: Tab) -> tuple[Head | None, Head | None, dict[str, int], list[Finding]]:
    """The scalars and the calendar alone, the row of each key, and the faults (with them, no scalars)."""
    if not tab.rows:
        needed = " and ".join(k for k, field in Head.model_fields.items() if field.is_required())
        message = f"is missing; add a sheet with the keys {needed} in column A and their values in column B"
        return None, None, {}, [fault(tab.title, None, "missing_sheet", message)]
    found = [*merged(tab), *unshown(tab)]
    lines: dict[str, int] = {}
    texts: dict[str, Content] = {}
    for line, (key_cell, *rest) in tab.rows:
        key = "" if key_cell.value is None else str(key_cell.value).strip()
        value = rest[0] if rest else Raw(None)
        wrong = _wrong_key(key, value, lines)
        if wrong:
            finding = Finding("fault", wrong[0], tab.title, line, key or None, None, wrong[1])
            found.append(replace(finding, cell=f"{tab.title}!A{line}"))
        elif key in Head.model_fields:
            lines[key] = line
            texts[key] = text_of(value, kind_of(Head, key))
            found += percent(tab.title, line, key, value, Head)
    head, wrongs = typed(Head, {key: text for key, text in texts.items() if text})
    for key, said in wrongs.items():
        text = texts.get(key)
        shown = text.shown if isinstance(text, Unread) else text or None
        found.append(Finding("fault", said.check, tab.title, lines.get(key), key, shown, said.message))
    calendar, _ = typed(Head, {"name": "plan"} | {key: texts[key] for key in ("start", "weeks") if texts.get(key)})
    return (None if any(f.severity == "fault" for f in found) else head), calendar, lines, found


def _wrong_key(key: str, value: Raw, before: dict[str, int]) -> tuple[str, str] | None:
    """The check and the message where a row's key is not one to read."""
    if key in before:
        return "duplicate_key", f"is in row {before[key]} already; keep one of the two"
    if not key:
        return None if value.blank else ("missing_key", "has a value without a key; write its key in column A")
    if key not in Head.model_fields and (before or key.casefold() != HEADER):
        return "unknown_key", f"is not a key of an instance; {suggest.mend(key, Head.model_fields)}"
    return None
