"""Who asks, and what they may do: whoever sits at this machine, the holder of a key, or who logged in by OIDC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from orebook.service.web.problem_details import ProblemError

Scope = Literal["read", "plan", "approve", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
BEARER = HTTPBearer(
    auto_error=False, scheme_name="key", description="a key of the API, as `Authorization: Bearer ob_...`"
)


@dataclass(frozen=True)
class Who:
    """Who it is, by what no other has, and scopes; `admin` has them all. `label` is how people call them, and says nothing."""

    id: str
    scopes: frozenset[str]
    key_id: str | None = None
    label: str = ""

    @property
    def name(self) -> str:
        """For the audit, runs and versions: the id, and the label beside it."""
        return f"{self.id} ({self.label})" if self.label else self.id

    @property
    def counted(self) -> bool:
        """Whether there are limits on what they ask: not where nobody is asked who they are."""
        return self is not LOCAL

    def may(self, scope: Scope) -> bool:
        """Whether the scope, or all of them, is theirs."""
        return scope in self.scopes or "admin" in self.scopes


LOCAL = Who("local", frozenset(SCOPES))
"""Who sits at this machine, where no account is asked for."""


def needs(scope: Scope) -> Callable[..., Who]:
    """A dependency: who asks, if they have the scope. Raises ProblemError 401 and 403."""

    def allowed(request: Request, _key: Annotated[object, Security(BEARER)] = None) -> Who:
        who: Who | None = request.state.who
        if who is None:
            headers = {"WWW-Authenticate": "Bearer"}
            says = "Send a key of the API as Authorization: Bearer ob_..., or log in."
            raise ProblemError(401, "who", "Who asks?", says, headers=headers)
        if not who.may(scope):
            raise ProblemError(403, "not-allowed", "Not allowed", f"This needs the scope {scope}.")
        return who

    return allowed


Reader = Annotated[Who, Depends(needs("read"))]
Planner = Annotated[Who, Depends(needs("plan"))]
Approver = Annotated[Who, Depends(needs("approve"))]
Admin = Annotated[Who, Depends(needs("admin"))]
