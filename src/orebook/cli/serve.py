"""`orebook serve` and `orebook worker`: the service, and workers for it."""

from __future__ import annotations

from typing import Any

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import say

MISSING = "error: the service is not installed; pip install 'orebook[service]'"


def run(command: str, options: dict[str, Any]) -> int:
    """Be the service or a worker until told to end; 2 where a setting is no good or the store cannot be opened."""
    try:
        from orebook.service.settings import Settings
    except ModuleNotFoundError as error:
        say(f"{MISSING} ({error.name})")
        return BAD_INPUT
    from pydantic import ValidationError
    from sqlalchemy.exc import OperationalError

    try:
        settings = Settings(**{name: value for name, value in options.items() if value is not None})
        _run(command, settings)
    except ValidationError as error:
        for fault in error.errors():
            say(f"error: {'.'.join(map(str, fault['loc']))}: {fault['msg']}")
        return BAD_INPUT
    except (OSError, OperationalError) as error:
        say(f"error: {error}")
        return BAD_INPUT
    return 0


def _run(command: str, settings: Any) -> None:
    if command == "worker":
        from orebook.service.processes.worker import main

        main(settings)
    else:
        from orebook.service.processes.serve import serve
        from orebook.workbench.app import create_app

        serve(settings, create_app)
