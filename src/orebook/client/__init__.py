"""The library's calls, done by a service: the same names, the same plans and facts, the same errors."""

from orebook.client.client import Client

__all__ = ["Client"]
