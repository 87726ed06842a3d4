"""`python -m tests.oracle --draws 10000`: many draws, two at a time; says what it did and every disagreement."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from tests.oracle.draws import BATCH, Drawn, answered


def main() -> int:
    """Exit status 1 where anything disagrees."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--draws", type=int, default=1000, help="how many problems to draw")
    parser.add_argument("--seed", type=int, default=0, help="another seed draws others")
    parser.add_argument("--workers", type=int, default=2, help="processes at once")
    parser.add_argument("--replay", type=Path, help="a file with one draw, as printed for a disagreement")
    asked = parser.parse_args()
    if asked.replay:
        said = Drawn.of(asked.replay.read_text(encoding="utf-8")).answer()
        _print(said.ending, *(said.wrong or ["no disagreement"]))
        return bool(said.wrong)
    return _many(asked.draws, asked.seed, asked.workers)


def _many(draws: int, seed: int, workers: int) -> int:
    began, models, endings, wrong = time.perf_counter(), Counter[str](), Counter[str](), 0
    numbers = range(-(-draws // BATCH))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for number, found in zip(numbers, pool.map(answered, repeat(seed), numbers), strict=True):
            for model, said, replay in found:
                models[model] += 1
                endings[said.ending] += 1
                if said.wrong:
                    wrong += 1
                    _print(f"batch {number}, {model}:", *said.wrong, f"replay: {replay}")
            _print(f"{models.total()} draws, {wrong} disagree, {time.perf_counter() - began:.0f} s", to=sys.stderr)
    _print(f"{models.total()} draws of seed {seed}: {wrong} disagree", _counted(models), _counted(endings))
    return bool(wrong)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {name}" for name, n in sorted(counts.items()))


def _print(*lines: str, to: object = None) -> None:
    for line in lines:
        print(line, file=to, flush=True)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
