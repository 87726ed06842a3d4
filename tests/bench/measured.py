"""What the parts of the bench share: instances, and processes that end with one line of JSON, peak memory in it."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from orebook.judge.judgement import Judgement
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING
from tests.bench.kept import Figures

ROOT = Path(__file__).parents[2]


class PartError(Exception):
    """A part's process did not end well; says how."""


def main_stages_only(model: Model) -> Model:
    """A model without its tie-breaking stages: what the figures to reach speak of."""
    return model.model_copy(update={"stages": tuple(s for s in model.stages if s.stage not in TIE_BREAKING)})


def figures(judgement: Judgement) -> Figures:
    """A plan as the judge sees it."""
    measures = {name: float(value) for name, value in judgement.measures.items()}
    return Figures(measures=measures, tickets=len(judgement.tickets), houses=len(judgement.engaged))


def tell(figures: dict[str, Any]) -> None:
    """Print a part's figures, as its last line, with the peak memory in MiB of its process or of the largest it started."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(who).ru_maxrss for who in both) / 1024
    print(json.dumps({**figures, "peak_mib": round(peak)}))  # noqa: T201


def size(name: str) -> str:
    """The name of a size, as it is. Raises ValueError where it is neither four numbers nor an instance that ships."""
    if not re.fullmatch(r"\d+x\d+x\d+x\d+", name) and not (ROOT / "instances" / name / "instance.toml").exists():
        raise ValueError(name)
    return name


def instance(scratch: Path, size: str, seed: int) -> Path:
    """The instance of a size: one that ships, by its name, or a synthetic one of so many minerals, houses, offers and weeks."""
    shipped = ROOT / "instances" / size
    if shipped.is_dir():
        return shipped
    folder = scratch / f"{size}-{seed}"
    names = ("--minerals", "--houses", "--offers", "--weeks", "--seed")
    options = zip(names, (*size.split("x"), str(seed)), strict=True)
    script = str(Path(__file__).with_name("make_instance.py"))
    subprocess.run([sys.executable, script, str(folder), *(x for pair in options for x in pair)], check=True)
    return folder


def vault_run(folder: Path, out: Path) -> tuple[float, list[dict[str, Any]]]:
    """The wall time of the command, and the stages of its plan."""
    command = [str(Path(sys.executable).with_name("orebook")), "solve", str(folder), "--no-audit", "--out", str(out)]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - began
    if not (out / "plan.json").exists():
        raise PartError(done.stderr)
    stages: list[dict[str, Any]] = json.loads((out / "plan.json").read_text(encoding="utf-8"))["stages"]
    return wall, stages


def ask(part: str, *arguments: str, limit: float | None = None) -> dict[str, Any]:
    """Run a part in a fresh process; the last line of its output is its figures. Raises PartError."""
    command = [sys.executable, "-m", f"tests.bench.{part}", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise PartError(f"ended by the bench after {limit:.0f} s") from error
    if done.returncode != 0:
        says = done.stderr.strip().splitlines()
        raise PartError(f"ended with {done.returncode}: {says[-1] if says else 'no word'}")
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures
