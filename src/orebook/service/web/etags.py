"""What an answer is of, as HTTP names it: a version of an instance, or a content by its hash (RFC 9110, 8.8.3)."""

from __future__ import annotations


def version_tag(version: int) -> str:
    """The tag of a version of an instance."""
    return f'"v{version}"'


def content_tag(sha256: str) -> str:
    """The tag of a content."""
    return f'"{sha256[:32]}"'


def names(header: str | None, tag: str) -> bool:
    """Whether an If-Match or If-None-Match header names a tag."""
    tags = [one.strip().removeprefix("W/") for one in (header or "").split(",")]
    return "*" in tags or tag in tags
