"""`orebook trace`: where a figure of an imported instance came from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from orebook.api import trace
from orebook.cli.output import refused, result, result_json
from orebook.errors import InputError


def run(instance: Path, address: str, *, as_json: bool) -> int:
    """Show it; 2 where the instance was not imported, or the book says nothing of it."""
    try:
        found = trace(instance, address)
    except InputError as error:
        return refused(error.findings, as_json=as_json)
    if as_json:
        result_json([asdict(source) for source in found])
        return 0
    for source in found:
        result(f"{source.address} = {source.value}")
        result(f"  {source.cell}: {source.typed}")
        for step in source.how.split("; ") if source.how else ():
            result(f"  {step}")
    return 0
