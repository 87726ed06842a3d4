"""Methods of plain data whose work a room above does: declared with the data, bound by the room that does it.

The room below says `CHANGE: Late[[Problem, Sequence[str]], Problem] = Late()` and calls it; the room above says
`CHANGE.bind(changed)` when it is imported. Nothing below imports anything above.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Late(Generic[P, R]):
    """A function that is bound later; where nobody has bound it when it is called, `wake` imports who does."""

    wake: ClassVar[Callable[[], object]] = staticmethod(lambda: None)

    def __init__(self) -> None:
        self._work: Callable[P, R] | None = None

    def bind(self, work: Callable[P, R]) -> None:
        """Have calls done by `work`."""
        self._work = work

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it. Raises LookupError where nobody has bound it."""
        if self._work is None:
            Late.wake()
        if self._work is None:
            raise LookupError("nobody does this work; import orebook first")
        return self._work(*args, **kwargs)
