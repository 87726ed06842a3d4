"""A batch of tiny problems, each solved and held against every plan that there is: `tests/oracle`."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from tests.oracle.draws import answered
from tests.prove.ledger import Found, Tried


def try_oracle(draw: int, kept: Path) -> Tried:
    """Try a batch; one that disagrees is kept as a file that `python -m tests.oracle FILE` answers again."""
    began, found, counts = time.perf_counter(), list[Found](), Counter[str]()
    for k, (model, said, replay) in enumerate(answered(0, draw)):
        counts += Counter({"problems": 1, f"by {model}": 1, said.ending: 1})
        found += [Found("disagrees", f"{model}: {line}") for line in said.wrong]
        if said.wrong:
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{draw:06d}-{k}.json").write_text(replay, encoding="utf-8")
    return Tried(draw, "tried", time.perf_counter() - began, tuple(found), (), dict(counts))
