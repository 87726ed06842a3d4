"""Who works out the cuts of minerals: a cluster where one is named, threads where several may run, else whoever asks.

Threads and not processes on one machine: the solver lets go of the interpreter while it runs, and there is nothing to send.
"""

from __future__ import annotations

from orebook.parallel.cluster import Cluster
from orebook.parallel.workers import Here, Threads, Workers
from orebook.solver.cuts.block_cuts import Pricing
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options


def cut_workers(pricing: Pricing, options: Options, stop: Stop) -> Workers:
    """Workers whose task is a mineral and whose answer its cut, or None."""
    if options.cluster is not None:
        return Cluster(options.cluster, _cut, _open, (pricing,))
    if options.threads > 1:
        return Threads(lambda mineral: pricing.cut(mineral, stop), options.threads)
    return Here(lambda mineral: pricing.cut(mineral, stop))


_pricing: Pricing | None = None


def _open(pricing: Pricing) -> None:
    global _pricing  # noqa: PLW0603 - a worker has one pricing at a time
    _pricing = pricing


def _cut(mineral: int) -> Cut | None:
    assert _pricing is not None
    return _pricing.cut(mineral)
