"""What a caller gives as an argument, checked before anything is done; a fault goes by the argument's name."""

from __future__ import annotations

from math import inf
from numbers import Integral, Real

from orebook.errors import InputError
from orebook.findings import Finding


def refuse(*faults: Finding | None) -> None:
    """Raises InputError with all that are faults."""
    found = [fault for fault in faults if fault is not None]
    if found:
        raise InputError(found)


def number(name: str, value: object, low: float, high: float = inf) -> Finding | None:
    """What is wrong with a number from `low` to `high`; None where it is one, or was not given."""
    good = value is None or (isinstance(value, Real) and low <= float(value) <= high)
    return None if good else _wrong(name, value, f"a number {_span(low, high)}")


def count(name: str, value: object, low: int, high: float = inf) -> Finding | None:
    """What is wrong with a whole number from `low` to `high`; None where it is one, or was not given."""
    good = value is None or (isinstance(value, Integral) and low <= int(value) <= high)
    return None if good else _wrong(name, value, f"a whole number {_span(low, high)}")


def _span(low: float, high: float) -> str:
    return f"from {low:g} to {high:g}" if high < inf else f"of {low:g} or more"


def _wrong(name: str, value: object, wanted: str) -> Finding:
    return Finding("fault", "bad_argument", name, None, None, repr(value), f"is {value!r}; give {wanted}")
