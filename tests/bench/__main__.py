"""Measure, and write the table down: `make bench` writes RESULTS.md, `make bench-small` prints a short one.

Every measurement is a process of its own, one after the other, so that peaks of memory are its own and none waits for another.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.machine import heading
from tests.bench.measured import ask, instance, vault_run

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """All tables, in the order of the figures to reach."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="smaller sizes, under five minutes; nothing is written")
    small = parser.parse_args().small
    text = [heading("make bench-small" if small else "make bench")]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        text.append(_vault(scratch, "vault-small" if small else "vault"))
        text.append(_scenarios(scratch, 50 if small else 1000))
        if small:
            text.append(_seeds(scratch, (10, 3, 2, 8), seeds=2, seconds=30))
            text.append(_load(scratch, (20, 3, 3, 13), times=1))
        else:
            text.append(_seeds(scratch, (30, 3, 2, 13), seeds=5, seconds=120))
            text.append(_load(scratch, (60, 3, 3, 26), times=3))
    whole = "\n\n".join(text) + "\n"
    sys.stdout.write(whole)
    if not small:
        RESULTS.write_text(whole, encoding="utf-8")


def _vault(scratch: Path, name: str) -> str:
    wall, stages = vault_run(Path("instances") / name, scratch / "plan")
    rows = [f"| {s['stage']} | {100 * s['gap']:.2f} % | {s['seconds']:.1f} |" for s in stages]
    says = (
        f"`orebook solve instances/{name} --no-audit`: {wall:.1f} s of wall time, tidying stages and writing included."
    )
    again = ask("whatifs", str(scratch / "plan"), "20")
    part = again["median"] / sum(s["seconds"] for s in stages)
    return "\n".join(
        [
            f"## {name}",
            "",
            says,
            "",
            "| stage | gap | s |",
            "|---|---|---|",
            *rows,
            "",
            f"One price changed by 5 %, {again['count']} times, each from this plan and to its gap:",
            f"median {again['median']:.2f} s,",
            f"{part:.3f} of the first solve's stages; longest {again['longest']:.2f} s; {again['proven']} proven;",
            f"{again['changed']:.0f} orders changed in the median, {again['most']:.0f} at most.",
            f"{again['patched']} models patched, in {1000 * again['patch']:.0f} ms at the median; the others built again.",
        ]
    )


def _scenarios(scratch: Path, count: int) -> str:
    """Draws of all prices of the small vault, by one worker and by two."""
    vault_run(Path("instances") / "vault-small", scratch / "small")
    one, two = (ask("scenarios", str(scratch / "small"), str(count), str(workers)) for workers in (1, 2))
    return "\n".join(
        [
            f"## {count:,} price scenarios of vault-small",
            "",
            "| workers | s of wall time | times as fast | worker-seconds in times the seconds inside HiGHS | proven |",
            "|---|---|---|---|---|",
            f"| 1 | {one['wall']:.1f} | 1 | {one['wall'] / one['inside']:.2f} | {one['proven']} |",
            f"| 2 | {two['wall']:.1f} | {one['wall'] / two['wall']:.2f} | {2 * two['wall'] / one['inside']:.2f} "
            f"| {two['proven']} |",
        ]
    )


def _seeds(scratch: Path, size: tuple[int, int, int, int], seeds: int, seconds: int) -> str:
    lines = [
        f"## {'x'.join(map(str, size))}, both main stages to 0.5 % within {seconds} s",
        "",
        "Gap and seconds of each stage; -1 where it has no plan. `plain`: the model as the contract words it, untightened.",
        "",
        "| seed | cover: ours | plain | cost: ours | plain | s in all: ours | plain |",
        "|---|---|---|---|---|---|---|",
    ]
    for seed in range(1, seeds + 1):
        folder = instance(scratch, size, seed)
        ours, plain = (ask(part, str(folder), str(seconds)) for part in ("ours", "plain"))
        cells = [_stage(run, stage) for stage in ("cover", "cost") for run in (ours, plain)]
        lines.append(f"| {seed} | {' | '.join(cells)} | {ours['seconds']:.1f} | {plain['seconds']:.1f} |")
    return "\n".join(lines)


def _stage(run: dict[str, Any], stage: str) -> str:
    found = run["stages"].get(stage)
    if found is None:
        return "-1"
    if "ended" in found:
        return f"-1 ({found['ended']})"
    return f"{100 * found['gap']:.2f} %, {found['seconds']:.1f} s"


def _load(scratch: Path, size: tuple[int, int, int, int], times: int) -> str:
    folder = str(instance(scratch, size, seed=1))
    ours, other = [], []
    for _ in range(times):
        ours.append(ask("load", folder))
        other.append(ask("linopy_model", folder))
    own = median(r["build"] + r["compile"] + r["pass"] for r in ours)
    whole = median(r["slots"] + r["arrays"] + r["build"] + r["pass"] for r in other)
    alone = median(r["build"] + r["pass"] for r in other)
    columns = ("rows", "columns", "entries", "peak_mib")
    sizes = [" | ".join(f"{r[0][c]:,}" for c in columns) for r in (ours, other)]
    return "\n".join(
        [
            f"## Data to a model in HiGHS, {'x'.join(map(str, size))}",
            "",
            f"Median of {times}, in turns. linopy starts from orebook's list of possible orders and prices; `alone` leaves",
            "out the time for that list and for laying it out in arrays. orebook compiles both measures, linopy one.",
            "",
            "| | s | times linopy | times linopy alone | rows | columns | entries | peak MiB |",
            "|---|---|---|---|---|---|---|---|",
            f"| orebook | {own:.2f} | {own / whole:.2f} | {own / alone:.2f} | {sizes[0]} |",
            f"| linopy | {whole:.2f} (alone {alone:.2f}) | 1 | 1 | {sizes[1]} |",
        ]
    )


if __name__ == "__main__":
    main()
