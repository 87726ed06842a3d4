"""What the files of a hedged run are called, beside hedge.json and the instance and model that all its futures share."""

from __future__ import annotations

FOLDER_FILE = "hedge.zip"
"""The whole folder, as `orebook hedge` writes it."""
NOW_FILE = "now.csv"
"""The tickets of the weeks that are now."""


def future_file(number: int) -> str:
    """The plan of a future, by its place in hedge.json from 1 on."""
    return f"future-{number}.json"
