"""`python -m tests.prove tight --draws 10000`: so many draws of a kind, gone on with where the last run ended.

Each draw is a line in FOLDER/KIND.jsonl; what is found is kept as files beside it. `--again` tries those draws once more
that had findings. Exit status 1 where anything was found.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path

from tests.prove.ledger import Ledger, Trial, summary

MINUTES = {
    "tight": 2,
    "digits": 2,
    "giveway": 2,
    "oracle": 60,
    "news": 60,
    "patched": 60,
    "roundtrip": 60,
    "hedged": 10,
    "prices": 60,
    "planted": 60,
    "properties": 120,
    "killing": 90,
    "slowing": 90,
    "soak": 240,
    "described": 240,
    "mutants": 10,
}
"""kind -> minutes after which a draw counts as one that hangs, far beyond what it takes on a busy machine."""

FOLDER = Path(".benchmarks/prove")


def trial_of(kind: str) -> Trial:
    """What tries a draw of a kind."""
    trial: Trial = getattr(import_module(f"tests.prove.{kind}"), f"try_{kind}")
    return trial


def main() -> int:
    """Run what is asked for, and say what came of all draws so far."""
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("kind", choices=MINUTES)
    parser.add_argument("--draws", type=int, default=1000, help="draws 0 to N-1")
    parser.add_argument("--first", type=int, default=0, help="the first draw, in place of 0")
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the lines and what is found are kept")
    parser.add_argument("--again", action="store_true", help="try those with findings once more")
    parser.add_argument("--summary", action="store_true", help="try nothing, say what came of the draws so far")
    asked = parser.parse_args()
    ledger = Ledger(asked.folder, asked.kind, 60.0 * MINUTES[asked.kind])
    tried, wanted = ledger.read(), range(asked.first, asked.draws)
    left = [n for n in wanted if n not in tried or (asked.again and tried[n].found)]
    began = said = time.monotonic()
    try:
        for k, entry in enumerate(ledger.run(trial_of(asked.kind), [] if asked.summary else left, asked.jobs), 1):
            tried[entry.draw] = entry
            for found in entry.found:
                _print(f"{asked.kind} {entry.draw}: {found.kind}: {found.says}")
            if time.monotonic() - said > 30:
                said = time.monotonic()
                _print(f"{asked.kind}: {k} of {len(left)} draws in {said - began:.0f} s", to=sys.stderr)
    except KeyboardInterrupt:
        _print("stopped; run it again and it goes on", to=sys.stderr)
    done = [tried[n] for n in wanted if n in tried]
    _print(*summary(asked.kind, done))
    return int(any(t.found for t in done))


def _print(*lines: str, to: object = None) -> None:
    for line in lines:
        print(line, file=to, flush=True)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
