"""The command line: a leaf that parses, makes one library call, and shows what came of it."""

from orebook.cli.app import main

__all__ = ["main"]
