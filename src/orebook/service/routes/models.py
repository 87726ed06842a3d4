"""The models that ship: which rules hold at which level, and the stages."""

from __future__ import annotations

from enum import StrEnum

from fastapi import APIRouter

from orebook.files.models import model_names, read_model
from orebook.schema.model import Model
from orebook.service.routes.common import refusals
from orebook.service.web.permissions import Reader

router = APIRouter(prefix="/v1/models", tags=["models"])
ModelName = StrEnum("ModelName", {name: name for name in model_names()})  # type: ignore[misc]


@router.get("", responses=refusals())
def list_all(who: Reader) -> list[Model]:
    """Every model that ships; a run takes one by its name, or any other as a whole."""
    return [read_model(name) for name in model_names()]


@router.get("/{name}", responses=refusals(404))
def get(who: Reader, name: ModelName) -> Model:
    """A model."""
    return read_model(name.value)
