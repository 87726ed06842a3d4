"""What commands about a service's store share: its settings, and a sentence for whatever stands in the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import say

if TYPE_CHECKING:
    from orebook.service.settings import Settings

MISSING = "error: the service is not installed; pip install 'orebook[service]'"


def with_settings(work: Callable[[Settings], int], **options: Any) -> int:
    """What `work` comes to; 2 where the service is not installed, a setting is no good, or the store cannot be used.

    What it writes is for its user alone.
    """
    try:
        from sqlalchemy.exc import DBAPIError

        from orebook.service.errors import RefusedError
        from orebook.service.settings import Settings
    except ModuleNotFoundError as error:
        say(f"{MISSING} ({error.name})")
        return BAD_INPUT
    from pydantic import ValidationError

    os.umask(0o077)
    try:
        return work(Settings(**{name: value for name, value in options.items() if value is not None}))
    except ValidationError as error:
        for fault in error.errors():
            say(f"error: {'.'.join(map(str, fault['loc']))}: {fault['msg']}")
    except DBAPIError as error:
        say(f"error: the store cannot be used: {str(error.orig).splitlines()[0]}")
    except (OSError, RefusedError) as error:
        say(f"error: {error}")
    return BAD_INPUT


def existing(settings: Settings) -> Path:
    """The folder of a store that is there. Raises OSError."""
    if not settings.home.is_dir():
        raise OSError(f"{settings.home} is no folder of a service; name it with --home")
    return settings.home
