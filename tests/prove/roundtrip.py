"""A batch of instances, plain or odd, to a workbook, a folder and back: nothing is lost."""

from __future__ import annotations

from pathlib import Path

from tests.drawn import documents
from tests.prove.batches import tried_batch
from tests.prove.ledger import Tried
from tests.workbook.odd import odd_documents
from tests.workbook.there_and_back import nothing_is_lost


def try_roundtrip(draw: int, _kept: Path) -> Tried:
    """Try a batch: even numbers draw instances of every table, odd ones those of odd names, numbers and dates."""
    return tried_batch(draw, odd_documents() if draw % 2 else documents(), nothing_is_lost)
