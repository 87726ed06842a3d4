"""What a spreadsheet leaves where a formula failed, as text: #REF!, #N/A and the like, in any of its languages."""

from __future__ import annotations

import re

_MARKED = re.compile(r"#\s*[¡¿]?[^\W\d_][^\W\d_.]*(/0)?\s*[!?]")
"""#REF! #NAME? #DIV/0! #BEZUG! #¡VALOR! #¿NOMBRE? #ССЫЛКА! and so on: all end in a mark."""
_UNMARKED = re.compile(
    r"#(ref|name|value|num|null|div/0|n/a|n\.a\.|n/d|n/b|н/д|nv|nd|yok|saknas|puuttuu|mangler|hiányzik|i/t|e/t|getting_data)!?"
)
_TERMINAL = ("#n/a ", "err:5", "loading...")
"""How a data terminal's cell begins, LibreOffice's, and one that an online sheet still waits for."""
_TOO_NARROW = re.compile(r"#{3,}")


def is_failed(text: str) -> bool:
    """Whether the text is what a spreadsheet shows instead of a value."""
    typed = text.strip().casefold()
    return bool(
        _MARKED.fullmatch(typed)
        or _UNMARKED.fullmatch(typed)
        or typed.startswith(_TERMINAL)
        or _TOO_NARROW.fullmatch(typed)
    )


def why(text: str) -> str:
    """What to say of it."""
    if _TOO_NARROW.fullmatch(text.strip()):
        return f"{text} is what a cell too narrow for its value shows; write the value"
    return f"{text} is what a formula failed with; mend it, or write the value"
