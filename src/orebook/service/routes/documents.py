"""An instance's content: the whole document, and each table, as JSON and as CSV; a zip and a workbook to take away."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from orebook.export import files_of, workbook_of
from orebook.schema.document import TABLES, Document
from orebook.service.routes.common import InstanceId, refusals
from orebook.service.routes.instances import found_version
from orebook.service.routes.versions import document_of
from orebook.service.runs.documents import table_csv, table_json
from orebook.service.web.context import Context, Ctx
from orebook.service.web.etags import version_tag
from orebook.service.web.file_responses import CONTENT_TYPES
from orebook.service.web.permissions import Reader
from orebook.service.web.problem_details import not_found

router = APIRouter(prefix="/v1/instances", tags=["instances"])
VersionQuery = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="the newest where left out")]
Table = StrEnum("Table", {name: name for name in TABLES})  # type: ignore[misc]


@router.get("/{instance_id}/document.json", responses=refusals(404))
def get_document(ctx: Ctx, who: Reader, instance_id: InstanceId, version: VersionQuery = None) -> Document:
    """The whole instance in one document; what has a default and stands at it is left out."""
    document, tag = _found(ctx, instance_id, version)
    content = document.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, headers={"ETag": tag})  # type: ignore[return-value]


@router.get("/{instance_id}/document.xlsx", response_class=Response, responses=refusals(404))
def get_workbook(ctx: Ctx, who: Reader, instance_id: InstanceId, version: VersionQuery = None) -> Response:
    """The instance as a workbook that can be changed in Excel and sent back."""
    document, tag = _found(ctx, instance_id, version)
    return _attached(workbook_of(document), f"{instance_id}.xlsx", tag)


@router.get("/{instance_id}/document.zip", response_class=Response, responses=refusals(404))
def get_zip(ctx: Ctx, who: Reader, instance_id: InstanceId, version: VersionQuery = None) -> Response:
    """The instance as a zip of its folder."""
    document, tag = _found(ctx, instance_id, version)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files_of(document).items():
            archive.writestr(name, text)
    return _attached(content.getvalue(), f"{instance_id}.zip", tag)


@router.get("/{instance_id}/tables/{table}.json", responses=refusals(404))
def get_rows(
    ctx: Ctx, who: Reader, instance_id: InstanceId, table: Table, version: VersionQuery = None
) -> list[dict[str, Any]]:
    """The rows of a table, defaults filled in."""
    key, tag = _table(ctx, instance_id, version, table)
    content = table_json(ctx.store.blobs, key, table.value)
    return Response(content, media_type=CONTENT_TYPES["json"], headers={"ETag": tag})  # type: ignore[return-value]


@router.get("/{instance_id}/tables/{table}.csv", response_class=Response, responses=refusals(404))
def get_csv(ctx: Ctx, who: Reader, instance_id: InstanceId, table: Table, version: VersionQuery = None) -> Response:
    """The table as the file of an instance's folder."""
    key, tag = _table(ctx, instance_id, version, table)
    return Response(
        table_csv(ctx.store.blobs, key, table.value), media_type=CONTENT_TYPES["csv"], headers={"ETag": tag}
    )


def _found(ctx: Context, instance_id: str, version: int | None) -> tuple[Document, str]:
    with ctx.store.database.read() as session:
        found = found_version(session, instance_id, version)
        return document_of(ctx, found), version_tag(found.number)


def _table(ctx: Context, instance_id: str, number: int | None, table: Table) -> tuple[str, str]:
    """The hash of the version's document, if it has the table, and its tag. Raises ProblemError 404."""
    with ctx.store.database.read() as session:
        version = found_version(session, instance_id, number)
    if table.value not in version.size:
        raise not_found(f"The table {table.value}")
    return version.document, version_tag(version.number)


def _attached(content: bytes, name: str, tag: str) -> Response:
    kind = CONTENT_TYPES.get(name.rpartition(".")[2], "application/zip")
    headers = {"ETag": tag, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
