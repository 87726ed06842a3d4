"""The context of a web process, as a route asks for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from orebook.service.context import Context


def _context(request: Request) -> Context:
    found: Context = request.app.state.context
    return found


Ctx = Annotated[Context, Depends(_context)]
