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


@cached("documents", 64)
def document(blobs: Blobs, key: str) -> Document:
    """The document of a hash."""
    return Document.model_validate_json(blobs.get(key))


@cached("plan_documents", 16)
def plan_document(blobs: Blobs, key: str) -> PlanDocument:
    """The plan.json of a hash."""
    return PlanDocument.model_validate_json(blobs.get(key))


@cached("hedge_documents", 16)
def hedge_document(blobs: Blobs, key: str) -> HedgeDocument:
    """The hedge.json of a hash."""
    return HedgeDocument.model_validate_json(blobs.get(key))


@cached("tables_as_json", 256)
def table_json(blobs: Blobs, key: str, table: str) -> bytes:
    """The rows of one of its tables as JSON, defaults filled in."""
    rows = [row.model_dump(mode="json") for row in document(blobs, key).rows(table)]
    return json.dumps(rows, ensure_ascii=False, allow_nan=False).encode()


@cached("tables_as_csv", 256)
def table_csv(blobs: Blobs, key: str, table: str) -> bytes:
    """One of its tables as the file of an instance's folder."""
    return files_of(document(blobs, key))[file_of(table)].encode()
