"""`python -m tests.oracle FILE`: a draw that `python -m tests.prove oracle` kept, answered again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.oracle.draws import Drawn


def main() -> int:
    """Exit status 1 where anything disagrees."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("file", type=Path)
    said = Drawn.of(parser.parse_args().file.read_text(encoding="utf-8")).answer()
    print(said.ending, *(said.wrong or ["no disagreement"]), sep="\n")  # noqa: T201
    return bool(said.wrong)


if __name__ == "__main__":
    sys.exit(main())
