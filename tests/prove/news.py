"""A batch of tiny problems whose changes act from a week on, each solved and held against every plan that there is."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from tests.oracle.news import answered_with_news
from tests.prove.ledger import Found, Tried

BATCH = 25


def try_news(draw: int, _kept: Path) -> Tried:
    """Try a batch; what disagrees is said with its changes and its document, which `python -m tests.oracle` reads."""
    began, found, counts = time.perf_counter(), list[Found](), Counter[str]()
    for drawn, said in answered_with_news(draw, BATCH):
        counts += Counter({"problems": 1, said.ending: 1})
        found += [Found("disagrees", f"{line}: {drawn}") for line in said.wrong]
    return Tried(draw, "tried", time.perf_counter() - began, tuple(found), (), dict(counts))
