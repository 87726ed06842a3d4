"""What an answer is of, as HTTP names it: a version of an instance, or a content by its hash (RFC 9110, 8.8.3)."""

from __future__ import annotations

from orebook.service.actions.versions import ExpectedVersion


def version_tag(version: int) -> str:
    """The tag of a version of an instance."""
    return f'"v{version}"'


def versions_of(if_match: str) -> ExpectedVersion:
    """The versions that an If-Match header allows to be changed, and the one that its sender has read."""
    tags = [tag.strip().removeprefix("W/") for tag in if_match.split(",")]
    numbers = {number for tag in tags if (number := _number(tag)) is not None and tag == version_tag(number)}
    read = _number(if_match.strip().removeprefix("W/"))
    return ExpectedVersion(None if "*" in tags else frozenset(numbers), read)


def _number(tag: str) -> int | None:
    """The version in a tag, be it well written or not."""
    text = tag.strip('"').removeprefix("v")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def content_tag(sha256: str) -> str:
    """The tag of a content."""
    return f'"{sha256[:32]}"'


def names(header: str | None, tag: str) -> bool:
    """Whether an If-Match or If-None-Match header names a tag."""
    tags = [one.strip().removeprefix("W/") for one in (header or "").split(",")]
    return "*" in tags or tag in tags
