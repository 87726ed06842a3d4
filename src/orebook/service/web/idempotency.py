"""Idempotency: a request sent again with the same Idempotency-Key does nothing and gets the first one's answer."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from orebook.service.store.tables import IdempotentReply
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
class KeyedRequest:
    """A request that may come again: who sends it, under which key, and all that it says."""

    who: Who
    key: str | None
    content: bytes

    @property
    def hash(self) -> str:
        """Of all that it says."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Reply:
    """What a request is answered with: a status, a content, and the place in the API of what was made."""

    status: int
    content: dict[str, Any]
    place: str | None = None
    replayed: bool = False

    @classmethod
    def of(cls, status: int, model: BaseModel, place: str | None = None) -> Reply:
        """A model as an answer."""
        return cls(status, model.model_dump(mode="json"), place)

    def response(self) -> JSONResponse:
        """It as a response."""
        headers = {} if self.place is None else {"Location": f"/v1/{self.place}"}
        return JSONResponse(
            self.content, self.status, headers | ({"Idempotent-Replayed": "true"} if self.replayed else {})
        )


def answered_once(session: Session, request: KeyedRequest, answer: Callable[[], Reply]) -> Reply:
    """The answer made now, and kept in the same transaction, or the one that was kept. Raises ProblemError 422."""
    known = kept_reply(session, request)
    if known is not None:
        return known
    reply = answer()
    if request.key is not None:
        session.add(
            IdempotentReply(
                who=request.who.id,
                key=request.key,
                request=request.hash,
                status=reply.status,
                answer=reply.content | ({} if reply.place is None else {"at_path": reply.place}),
                at=time.time(),
            )
        )
    return reply


def kept_reply(session: Session, request: KeyedRequest) -> Reply | None:
    """The answer that was kept, where the request came before. Raises ProblemError 422 where its key came with another."""
    known = None if request.key is None else session.get(IdempotentReply, (request.who.id, request.key))
    if known is None:
        return None
    if known.request != request.hash:
        says = "This Idempotency-Key came before with another request; take a new key for a new request."
        raise ProblemError(422, "key-reused", "Idempotency-Key was used", says)
    content = {key: value for key, value in known.answer.items() if key != "at_path"}
    return Reply(known.status, content, known.answer.get("at_path"), replayed=True)
