"""Events in the texts of changes, written out one after the other on the document as it then stands."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence

from orebook.changes.applying import apply
from orebook.changes.events import EVENTS
from orebook.changes.grammar import parse
from orebook.changes.refusal import refused
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading import suggest
from orebook.reading.numbers import is_number
from orebook.schema.document import Document

_EVENT = re.compile(r"(\w+)\s*\((.*)\)", re.DOTALL)


def is_event(text: str) -> bool:
    """Whether a text is written like an event."""
    return _EVENT.fullmatch(text.strip()) is not None


def expanded(document: Document, texts: Sequence[str]) -> tuple[str, ...]:
    """The changes that the texts come to, events written out. Raises InputError with every text that cannot be."""
    if not any(map(is_event, texts)):
        return tuple(texts)
    changes: list[str] = []
    found: list[Finding] = []
    for text in texts:
        try:
            one = written_out(document, text) if is_event(text) else (text,)
            document = apply(document, map(parse, one))
        except InputError as error:
            found += error.findings
        else:
            changes += one
    if found:
        raise InputError(found)
    return tuple(changes)


def usage(name: str) -> str:
    """How an event is written: `house_out(house=..., week=1)`."""
    parameters = list(inspect.signature(EVENTS[name]).parameters.values())[1:]
    said = (p.name + ("=..." if p.default is p.empty else f"={p.default}") for p in parameters)
    return f"{name}({', '.join(said)})"


def written_out(document: Document, text: str) -> tuple[str, ...]:
    """The changes that one event comes to on a document. Raises InputError where it is none, or changes nothing."""
    called = _EVENT.fullmatch(text.strip())
    assert called is not None
    name, arguments = called.groups()
    if name not in EVENTS:
        known = suggest.nearest(name, EVENTS)
        mend = f'did you mean "{known}"?' if known else f"there are {', '.join(EVENTS)}"
        raise refused(text, "unknown_event", f'"{name}" is no event; {mend}', name)
    values = _arguments(text, name, arguments)
    for key, value in values.items():
        there = _known(document, key)
        for named in [str(value)] if key != "members" else [n.strip() for n in str(value).split(";")]:
            if there and named not in there:
                says = f'{key} "{named}" is not there; {suggest.mend(named, there)}'
                raise refused(text, "unknown_name", says, named)
    _weeks_of_the_plan(document, text, name, values)
    changes = tuple(EVENTS[name](document, **values))
    if not changes:
        raise refused(text, "no_row", "changes nothing: no row of the instance is meant")
    return changes


def _weeks_of_the_plan(document: Document, text: str, name: str, values: dict[str, str | int | float]) -> None:
    """Refuse a week that the plan does not have; money may come free after it."""
    last = document.instance.weeks
    for key in ("week", "replenish_by") if name != "release_slips" else ():
        week = values.get(key)
        if isinstance(week, int) and not 1 <= week <= last:
            says = f"{key} {week} is no week of the plan, which has weeks 1 to {last}: nothing would change"
            raise refused(text, "no_row", says, week)


def _known(document: Document, key: str) -> list[str]:
    """The names that an argument of this name may have; none where any may."""
    names: dict[str, set[str]] = {
        "house": {h.house for h in document.houses},
        "offer": {o.offer for o in document.offers},
        "mineral": {"*", *(m.mineral for m in document.minerals)},
        "site": {s.site for s in document.rows("sites")},
        "member": {u.member for u in document.rows("use")},
        "members": {"*", *(u.member for u in document.rows("use"))},
        "origin": {
            name
            for rows in (document.offers, document.rows("origins"))
            for row in rows
            for name in (row.origin, getattr(row, "group", None))
            if name
        },
    }
    return sorted(names.get(key, ()))


def _arguments(text: str, name: str, listed: str) -> dict[str, str | int | float]:
    parameters = dict(list(inspect.signature(EVENTS[name]).parameters.items())[1:])
    values: dict[str, str | int | float] = {}
    for part in filter(None, (piece.strip() for piece in listed.split(","))):
        key, equals, value = (p.strip() for p in part.partition("="))
        if not equals or key not in parameters:
            raise refused(text, "no_argument", f'"{part}" is no argument; write {usage(name)}', part)
        values[key] = _value(text, key, value, parameters[key].annotation)
    missing = [p.name for p in parameters.values() if p.default is p.empty and p.name not in values]
    if missing:
        raise refused(text, "no_argument", f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing; "
                      f"write {usage(name)}")  # fmt: skip
    return values


_KINDS: dict[str, tuple[Callable[[str], str | int | float], str]] = {
    "str": (str, "a name"),
    "int": (int, "a whole number from 0 up"),
    "float": (float, "a number from 0 up"),
}


def _value(text: str, key: str, value: str, kind: str) -> str | int | float:
    make, said = _KINDS[kind]
    fits = (
        bool(value) if kind == "str" else value.isdecimal() if kind == "int" else is_number(value) and float(value) >= 0
    )
    if not fits:
        raise refused(text, "wrong_type", f'{key} "{value}" is not {said}', value)
    return make(value)
