"""Who works out the cuts of minerals: a cluster where one is named, threads where several may run, else whoever asks.

Threads and not processes on one machine: the solver lets go of the interpreter while it runs, and there is nothing to send.
"""

from __future__ import annotations

from collections.abc import Callable

from orebook.parallel.cluster import Cluster
from orebook.parallel.workers import Here, Threads, Workers
from orebook.solver.cuts.block_cuts import Pricing
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options


def cut_workers(pricing: Pricing, options: Options, stop: Stop) -> Workers:
    """Workers whose task is a mineral and whose answer its cut, or None."""
    if options.cluster is not None:
        return Cluster(options.cluster, _begin, (pricing,))
    if options.threads > 1:
        return Threads(lambda mineral: pricing.cut(mineral, stop), options.threads)
    return Here(lambda mineral: pricing.cut(mineral, stop))


def _begin(pricing: Pricing) -> Callable[[int], Cut | None]:
    """The work of another process, which nobody stops in the middle of a mineral."""
    return pricing.cut
