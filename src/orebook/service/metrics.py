"""Counts for Prometheus: requests as this process saw them, runs as the store has them."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select

from orebook.service.store.store import Store
from orebook.service.store.tables import STATES, Run

CONTENT_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
REQUESTS = Counter("orebook_requests", "Requests answered", ["method", "route", "status"], registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "orebook_request_seconds", "Seconds to the first byte of an answer", ["route"], registry=REGISTRY
)


def exposed(store: Store) -> bytes:
    """All counts as text."""
    own = CollectorRegistry()
    gauge = Gauge("orebook_runs", "Runs in the store", ["state"], registry=own)
    for state, count in _runs(store):
        gauge.labels(state).set(count)
    return generate_latest(REGISTRY) + generate_latest(own)


def _runs(store: Store) -> Iterator[tuple[str, int]]:
    with store.database.read() as session:
        query = select(Run.state, func.count()).group_by(Run.state)
        there = {row[0]: row[1] for row in session.execute(query)}
    yield from ((state, there.get(state, 0)) for state in STATES)
