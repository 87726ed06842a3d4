"""What the grids ask: their rows, pasted text read, a draft kept as a version or solved as a what-if."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from fastapi import Request
from pydantic import Field

from orebook.schema.base import Frozen
from orebook.schema.document import Document
from orebook.service.routes.common import InstanceId
from orebook.service.routes.instances import found_version
from orebook.service.routes.solve import answer_of
from orebook.service.routes.versions import document_of, patch
from orebook.service.web.context import Context, Ctx
from orebook.service.web.etags import version_tag
from orebook.service.web.permissions import Planner, Reader
from orebook.service.web.problem_details import ProblemError
from orebook.workbench.grids import paste, sliders
from orebook.workbench.grids.apply_draft import applied
from orebook.workbench.grids.catalogue import grid_names
from orebook.workbench.grids.draft import Draft, Levers
from orebook.workbench.grids.fault_cells import placed
from orebook.workbench.grids.grid import Grid
from orebook.workbench.grids.paste import Comma, Read
from orebook.workbench.grids.tables import grid_of, meant
from orebook.workbench.pages import router as pages

router = pages()
GridName = StrEnum("GridName", {name: name for name in grid_names()})  # type: ignore[misc]


class Pasted(Frozen):
    """Text for the cells from one on, to the right and down, and what a comma in it is, where the planner says."""

    columns: Annotated[tuple[str, ...], Field(min_length=1, max_length=600)]
    text: Annotated[str, Field(max_length=20_000_000)]
    comma: Comma | Literal["auto"] = "auto"


class PastedOut(Frozen):
    """The cells, how a comma was taken, and whether it could have been meant otherwise."""

    rows: list[list[Read]]
    comma: Comma
    doubt: bool


@router.get("/instances/{instance_id}/grids/{name}")
def get_grid(ctx: Ctx, who: Reader, instance_id: InstanceId, name: GridName) -> Grid:
    """A grid of the newest version."""
    document, version = _newest(ctx, instance_id)
    return grid_of(document, name.value, version)


@router.post("/instances/{instance_id}/grids/{name}/read")
def read(ctx: Ctx, who: Reader, instance_id: InstanceId, name: GridName, asked: Pasted) -> PastedOut:
    """Pasted or typed text as cells, each with what is wrong with it."""
    document, _ = _newest(ctx, instance_id)
    try:
        columns = [meant(name.value, document, column) for column in asked.columns]
    except KeyError:
        raise ProblemError(422, "no-column", "No such column", "The grid has changed; load the page again.") from None
    lines = paste.lines_of(asked.text)
    texts = paste.texts_of(lines, [column for column, _, _ in columns])
    told = paste.comma_of(texts)
    comma: Comma = asked.comma if asked.comma != "auto" else told or "thousands"
    rows = [
        [paste.read_cell(text, *column, comma) for text, column in zip(line, columns, strict=False)] for line in lines
    ]
    return PastedOut(rows=rows, comma=comma, doubt=asked.comma == "auto" and told is None and paste.in_doubt(texts))


@router.post("/instances/{instance_id}/levers")
def say_levers(ctx: Ctx, who: Reader, instance_id: InstanceId, asked: Levers) -> dict[str, str]:
    """What the sliders change, in words."""
    return sliders.said(_newest(ctx, instance_id)[0], asked)


@router.post("/instances/{instance_id}/keep")
def keep(ctx: Ctx, who: Planner, request: Request, instance_id: InstanceId, draft: Draft) -> dict[str, Any]:
    """Keep a draft as the next version. What stands in the way is an answer, too: bad cells, or what another changed."""
    document, _ = _newest(ctx, instance_id, draft.version)
    tables = applied(document, draft)
    try:
        kept = patch(ctx, who, instance_id, tables.edit(draft.note), None, version_tag(draft.version))
        version = answer_of(kept)["version"]  # type: ignore[arg-type]
    except ProblemError as error:
        if error.problem.status == 412:
            _, newest = _newest(ctx, instance_id)
            return {
                "outcome": "changed",
                "version": newest,
                "says": error.problem.detail,
                "differs": error.problem.differs,
            }
        if error.problem.status != 422:
            raise
        return {"outcome": "faults", "says": error.problem.detail, "faults": placed(error.problem.errors, tables)}
    return {"outcome": "kept", "version": version}


def _newest(ctx: Context, instance_id: str, number: int | None = None) -> tuple[Document, int]:
    with ctx.store.database.read() as session:
        version = found_version(session, instance_id, number)
        return document_of(ctx, version), version.number
