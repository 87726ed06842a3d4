"""What is measured beside solvers on instances: the command, what-ifs, scenarios, data to HiGHS, and published problems."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.kept import Other
from tests.bench.machine import ran
from tests.bench.measured import ROOT, ask, instance, vault_run

PUBLISHED_S = 60.0
"""For a published problem, all stages; gap 0."""

Rows = tuple[dict[str, int | float | str], ...]


@dataclass(frozen=True)
class Sizes:
    """How much of each is measured."""

    vault: str = "vault"
    whatifs: int = 20
    scenarios: int = 1000
    load: str = "60x3x3x52"
    times: int = 3


FULL = Sizes()
LESS = Sizes("vault-small", 10, 50, "20x3x3x13", 1)


def measure(name: str, sizes: Sizes, scratch: Path) -> Other:
    """One of `MEASURES`. Raises PartError."""
    circumstances = ran(f"python -m tests.bench other {name}")
    return Other(name=name, ran=circumstances, figures=MEASURES[name](sizes, scratch))


def _command(sizes: Sizes, scratch: Path) -> Rows:
    """The command as a planner gives it, writing included; then a stage a row."""
    wall, stages = vault_run(ROOT / "instances" / sizes.vault, scratch / sizes.vault)
    rows = [{"stage": s["stage"], "gap": s["gap"], "seconds": s["seconds"]} for s in stages]
    return ({"instance": sizes.vault, "wall": wall}, *rows)


def _whatifs(sizes: Sizes, scratch: Path) -> Rows:
    """One price changed, again and again, from a solved plan."""
    folder = scratch / sizes.vault
    if not folder.exists():
        vault_run(ROOT / "instances" / sizes.vault, folder)
    return ({"instance": sizes.vault, **ask("whatifs", str(folder), str(sizes.whatifs))},)


def _scenarios(sizes: Sizes, scratch: Path) -> Rows:
    """Draws of all prices of the small vault, by one worker and by two."""
    folder = scratch / "drawn"
    vault_run(ROOT / "instances" / "vault-small", folder)
    asked = (ask("scenarios", str(folder), str(sizes.scenarios), str(workers)) for workers in (1, 2))
    return tuple({"workers": k + 1, **figures} for k, figures in enumerate(asked))


def _load(sizes: Sizes, scratch: Path) -> Rows:
    """Data to a model in HiGHS, with `orebook` and with linopy, in turns."""
    folder = str(instance(scratch, sizes.load, 1))
    turns = [(part, ask(part, folder)) for _ in range(sizes.times) for part in ("load", "linopy_model")]
    names = {"load": "orebook", "linopy_model": "linopy"}
    return tuple({"size": sizes.load, "by": names[part], **figures} for part, figures in turns)


def _published(_sizes: Sizes, _scratch: Path) -> Rows:
    """Every published problem, solved to its end by `orebook` and by plain HiGHS."""
    rows: list[dict[str, int | float | str]] = []
    for folder in sorted(p.parent for p in (ROOT / "instances" / "published").glob("*/instance.toml")):
        known = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["published"]
        for solver in ("ours", "highs"):
            figures = ask("one", str(folder), solver, str(PUBLISHED_S), "0")
            cost = next(s for s in figures["stages"] if s["stage"] == "cost")
            row = {
                "problem": folder.name,
                "by": solver,
                "wall": figures["wall"],
                "value": cost["value"],
                "bound": cost["bound"],
            }
            rows.append(row | ({} if known is None else {"published": known}))
    return tuple(rows)


MEASURES: dict[str, Callable[[Sizes, Path], Rows]] = {
    "command": _command,
    "whatifs": _whatifs,
    "scenarios": _scenarios,
    "load": _load,
    "published": _published,
}
