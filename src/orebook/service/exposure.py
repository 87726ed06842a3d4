"""Whether others than this machine can reach the service, and whether it may then begin."""

from __future__ import annotations

from orebook.service.settings import Settings


def is_open(settings: Settings) -> bool:
    """Whether nobody is asked who they are: nobody but this machine can reach the service, and no proxy stands before it."""
    if settings.auth == "auto":
        return settings.loopback and not settings.forwarded and settings.oidc_issuer is None
    return settings.auth == "none"


def refused_to_open(settings: Settings, keys: bool) -> str | None:
    """Why the service may not begin with these settings; None where it may. `keys`: whether there is one."""
    if settings.auth == "none" and not settings.loopback:
        return f"auth=none is for this machine alone, and {settings.host} is reached from others; take --host 127.0.0.1"
    if not is_open(settings) and not keys and settings.oidc_issuer is None:
        return (
            "others could reach the service, and nobody could log in: make a key first, with `orebook key NAME --scope admin`, "
            "or set OREBOOK_OIDC_ISSUER"
        )
    return None
