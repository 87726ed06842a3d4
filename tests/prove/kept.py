"""A draw kept as files that the command line reads: an instance's folder, with its model beside the tables."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import orebook
from orebook.schema.document import Document
from orebook.schema.model import Model


def keep(folder: Path, document: Document, model: Model) -> None:
    """Write `folder` anew: `orebook solve FOLDER --model FOLDER.toml` solves it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    orebook.write_instance(document, folder)
    folder.with_name(folder.name + ".toml").write_text(toml_of(model), encoding="utf-8")


def toml_of(model: Model) -> str:
    """A model as its file has it."""
    content = model.model_dump(mode="json", exclude_none=True)
    rules = [f"{name} = {{ {_pairs(level)} }}" for name, level in content["rules"].items()]
    stages = [line for stage in content["stages"] for line in ("[[stages]]", *_lines(stage))]
    tables = [line for name in ("weights", "solver") for line in (f"[{name}]", *_lines(content[name]))]
    return "\n".join([f'name = "{model.name}"', "[rules]", *rules, *stages, *tables, ""])


def _lines(values: dict[str, object]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in values.items()]


def _pairs(values: dict[str, object]) -> str:
    return ", ".join(_lines(values))
