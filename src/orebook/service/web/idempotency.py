"""Idempotency: a request sent again with the same Idempotency-Key does nothing and gets the first one's answer."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from orebook.service.store.tables import Once
from orebook.service.web.permissions import Who
from orebook.service.web.problem_details import ProblemError

KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="the same key: done once",
    ),
]


@dataclass(frozen=True)
class Asked:
    """A request that may come again: who sends it, under which key, and all that it says."""

    who: Who
    key: str | None
    said: bytes

    @property
    def hash(self) -> str:
        """Of all that it says."""
        return hashlib.sha256(self.said).hexdigest()


Answer = tuple[int, dict[str, Any]]


def once(session: Session, asked: Asked, make: Callable[[], Answer]) -> JSONResponse:
    """The answer made now, and kept in the same transaction, or the one that was kept. Raises ProblemError 422."""
    known = replayed(session, asked)
    if known is not None:
        return known
    status, answer = make()
    if asked.key is None:
        return _response(status, answer)
    session.add(
        Once(who=asked.who.name, key=asked.key, request=asked.hash, status=status, answer=answer, at=time.time())
    )
    return _response(status, answer)


def replayed(session: Session, asked: Asked) -> JSONResponse | None:
    """The answer that was kept, where the request came before. Raises ProblemError 422 where its key came with another."""
    known = None if asked.key is None else session.get(Once, (asked.who.name, asked.key))
    if known is None:
        return None
    if known.request != asked.hash:
        says = "This Idempotency-Key came before with another request; take a new key for a new request."
        raise ProblemError(422, "key-reused", "Idempotency-Key was used", says)
    return _response(known.status, known.answer, {"Idempotent-Replayed": "true"})


def _response(status: int, answer: dict[str, Any], headers: dict[str, str] | None = None) -> JSONResponse:
    location = {"Location": f"/v1/{answer['at_path']}"} if "at_path" in answer else {}
    content = {key: value for key, value in answer.items() if key != "at_path"}
    return JSONResponse(content, status, {**location, **(headers or {})})
