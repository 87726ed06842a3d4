"""Caches of a process are counted, and keep no more than they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from orebook.service import caches
from orebook.service.caches import CacheState, cache_states, cached
from orebook.workbench import plan_cache
from tests.service.running import created, serving


def test_a_cache_counts_what_it_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two answers at most: the third drops the first, which has to be made again. A name is given once."""
    monkeypatch.setattr(caches, "_CACHES", {})
    made = list[int]()

    @cached("squares", 2)
    def square(x: int) -> int:
        made.append(x)
        return x * x

    assert [square(x) for x in (2, 2, 3, 4, 2)] == [4, 4, 9, 16, 4]
    assert made == [2, 3, 4, 2]
    assert list(cache_states()) == [CacheState("squares", size=2, capacity=2, hits=1, misses=4)]
    with pytest.raises(AssertionError):
        cached("squares", 1)(square)


def test_a_cache_is_no_heavier_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten in all: 4 and 5 are kept, 6 drops 5, and that the other two; 11 is never kept."""
    monkeypatch.setattr(caches, "_CACHES", {})
    made = list[int]()

    @cached("weighed", 10, weigh=lambda x: x, most=10)
    def same(x: int) -> int:
        made.append(x)
        return x

    for x in (4, 5, 4, 5, 11, 11, 4, 6, 5, 4):
        assert same(x) == x
    assert made == [4, 5, 11, 11, 6, 5, 4]


def test_the_caches_stand_in_the_metrics(tmp_path: Path) -> None:
    """A document that is read twice is made once; the plans of the pages have their caches there, too."""
    with serving(tmp_path) as client:
        kept = created(client, "kept")
        counts = []
        for _ in range(3):
            counts.append(_counts(client.get("/metrics").text))
            assert client.get(f"/v1/instances/{kept}/document.json").status_code == 200
    misses, hits = (
        [count[f"orebook_cache_{name}_total", "documents"] for count in counts] for name in ("misses", "hits")
    )
    assert [misses[k] - misses[0] for k in range(3)] == [0, 1, 1]
    assert [hits[k] - hits[0] for k in range(3)] == [0, 0, 1]
    assert counts[0]["orebook_cache_capacity", "documents"] == 64
    assert counts[0]["orebook_cache_capacity", "plans"] == plan_cache.MAX_PLANS
    assert counts[1]["orebook_cache_size", "documents"] >= 1


def _counts(text: str) -> dict[tuple[str, str], float]:
    """(metric, cache) -> value."""
    found = {}
    for line in text.splitlines():
        if line.startswith("orebook_cache_"):
            metric, _, rest = line.partition('{cache="')
            cache, _, value = rest.partition('"} ')
            found[metric, cache] = float(value)
    return found
