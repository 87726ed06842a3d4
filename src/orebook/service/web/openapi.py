"""The API's description: that of the routes, with the schemas that they only point to."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from orebook.schema.document import Document
from orebook.service.web.responses import ProblemOut

POINTED_TO = ((ProblemOut, "serialization"), (Document, "validation"))


def install(app: FastAPI) -> None:
    """Describe the application by `openapi()`; made once, when it is first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            _, more = models_json_schema(list(POINTED_TO), ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
            for name, schema in more["$defs"].items():
                found["components"]["schemas"].setdefault(name, schema)
            app.openapi_schema = found
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
