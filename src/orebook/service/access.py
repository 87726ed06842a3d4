"""Who asks, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from fastapi import Depends, Request

from orebook.service.errors import ProblemError

Scope = Literal["read", "plan", "approve", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True)
class Who:
    """A name for the audit, and scopes; `admin` has them all."""

    name: str
    scopes: frozenset[str]

    def may(self, scope: Scope) -> bool:
        """Whether the scope, or all of them, is theirs."""
        return scope in self.scopes or "admin" in self.scopes


LOCAL = Who("local", frozenset(SCOPES))
"""Who sits at this machine, where no account is asked for."""


def needs(scope: Scope) -> Callable[[Request], Who]:
    """A dependency: who asks, if they have the scope. Raises ProblemError 403."""

    def asked(request: Request) -> Who:
        who: Who = request.state.who
        if not who.may(scope):
            raise ProblemError(403, "not-allowed", "Not allowed", f"This needs a key with the scope {scope}.")
        return who

    return asked


Reader = Annotated[Who, Depends(needs("read"))]
Planner = Annotated[Who, Depends(needs("plan"))]
Approver = Annotated[Who, Depends(needs("approve"))]
Admin = Annotated[Who, Depends(needs("admin"))]
