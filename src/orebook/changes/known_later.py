"""Changes that are known only from a week on: read one text at a time, and refused where they touch what is settled by then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from orebook.changes.change import Change
from orebook.changes.expanding import is_event, written_out
from orebook.changes.grammar import parse
from orebook.changes.settled import why_settled
from orebook.changes.steps import step
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.schema.document import Document


def changes_of(base: Document, now: Document, text: str, known: int) -> Sequence[Change]:
    """What a change or an event comes to on the document as it is now, `base` being that before all of them.

    Raises InputError, also for what is settled before week `known`; rows that an event writes out are of no week of their own.
    """
    event = is_event(text)
    changes = [parse(one) for one in (written_out(now, text) if event else (text,))]
    settled = [f for c in changes for f in why_settled(base, now, c, None if event else known)]
    if settled:
        raise InputError(settled)
    return changes


def refuse_settled(document: Document, texts: Iterable[str], known: int) -> None:
    """Raises InputError with every text that touches what is settled before week `known`; each can be made, in order."""
    now, found = document, list[Finding]()
    for text in texts:
        try:
            now = reduce(step, changes_of(document, now, text, known), now)
        except InputError as error:
            found += error.findings
    if found:
        raise InputError(found)
