"""Why something that is asked of the service cannot be done; what HTTP makes of each kind stands in `web`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orebook.findings import Finding
from orebook.service.faults import FaultOut, fault_of, first_of


class RefusedError(Exception):
    """A name of the kind, such as `name-taken`, a title and a sentence."""

    def __init__(self, kind: str, title: str, detail: str) -> None:
        super().__init__(detail)
        self.kind, self.title, self.detail = kind, title, detail

    def __reduce__(self) -> tuple[Any, ...]:
        """As it goes from one process to another."""
        return type(self).__new__, (type(self), *self.args), self.__dict__


class MissingError(RefusedError):
    """There is no such thing."""


class ConflictError(RefusedError):
    """It is no longer, or not yet, as this needs it."""


class StaleVersionError(RefusedError):
    """The instance has a newer version than the one that is changed: its number, and what differs since."""

    def __init__(self, detail: str, newest: int, differs: Sequence[dict[str, Any]]) -> None:
        super().__init__("changed", "It has been changed meanwhile", detail)
        self.newest, self.differs = newest, list(differs)


class TooLargeError(RefusedError):
    """Larger or longer than this service takes."""


class TooManyRunsError(RefusedError):
    """As many runs wait as may."""


class BusyError(RefusedError):
    """As much is being done at the moment as may; it can be asked for again in a while."""


class ContentError(RefusedError):
    """A content that the store should have is missing, or is not what its hash says."""

    @classmethod
    def missing(cls, key: str) -> ContentError:
        """There is no file of this hash."""
        says = f"The content {key[:80]} is not in the store's folder of files; restore it from a backup"
        return cls("content-missing", "A content is missing", says)

    @classmethod
    def damaged(cls, key: str) -> ContentError:
        """What its file holds has another hash."""
        says = (
            f"The content {key[:80]} is not what it was when it was stored; restore it from a backup, or store it again"
        )
        return cls("content-damaged", "A content is damaged", says)


class UnusableError(RefusedError):
    """What was brought cannot be used: every fault with its place, where the faults have one."""

    def __init__(self, kind: str, title: str, detail: str, faults: Sequence[FaultOut] = ()) -> None:
        super().__init__(kind, title, detail)
        self.faults = list(faults)


def missing(what: str) -> MissingError:
    """There is no such thing, by what it would be."""
    return MissingError("not-found", "Not found", f"{what} is not there")


def too_large(detail: str) -> TooLargeError:
    """More than may be brought, in words."""
    return TooLargeError("too-large", "Too large", detail)


def not_as_described(errors: Iterable[Mapping[str, Any]]) -> UnusableError:
    """Errors of a model's validation, as pydantic lists them."""
    faults = [FaultOut(loc=list(e["loc"]), message=e["msg"], check=e["type"]) for e in errors]
    return UnusableError("bad-request", "The request is not as described", first_of(faults), faults)


def bad_input(findings: Iterable[Finding], title: str = "The input has faults") -> UnusableError:
    """Findings of the library's, of which some are faults."""
    listed = [fault_of(f) for f in findings]
    faults = [f for f in listed if f.severity == "fault"] or listed
    return UnusableError("bad-input", title, first_of(faults), listed)
