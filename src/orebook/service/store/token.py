"""The token of a service that asks for no keys."""

from __future__ import annotations

from pydantic import SecretStr

from orebook.service.exposure import is_open
from orebook.service.settings import Settings
from orebook.service.store.secret_file import secret_in

TOKEN_FILE = "token"


def with_token(settings: Settings) -> Settings:
    """The settings with a token where no keys are asked for: others than who started the service use this machine, too.

    It stands in a file that they cannot read, and in the address that is said when the service begins.
    """
    if not is_open(settings) or settings.auth == "none" or settings.token is not None:
        return settings
    return settings.model_copy(update={"token": SecretStr(secret_in(settings.home / TOKEN_FILE))})
