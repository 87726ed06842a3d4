"""Who works out the faces of minerals: a cluster where one is named, threads where several may run, else whoever asks.

Threads and not processes on one machine: the solver lets go of the interpreter while it runs, and there is nothing to send.
"""

from __future__ import annotations

from orebook.parallel.cluster import Cluster
from orebook.parallel.workers import Here, Threads, Workers
from orebook.solver.cuts.block_cuts import Pricing
from orebook.solver.lp.cut import Face
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options


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
