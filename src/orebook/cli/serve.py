"""`orebook serve` and `orebook worker`: the service, and workers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orebook.cli.store_command import with_settings

if TYPE_CHECKING:
    from orebook.service.settings import Settings


def run(command: str, options: dict[str, Any]) -> int:
    """Be the service or a worker until told to end; 2 where a setting is no good or the store cannot be opened."""

    def work(settings: Settings) -> int:
        if command == "worker":
            from orebook.service.processes.worker import main

            main(settings)
        else:
            from orebook.service.processes.serve import serve
            from orebook.workbench.app import create_app

            serve(settings, create_app)
        return 0

    return with_settings(work, **options)
