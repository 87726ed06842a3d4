"""A part of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True)
class Part(Generic[T, K]):
    """Items, and the place of the last one, after which the next part begins; None where nothing comes after it."""

    items: Sequence[T]
    last: K | None
