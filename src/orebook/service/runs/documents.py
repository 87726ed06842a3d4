"""Documents of instances and plans, read once: a content never changes under its hash."""

from __future__ import annotations

import json

from orebook.export import files_of
from orebook.reading.book import file_of
from orebook.schema.document import Document
from orebook.schema.hedge import HedgeDocument
from orebook.schema.plan import PlanDocument
from orebook.service.caches import cached
from orebook.service.store.blobs import Blobs

MOST_BYTES = 16 * 1024 * 1024
"""Of JSON whose documents are kept; each byte takes some ten in memory."""


def _bytes_of(blobs: Blobs, key: str, *_: object) -> float:
    """What a document weighs: bytes of its JSON."""
    return blobs.path(key).stat().st_size


@cached("documents", 64, weigh=_bytes_of, most=MOST_BYTES)
def document(blobs: Blobs, key: str) -> Document:
    """The document of a hash."""
    return Document.model_validate_json(blobs.get(key))


@cached("plan_documents", 16, weigh=_bytes_of, most=MOST_BYTES)
def plan_document(blobs: Blobs, key: str) -> PlanDocument:
    """The plan.json of a hash."""
    return PlanDocument.model_validate_json(blobs.get(key))


@cached("hedge_documents", 16, weigh=_bytes_of, most=MOST_BYTES)
def hedge_document(blobs: Blobs, key: str) -> HedgeDocument:
    """The hedge.json of a hash."""
    return HedgeDocument.model_validate_json(blobs.get(key))


@cached("tables_as_json", 256, weigh=_bytes_of, most=MOST_BYTES)
def table_json(blobs: Blobs, key: str, table: str) -> bytes:
    """The rows of one of its tables as JSON, defaults filled in."""
    rows = [row.model_dump(mode="json") for row in document(blobs, key).rows(table)]
    return json.dumps(rows, ensure_ascii=False, allow_nan=False).encode()


@cached("tables_as_csv", 256, weigh=_bytes_of, most=MOST_BYTES)
def table_csv(blobs: Blobs, key: str, table: str) -> bytes:
    """One of its tables as the file of an instance's folder."""
    return files_of(document(blobs, key))[file_of(table)].encode()
