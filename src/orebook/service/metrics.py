"""Counts for Prometheus: requests and caches as this process saw them, runs as the store has them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from orebook.service.caches import cache_states
from orebook.service.store.store import Store
from orebook.service.store.tables import STATES, Run

CONTENT_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
REQUESTS = Counter("orebook_requests", "Requests answered", ["method", "route", "status"], registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "orebook_request_seconds", "Seconds to the first byte of an answer", ["route"], registry=REGISTRY
)


class _Caches(Collector):
    def collect(self) -> Iterator[Metric]:
        """Size, capacity, hits and misses of each."""
        size = GaugeMetricFamily("orebook_cache_size", "Answers kept in a cache", labels=["cache"])
        capacity = GaugeMetricFamily("orebook_cache_capacity", "Answers that a cache may keep", labels=["cache"])
        hits = CounterMetricFamily("orebook_cache_hits", "Answers found in a cache", labels=["cache"])
        misses = CounterMetricFamily("orebook_cache_misses", "Answers that had to be made", labels=["cache"])
        for state in cache_states():
            size.add_metric([state.name], state.size)
            capacity.add_metric([state.name], state.capacity)
            hits.add_metric([state.name], state.hits)
            misses.add_metric([state.name], state.misses)
        yield from (size, capacity, hits, misses)


REGISTRY.register(_Caches())


def exposed(store: Store) -> bytes:
    """All counts as text."""
    own = CollectorRegistry()
    gauge = Gauge("orebook_runs", "Runs in the store", ["state"], registry=own)
    for state, count in _runs(store):
        gauge.labels(state).set(count)
    lost, oldest = _waits(store)
    Gauge("orebook_runs_lost", "Workers and processes that died with a run of the store", registry=own).set(lost)
    Gauge("orebook_oldest_waiting_seconds", "Since the run came that has waited longest", registry=own).set(oldest)
    return generate_latest(REGISTRY) + generate_latest(own)


def _waits(store: Store) -> tuple[int, float]:
    with store.database.read() as session:
        lost = session.scalar(select(func.coalesce(func.sum(Run.losses), 0))) or 0
        oldest = session.scalar(select(func.min(Run.at)).where(Run.state == "queued"))
    return int(lost), 0.0 if oldest is None else max(0.0, time.time() - oldest)


def _runs(store: Store) -> Iterator[tuple[str, int]]:
    with store.database.read() as session:
        query = select(Run.state, func.count()).group_by(Run.state)
        there = {row[0]: row[1] for row in session.execute(query)}
    yield from ((state, there.get(state, 0)) for state in STATES)
