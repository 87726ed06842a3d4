"""An instance's content: the whole document, and each table, as JSON and as CSV; a zip and a workbook to take away."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from orebook.export import files_of, workbook_of
from orebook.files.archive import zipped
from orebook.schema.document import TABLES, Document
from orebook.service.actions.instances import read_document
from orebook.service.context import Context
from orebook.service.errors import missing
from orebook.service.routes.common import refusals
from orebook.service.runs.documents import table_csv, table_json
from orebook.service.runs.lookups import find_version
from orebook.service.web.context import Ctx
from orebook.service.web.etags import version_tag
from orebook.service.web.file_responses import CONTENT_TYPES
from orebook.service.web.parameters import InstanceId
from orebook.service.web.permissions import Reader

router = APIRouter(prefix="/v1/instances", tags=["instances"])
VersionQuery = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="the newest where left out")]
Table = StrEnum("Table", {name: name for name in TABLES})  # type: ignore[misc]


@router.get("/{instance_id}/document.json", response_model=Document, responses=refusals(404))
def get_document(ctx: Ctx, who: Reader, instance_id: InstanceId, version: VersionQuery = None) -> JSONResponse:
    """The whole instance in one document; what has a default and stands at it is left out."""
    document, tag = _found(ctx, instance_id, version)
    content = document.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, headers={"ETag": tag})


@router.get("/{instance_id}/document.xlsx", response_class=Response, responses=refusals(404))
def get_workbook(ctx: Ctx, who: Reader, instance_id: InstanceId, version: VersionQuery = None) -> Response:
    """The instance as a workbook that can be changed in Excel and sent back."""
    document, tag = _found(ctx, instance_id, version)
    return _attached(workbook_of(document), f"{instance_id}.xlsx", tag)


@router.get("/{instance_id}/document.zip", response_class=Response, responses=refusals(404))
def get_zip(ctx: Ctx, who: Reader, instance_id: InstanceId, version: VersionQuery = None) -> Response:
    """The instance as a zip of its folder."""
    document, tag = _found(ctx, instance_id, version)
    return _attached(zipped(files_of(document)), f"{instance_id}.zip", tag)


@router.get("/{instance_id}/tables/{table}.json", response_model=list[dict[str, Any]], responses=refusals(404))
def get_rows(ctx: Ctx, who: Reader, instance_id: InstanceId, table: Table, version: VersionQuery = None) -> Response:
    """The rows of a table, defaults filled in."""
    key, tag = _table(ctx, instance_id, version, table)
    content = table_json(ctx.store.blobs, key, table.value)
    return Response(content, media_type=CONTENT_TYPES["json"], headers={"ETag": tag})


@router.get("/{instance_id}/tables/{table}.csv", response_class=Response, responses=refusals(404))
def get_csv(ctx: Ctx, who: Reader, instance_id: InstanceId, table: Table, version: VersionQuery = None) -> Response:
    """The table as the file of an instance's folder."""
    key, tag = _table(ctx, instance_id, version, table)
    return Response(
        table_csv(ctx.store.blobs, key, table.value), media_type=CONTENT_TYPES["csv"], headers={"ETag": tag}
    )


def _found(ctx: Context, instance_id: str, version: int | None) -> tuple[Document, str]:
    with ctx.store.database.read() as session:
        document, number = read_document(session, ctx, instance_id, version)
    return document, version_tag(number)


def _table(ctx: Context, instance_id: str, number: int | None, table: Table) -> tuple[str, str]:
    """The hash of the version's document, if it has the table, and its tag. Raises MissingError."""
    with ctx.store.database.read() as session:
        version = find_version(session, instance_id, number)
    if table.value not in version.size:
        raise missing(f"The table {table.value}")
    return version.document, version_tag(version.number)


def _attached(content: bytes, name: str, tag: str) -> Response:
    headers = {"ETag": tag, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=CONTENT_TYPES[name.rpartition(".")[2]], headers=headers)
