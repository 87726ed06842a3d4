"""Policy that cannot all be kept: what gives way, how far, and the stages within it, against every plan there is.

Tiny problems in whole lots (`tests/drawn.py`), made to clash: cover that must be there or goods that must be taken, and rows
of policy against them. `tests/oracle` tries every plan; `found` is where its answer and orebook's differ:
  gives up     more rows than need be, or one by more than need be
  stages       a stage that is not the best within the loosened rows, or is better than they allow
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.model import Model
from tests.drawn_rows import GROUP, ORIGINS
from tests.oracle.compare import answer
from tests.oracle.draws import BATCH, batch
from tests.oracle.models import FIRM, POLICY
from tests.prove.kept import keep
from tests.prove.ledger import Found, Tried
from tests.prove.standing import standing

Row = dict[str, Any]
SEED = 21
KINDS = {
    "gives up": "gives up",
    "nothing is given up": "gives up",
    "called infeasible": "infeasible",
    "solved, and": "none",
}


@dataclass(frozen=True)
class Drawn:
    """A draw: its document and model."""

    document: Document
    model: Model

    @classmethod
    def of(cls, draw: int) -> Drawn:
        """The draw of a number, always the same."""
        r = Random(f"giveway/{draw}")
        return cls(_clashing(r, _batch(draw // BATCH)[draw % BATCH]), _model(r))


@lru_cache(maxsize=2)
def _batch(number: int) -> list[Document]:
    found = [drawn.document for drawn in batch(SEED, number)]
    return (found * BATCH)[:BATCH]


def try_giveway(draw: int, kept: Path) -> Tried:
    """Hold a draw's answer against every plan; what is found is kept as files."""
    began, drawn = time.perf_counter(), Drawn.of(draw)
    said = answer(problem_of(drawn.document), drawn.model)
    found = [Found(_kind(wrong), wrong) for wrong in said.wrong]
    if said.plan is not None:
        found += standing(said.plan)
    if found:
        keep(kept / f"{draw:06d}", drawn.document, drawn.model)
    given = len(said.plan.document.given_up) if said.plan is not None else 0
    counts: dict[str, float] = {f"{given} rows given up": 1} if given else {}
    return Tried(draw, said.ending, time.perf_counter() - began, tuple(found), (), counts)


def _kind(wrong: str) -> str:
    return next((kind for begins, kind in KINDS.items() if wrong.startswith(begins)), "stages")


def _clashing(r: Random, document: Document) -> Document:
    """The document with something that must be had, and rows of policy in the way."""
    content: Row = document.model_dump(mode="json", exclude_none=True)
    minerals, houses = content["minerals"], [h["house"] for h in content["houses"]]
    for m in minerals:
        if r.random() < 0.7:
            m["must_days"] = r.choice([1, 2, 3, 5])
        if r.random() < 0.3:
            m["max_days"] = r.choice([1, 2, 4])
        if r.random() < 0.4:
            m["min_houses"] = r.choice([2, 2, 3])
        if r.random() < 0.2:
            m["max_houses"] = 1
        if r.random() < 0.5:
            m["market_t_per_week"] = r.choice([1, 2, 4, 6])
    for o in content["offers"]:
        if r.random() < 0.2:
            o["commit_t"] = o["lot_t"]
    content["instance"]["max_market_share"] = r.choice([None, 0.5, 1])
    content["shares"] = _shares(r, [m["mineral"] for m in minerals], houses, content.get("origins", []))
    for row in content.get("targets", []):
        row.pop("must_days", None)
    return Document.model_validate({k: v for k, v in content.items() if v != []})


def _shares(r: Random, minerals: list[str], houses: list[str], origins: list[Row]) -> list[Row]:
    grouped = any(o.get("group") == GROUP for o in origins)
    names = [("house", h) for h in houses] + [("origin", o) for o in ORIGINS] + ([("group", GROUP)] if grouped else [])
    keys = [(m, by, name) for m in [*minerals, *minerals, "*"] for by, name in names]
    rows: dict[tuple[str, str, str], Row] = {}
    for m, by, name in r.sample(keys, r.choice([1, 1, 2, 3])):
        least = r.random() < 0.6
        part = {"min_share": r.choice([0.25, 0.5, 0.9])} if least else {"max_share": r.choice([0.25, 0.4, 0.1])}
        rows[m, by, name] = {"mineral": m, "by": by, "name": name, **part}
    return list(rows.values())


def _model(r: Random) -> Model:
    """Policy in one priority, in several, or with rules besides that are firm in `weekly`."""
    levels = {rule: r.randint(1, r.choice([1, 2, 4])) for rule in POLICY}
    if r.random() < 0.3:
        levels |= {rule: r.randint(1, 3) for rule in ("must", "commit", "budget", "houses") if r.random() < 0.4}
    rules: Row = {rule: {"level": "contract"} for rule in FIRM if rule not in levels}
    rules |= {rule: {"level": "policy", "priority": p} for rule, p in levels.items()}
    stages = r.choice(
        [["unmet", "cover", "cost"], ["cover", "cost", "tickets"], ["cost", "cover"], ["value"], ["fair", "cover"]]
    )
    return Model.model_validate({"name": "clashing", "rules": rules, "stages": [{"stage": s} for s in stages]})
