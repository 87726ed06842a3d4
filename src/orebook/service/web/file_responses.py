"""Files of results as responses: streamed from where they lie by their hash, with their own kind, and never sniffed."""

from __future__ import annotations

from fastapi.responses import FileResponse, Response
from sqlalchemy.orm import Session

from orebook.service.context import Context
from orebook.service.errors import missing
from orebook.service.store.tables import File
from orebook.service.web.etags import content_tag, names

CONTENT_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class _Blob(FileResponse):
    """Read in few pieces: each is a turn that a thread has to wait for."""

    chunk_size = 1 << 20


def file_response(ctx: Context, session: Session, run_id: str, name: str, known: str | None) -> Response:
    """A file of a run by its name in the store, or 304 where `known`, an If-None-Match, names it. Raises MissingError.

    It is asked for each time: a plan's report is another one once the plan was explained.
    """
    file = session.get(File, (run_id, name))
    if file is None:
        raise missing(f"The file {name}")
    kind = CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    disposition = "attachment" if name.endswith((".xlsx", ".zip")) else "inline"
    headers = {"ETag": content_tag(file.sha256)}
    if names(known, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return _Blob(
        ctx.store.blobs.path(file.sha256),
        media_type=kind,
        filename=name,
        content_disposition_type=disposition,
        headers=headers,
    )
