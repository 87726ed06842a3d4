"""The report's own style sheet, on which the workbench's stands: both look alike."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import Response

router = APIRouter(include_in_schema=False)


@router.get("/static/report.css")
def report_css() -> Response:
    """The style sheet that the report has within it."""
    return Response(
        files("orebook.report").joinpath("templates", "report.css").read_text("utf-8"), media_type="text/css"
    )
