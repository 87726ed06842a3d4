"""One price changed, again and again, from a solved plan: `python -m tests.bench.whatifs PLAN COUNT`."""

from __future__ import annotations

import sys
import time
from statistics import median

from orebook.files.plan_folder import open_plan
from orebook.scenarios.session import Session
from tests.bench.measured import tell


def main(folder: str, count: int) -> None:
    """Tell the median and the longest time of a what-if, the orders changed, and how many are within the plan's gap."""
    base = Session.of(open_plan(folder))
    minerals = list(base.problem.minerals)
    base.whatif()  # the first builds the model that the others patch
    spent, changed, patches, proven = [], [], [], 0
    for k in range(count):
        mineral = minerals[k * len(minerals) // count]
        began = time.perf_counter()
        plan = base.whatif(f"minerals.{mineral}.price_usd_per_t={'+5%' if k % 2 else '-5%'}")
        spent.append(time.perf_counter() - began)
        assert base.patching
        patches.append(base.patching)
        changed.append(float(plan.judgement.measures["changes"]))
        proven += plan.status == "optimal"
    tell(
        {
            "median": median(spent),
            "longest": max(spent),
            "changed": median(changed),
            "most": max(changed),
            "proven": proven,
            "patched": sum(p.rebuilt is None for p in patches),
            "patch": median(p.seconds for p in patches if p.rebuilt is None),
            "count": count,
        }
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
