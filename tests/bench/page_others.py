"""The parts of the page for what is measured beside solvers on instances."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from orebook.formats import plain
from tests.bench.kept import Other
from tests.bench.words import percent, table


def _rows(other: Other) -> list[dict[str, Any]]:
    return [dict(row) for row in other.figures]


def _command(other: Other) -> str:
    first, *stages = _rows(other)
    command = f"orebook solve instances/{first['instance']} --no-audit"
    says = f"`{command}`: {first['wall']:.1f} s, tie-breaking stages and writing included."
    rows = [[s["stage"], percent(s["gap"]), f"{s['seconds']:.1f}"] for s in stages]
    return f"## The command\n\n{says}\n\n{table(['stage', 'gap', 's'], rows)}"


def _whatifs(other: Other) -> str:
    (a,) = _rows(other)
    return "\n".join(
        [
            "## What-ifs",
            "",
            f"One price of {a['instance']} changed by 5 %, {a['count']} times, each from the last plan and to its gap:",
            f"median {a['median']:.2f} s, longest {a['longest']:.2f} s; {a['proven']} proven;",
            f"{a['changed']:.0f} orders changed in the median, {a['most']:.0f} at most.",
            f"{a['patched']} models patched, in {1000 * a['patch']:.0f} ms at the median; the others built again.",
        ]
    )


def _scenarios(other: Other) -> str:
    one, two = _rows(other)
    head = ["workers", "s of wall time", "times as fast", "worker-seconds in times the seconds inside HiGHS", "proven"]
    rows = [
        [
            str(r["workers"]),
            f"{r['wall']:.1f}",
            f"{one['wall'] / r['wall']:.2f}",
            f"{r['workers'] * r['wall'] / one['inside']:.2f}",
            str(r["proven"]),
        ]
        for r in (one, two)
    ]
    return f"## {one['count']:,} price scenarios of vault-small\n\n{table(head, rows)}"


def _load(other: Other) -> str:
    turns = _rows(other)
    ours, linopy = ([r for r in turns if r["by"] == name] for name in ("orebook", "linopy"))
    own = median(r["build"] + r["compile"] + r["pass"] for r in ours)
    whole = median(r["slots"] + r["arrays"] + r["build"] + r["pass"] for r in linopy)
    alone = median(r["build"] + r["pass"] for r in linopy)
    columns = ("rows", "columns", "entries", "peak_mib")
    sizes = [[f"{r[0][c]:,}" for c in columns] for r in (ours, linopy)]
    says = (
        f"Median of {len(ours)}, in turns. linopy starts from orebook's list of possible orders and prices; `alone` leaves\n"
        "out the time for that list and for laying it out in arrays. orebook compiles both measures, linopy one."
    )
    rows = [
        ["orebook", f"{own:.2f}", f"{own / whole:.2f}", f"{own / alone:.2f}", *sizes[0]],
        ["linopy", f"{whole:.2f} (alone {alone:.2f})", "1", "1", *sizes[1]],
    ]
    head = ["", "s", "times linopy", "times linopy alone", "rows", "columns", "entries", "peak MiB"]
    return f"## Data to a model in HiGHS, {turns[0]['size']}\n\n{says}\n\n{table(head, rows)}"


def _published(other: Other) -> str:
    rows = _rows(other)
    by = {name: {r["problem"]: r for r in rows if r["by"] == name} for name in ("ours", "highs")}
    head = ["problem", "published", "orebook", "no plan beats", "s", "plain HiGHS", "no plan beats", "s"]
    cells = [
        [
            name,
            plain(ours["published"], 3) if "published" in ours else "",
            *(
                cell
                for r in (ours, by["highs"][name])
                for cell in (plain(r["value"], 3), plain(r["bound"], 3), f"{r['wall']:.2f}")
            ),
        ]
        for name, ours in by["ours"].items()
    ]
    says = "The stage `cost` at gap 0; values are the judge's. Where the source prints no optimum, none is shown."
    return f"## Published problems\n\n{says}\n\n{table(head, cells)}"


SECTIONS: dict[str, Callable[[Other], str]] = {
    "command": _command,
    "whatifs": _whatifs,
    "scenarios": _scenarios,
    "load": _load,
    "published": _published,
}
