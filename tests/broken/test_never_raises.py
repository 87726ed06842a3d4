"""Whatever stands in the files, reading ends with findings or a problem."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.files.instances import inspect
from tests.broken.good import GOOD, write

ODD = [
    "",
    "0",
    "-1",
    "1e15",
    "1e-300",
    "nan",
    "1e999",
    "*",
    ";",
    '"',
    ",",
    "\n",
    "\r",
    "\0",
    "é",
    "1" * 400,
    "yes",
    "tin",
]


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, bytes]:
    """The good instance with up to three stretches of its bytes replaced."""
    files = {name: text.encode() for name, text in GOOD.items()}
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        start = draw(st.integers(0, len(files[name])))
        end = draw(st.integers(start, min(start + 12, len(files[name]))))
        new = draw(st.sampled_from(ODD).map(str.encode) | st.binary(max_size=8))
        files[name] = files[name][:start] + new + files[name][end:]
    return files


@settings(max_examples=100)
@given(spoilt())
def test_reading_never_raises(files: dict[str, bytes]) -> None:
    """A spoilt instance gives a problem with warnings, or no problem and faults; each finding can be printed."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {})
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        problem, findings = inspect(folder)
    faults = [str(f) for f in findings if f.severity == "fault"]
    assert (problem is None) == bool(faults)
