"""What the parts of the bench share: instances, and processes that end with one line of JSON, peak memory in it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from orebook.schema.model import TIDYING, Model

GAP = 0.005
"""The gap that every stage is asked for."""


def main_stages_only(model: Model) -> Model:
    """A model without its tidying stages: what the figures to reach speak of."""
    return model.model_copy(update={"stages": tuple(s for s in model.stages if s.stage not in TIDYING)})


def tell(figures: dict[str, Any]) -> None:
    """Print a part's figures, as its last line, with the process's peak memory in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**figures, "peak_mib": round(peak)}))  # noqa: T201


def instance(scratch: Path, size: tuple[int, int, int, int], seed: int) -> Path:
    """A synthetic instance of so many minerals, houses, offers and weeks, written under `scratch`."""
    folder = scratch / "x".join(map(str, (*size, seed)))
    options = zip(("--minerals", "--houses", "--offers", "--weeks", "--seed"), (*size, seed), strict=True)
    script = str(Path(__file__).with_name("make_instance.py"))
    subprocess.run([sys.executable, script, str(folder), *(str(x) for pair in options for x in pair)], check=True)
    return folder


def vault_run(folder: Path, out: Path) -> tuple[float, list[dict[str, Any]]]:
    """The wall time of the command, and the stages of its plan."""
    command = [str(Path(sys.executable).with_name("orebook")), "solve", str(folder), "--no-audit", "--out", str(out)]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - began
    if not (out / "plan.json").exists():
        raise SystemExit(done.stderr)
    stages: list[dict[str, Any]] = json.loads((out / "plan.json").read_text(encoding="utf-8"))["stages"]
    return wall, stages


def ask(part: str, *arguments: str) -> dict[str, Any]:
    """Run a part in a fresh process; the last line of its output is its figures."""
    command = [sys.executable, "-m", f"tests.bench.{part}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}\n{done.stderr}")
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures
