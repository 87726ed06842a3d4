"""Cells that hold words: names, currencies, yes and no, and whatever stands for no value."""

from __future__ import annotations

import re

from orebook.importing.currencies import CURRENCIES
from orebook.importing.figures import Figure, shown_value
from orebook.importing.reader import Reader
from orebook.reading import failed, letters
from orebook.reading.cell import Raw
from orebook.reading.filler_words import is_placeholder

_FORBIDDEN = re.compile(r"\s*[/*;\[\]=]\s*")
_YES = ("yes", "y", "true", "x", "ja", "oui")
_NO = ("no", "n", "false", "nein", "non")


def read_text(reader: Reader, cell: Raw, at: str) -> str | None:
    """What stands in a cell that holds something; a failed look-up or a word for nothing is noted, and none."""
    if cell.error or not cell.worked_out:
        says = "holds a formula that failed or was never worked out; it counts as blank"
        reader.notes.warn("failed_cell", at, says, shown_value(cell.value))
        return None
    if cell.blank:
        return None
    text = shown_value(cell.value)
    if failed.is_failed(text):
        reader.notes.warn("failed_cell", at, f'"{text}" is what a formula failed with; it counts as blank', text)
        return None
    if is_placeholder(text) and not (text.isdigit() or isinstance(cell.value, int | float)):
        if any(c.isalnum() for c in text):
            reader.notes.warn("placeholder", at, f'"{text}" stands for no value; it counts as blank', text)
        return None
    return text


def text_figure(reader: Reader, cell: Raw, at: str) -> Figure | None:
    """A text as it stands."""
    text = read_text(reader, cell, at)
    return Figure(text, at, text) if text is not None else None


def name_figure(reader: Reader, cell: Raw, at: str, field: str) -> Figure | None:
    """A name, without letters that no name may hold, and as it was first written; None where there is none."""
    text = read_text(reader, cell, at)
    if text is None:
        return None
    how = []
    clean = letters.seen(text)
    if clean != text:
        how.append("letters that cannot be seen taken out")
    if _FORBIDDEN.search(clean):
        clean = _FORBIDDEN.sub("-", clean).strip("-")
        how.append("letters that no name may hold written as -")
    if clean in reader.mapping.names:
        clean = reader.mapping.names[clean]
        how.append("called so by the mapping")
    first = reader.spelled.setdefault((field, letters.look(clean)), clean)
    if first != clean and field != "offer":
        says = f'"{clean}" is taken for "{first}", which it looks like'
        reader.notes.warn("name_alike", at, says, text)
        how.append("as it is written elsewhere")
        clean = first
    return Figure(clean, at, text, tuple(how)) if clean else None


def yes_no_figure(reader: Reader, cell: Raw, at: str) -> Figure | None:
    """Yes or no, in a few languages."""
    text = read_text(reader, cell, at)
    if text is None:
        return None
    said = text.casefold()
    if said not in _YES + _NO:
        reader.notes.fault("not_yes_no", at, f'"{text}" is neither yes nor no; write one of them', text)
        return None
    return Figure(said in _YES, at, text)


def currency_figure(reader: Reader, cell: Raw, at: str) -> Figure | None:
    """A currency's code."""
    text = read_text(reader, cell, at)
    if text is None:
        return None
    code = CURRENCIES.get(letters.plain(reader.mapping.units.get(text, text)).strip())
    if code is None:
        says = f'"{text}" is no currency that is known; write its code, such as EUR'
        reader.notes.fault("unknown_currency", at, says, text)
    return Figure(code, at, text) if code else None
