"""What ships with orebook: its instances and models, packed into the package, or beside `src` in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

HEAD_FILE = "instance.toml"


def shipped(kind: Literal["instances", "models"]) -> Path:
    """The folder of all of a kind."""
    package = Path(__file__).parent
    packed = package / f"_{kind}"
    return packed if packed.is_dir() else package.parents[1] / kind


def instance_names() -> list[str]:
    """The names of the instances that ship, such as `vault-small` and `teaching/budget`."""
    home = shipped("instances")
    return sorted(head.parent.relative_to(home).as_posix() for head in home.rglob(HEAD_FILE))
