"""Whether a request came by way of a proxy, as far as one says so of itself."""

from __future__ import annotations

from starlette.requests import Request

ADDED = frozenset(
    {
        "forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip", "cf-ray", "fastly-client-ip",
        "x-cluster-client-ip", "x-original-host", "x-envoy-external-address", "x-amzn-trace-id", "x-request-start",
    }
)  # fmt: skip
"""Headers that proxies add, and nobody who sits at the machine."""


def came_by_proxy(request: Request) -> bool:
    """By such a header, or by HTTP/1.0, which nginx speaks where nobody tells it otherwise."""
    if request.scope.get("http_version") == "1.0":
        return True
    return any(name in ADDED or name.startswith("x-forwarded-") for name in request.headers)
