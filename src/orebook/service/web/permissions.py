"""Who asks, and what they may do: whoever sits at this machine, the holder of a key, or who logged in by OIDC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from orebook.service.settings import Settings
from orebook.service.web.problem_details import ProblemError

Scope = Literal["read", "plan", "approve", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
BEARER = HTTPBearer(
    auto_error=False, scheme_name="key", description="a key of the API, as `Authorization: Bearer ob_...`"
)


@dataclass(frozen=True)
class Who:
    """A name for the audit, and scopes; `admin` has them all."""

    name: str
    scopes: frozenset[str]
    key_id: str | None = None

    def may(self, scope: Scope) -> bool:
        """Whether the scope, or all of them, is theirs."""
        return scope in self.scopes or "admin" in self.scopes


LOCAL = Who("local", frozenset(SCOPES))
"""Who sits at this machine, where no account is asked for."""


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


def needs(scope: Scope) -> Callable[..., Who]:
    """A dependency: who asks, if they have the scope. Raises ProblemError 401 and 403."""

    def asked(request: Request, _key: Annotated[object, Security(BEARER)] = None) -> Who:
        who: Who | None = request.state.who
        if who is None:
            headers = {"WWW-Authenticate": "Bearer"}
            says = "Send a key of the API as Authorization: Bearer ob_..., or log in."
            raise ProblemError(401, "who", "Who asks?", says, headers=headers)
        if not who.may(scope):
            raise ProblemError(403, "not-allowed", "Not allowed", f"This needs the scope {scope}.")
        return who

    return asked


Reader = Annotated[Who, Depends(needs("read"))]
Planner = Annotated[Who, Depends(needs("plan"))]
Approver = Annotated[Who, Depends(needs("approve"))]
Admin = Annotated[Who, Depends(needs("admin"))]
