"""What only HTTP has: pages of lists, and why a request was refused."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import Field

from orebook.service.faults import FaultOut, Out

T = TypeVar("T")


class Page(Out, Generic[T]):
    """A part of a list; `next` is the address of what comes after it, and null at its end."""

    items: list[T]
    next: str | None = None


class ProblemOut(Out):
    """Why a request was refused (RFC 9457)."""

    type: str = Field("about:blank", examples=["urn:orebook:problem:bad-input"])
    title: str = Field(examples=["The instance has faults"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=['offers:7 premium_pct: "1,5" is not a number; write 1.5'])
    instance: str | None = Field(None, examples=["/v1/instances"])
    errors: list[FaultOut] = Field(
        default_factory=list,
        examples=[
            [
                {
                    "loc": ["offers", 7, "premium_pct"],
                    "message": '"1,5" is not a number; write 1.5',
                    "check": "not_a_number",
                }
            ]
        ],
    )
    differs: list[dict[str, Any]] = Field(
        default_factory=list, description="on 412: what another user changed meanwhile"
    )
