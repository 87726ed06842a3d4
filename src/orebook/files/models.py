"""Model files: by path, or by the name of one that ships."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from orebook.errors import InputError
from orebook.reading import suggest
from orebook.reading.text import fault
from orebook.reading.toml_file import read_toml
from orebook.schema.model import Model
from orebook.shipped import shipped


def read_model(name_or_path: str | PathLike[str]) -> Model:
    """The model in a .toml file, or the one that ships under a name.

    `name_or_path`: such as `weekly`, or a path that ends in .toml.

    Raises InputError with every fault.

        >>> import orebook
        >>> model = orebook.read_model("weekly")
        >>> model
        Model weekly: 18 rules; unmet, cover, cost, changes, tickets
        >>> [stage.stage for stage in model.stages]
        ['unmet', 'cover', 'cost', 'changes', 'tickets']
        >>> model.rules["shares"].level, model.rules["shares"].priority
        ('policy', 1)
        >>> orebook.read_model("weekley")
        Traceback (most recent call last):
        orebook.errors.InputError: weekley: is no model that ships; did you mean "weekly"?, or give the path of a .toml file
    """
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = _shipped_file(str(name_or_path))
    model, _, found = read_toml(path, Model)
    if model is None:
        raise InputError(found)
    return model


def model_names() -> list[str]:
    """The names of the models that ship."""
    return sorted(path.stem for path in shipped("models").glob("*.toml"))


def _shipped_file(name: str) -> Path:
    names = model_names()
    if name not in names:
        says = f"is no model that ships; {suggest.mend(name, names)}, or give the path of a .toml file"
        raise InputError([fault(name, None, "unknown_model", says)])
    return shipped("models") / f"{name}.toml"
