"""The text of one instance in JSON, parsed: `{"instance": {...}, "minerals": [{...}], ...}`."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

DEEPEST = 4
"""Levels of an instance in JSON: the document, a table, a row, a cell."""


def parsed(text: str | bytes) -> dict[str, Any]:
    """The document. Raises ValueError, in words, where it is no JSON, nested too deep, or holds what no file can."""
    try:
        content = json.loads(text, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    if not isinstance(content, dict):
        raise ValueError('it is no object; an instance is one with the key "instance"')
    if _deeper(content, DEEPEST):
        raise ValueError("it is nested too deep; a row is an object of numbers and texts")
    refuse_odd_text(content)
    return content


def refuse_odd_text(content: object) -> None:
    """Raises ValueError where a text holds what no file nor database can: half a character, or a zero one."""
    try:
        text = json.dumps(content, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half a character, which is no text") from None
    if "\\u0000" in text:
        raise ValueError("it holds a zero character")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f'the key "{twice[:60]}" stands twice in one object; keep one')
    return found


def _deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    return levels == 0 or any(_deeper(v, levels - 1) for v in (value.values() if isinstance(value, dict) else value))
