"""Who works out the faces of minerals: a cluster where one is named, threads where several may run, else whoever asks.

Threads and not processes on one machine: the solver lets go of the interpreter while it runs, and there is nothing to send.
"""

from __future__ import annotations

from orebook.cluster import Cluster
from orebook.solver.face import Face
from orebook.solver.faces import Pricing
from orebook.solver.options import Options
from orebook.solver.stop import Stop
from orebook.workers import Here, Threads, Workers


def pricers(pricing: Pricing, options: Options, stop: Stop) -> Workers:
    """Workers whose task is a mineral and whose answer its face, or None."""
    if options.cluster is not None:
        return Cluster(options.cluster, _face, _open, (pricing,))
    if options.threads > 1:
        return Threads(lambda mineral: pricing.face(mineral, stop), options.threads)
    return Here(lambda mineral: pricing.face(mineral, stop))


_pricing: Pricing | None = None


def _open(pricing: Pricing) -> None:
    global _pricing  # noqa: PLW0603 - a worker has one pricing at a time
    _pricing = pricing


def _face(mineral: int) -> Face | None:
    assert _pricing is not None
    return _pricing.face(mineral)
