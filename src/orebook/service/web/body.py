"""The body of a request that brings an instance: JSON, or a form with one file, a zip or a workbook."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from orebook.service.runs.uploads import Upload
from orebook.service.web.problem_details import ProblemError

ZIPPED = (
    "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)


async def _upload(request: Request) -> Upload:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "application/json":
        return Upload(await request.body(), packed=False)
    if media in ZIPPED:
        return Upload(await request.body(), packed=True)
    if media == "multipart/form-data":
        return Upload(await _only_file(request), packed=True)
    says = "Send the instance as application/json, or as a zip or workbook: multipart/form-data with one file, or as the body."
    raise ProblemError(415, "unknown-media", "Neither JSON nor a file", says)


async def _only_file(request: Request) -> bytes:
    try:
        async with request.form(max_files=1, max_fields=4) as form:
            files = [part for part in form.values() if isinstance(part, UploadFile)]
            if len(files) == 1:
                return await files[0].read()
    except HTTPException as error:
        if error.status_code == 413:
            raise
        raise ProblemError(422, "bad-form", "The form cannot be read", str(error.detail)) from None
    raise ProblemError(422, "no-file", "No file", "The form holds no file; send one, a zip or a workbook.")


Body = Annotated[Upload, Depends(_upload)]


def described(example: dict[str, Any], schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """The body as OpenAPI describes it: an instance, or what may be one."""
    file = {"type": "string", "format": "binary", "description": "a zip of an instance's folder, or a workbook (.xlsx)"}
    form = {"type": "object", "properties": {"file": file}, "required": ["file"]}
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": schema or {"$ref": "#/components/schemas/Document"}, "example": example},
                "multipart/form-data": {"schema": form},
            },
        }
    }


EXAMPLE: dict[str, Any] = {
    "instance": {"name": "tin", "weeks": 4, "target_days": 10, "budget_usd": 5_000},
    "minerals": [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}],
    "houses": [{"house": "traxys", "commission_pct": 1}],
    "offers": [{"offer": "traxys-tin", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 20}],
}
