"""A draw of hostile digits: solved, verified, its own plan frozen and solved again, the same or with something moved.

`found`: an exception of any kind but for a clash (exit 70); a clash where another solver has a plan; what `standing.py` finds;
`frozen ...`: the plan's own tickets frozen, nothing else moved, and there is no plan, or the tickets are others.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pydantic import ValidationError

import orebook
from orebook.checks import faults
from orebook.errors import InfeasibleError, OrebookError, StoppedError
from orebook.plan import Plan
from orebook.reading.book import Book
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.model import Model
from tests.oracle.models import MODELS
from tests.prove.hostile import hostile
from tests.prove.kept import keep
from tests.prove.ledger import Found, Tried
from tests.prove.peers import plan_of
from tests.prove.stages import model_of
from tests.prove.standing import standing

LIMIT_S = 20.0


@dataclass(frozen=True)
class Drawn:
    """A draw: its document and model, and what is moved before its plan is solved again frozen."""

    document: Document
    model: Model
    gap: float | None
    moved: str
    frozen_weeks: int

    @classmethod
    def of(cls, draw: int) -> Drawn:
        """The draw of a number, always the same."""
        r = Random(f"digits/{draw}")
        document = hostile(r)
        model = MODELS["weekly"] if r.random() < 0.6 else model_of(r)
        moved = r.choice(["nothing", "nothing", "stock", "prices", "room"])
        return cls(document, model, r.choice([None, None, 1e-6]), moved, r.randint(1, document.instance.weeks))

    def frozen(self, plan: Plan) -> Document:
        """The document with the plan's tickets as the prior plan, frozen, and something moved or not."""
        content: dict[str, Any] = self.document.model_dump(mode="json", exclude_none=True)
        content["instance"]["frozen_weeks"] = self.frozen_weeks
        tickets = plan.document.tickets
        content["prior"] = [{"offer": t.offer, "week": t.week, "tonnes": t.tonnes} for t in tickets]
        if self.moved == "stock":
            for row in content.get("stock", []):
                row["tonnes"] *= 1.000001
        if self.moved == "prices":
            for row in content["minerals"]:
                row["price_usd_per_t"] *= 1.05
        if self.moved == "room":
            for row in content.get("sites", []):
                row["capacity_m3"] = row.get("capacity_m3", 1.0) * (1 - 1e-7)
        return Document.model_validate(content)


def try_digits(draw: int, kept: Path) -> Tried:
    """Solve a draw twice; what is found is kept as files, the second instance under `-frozen`."""
    began, found = time.perf_counter(), list[Found]()
    try:
        drawn = Drawn.of(draw)
    except ValidationError as error:
        return Tried(draw, "refused", 0.0, (), (), {str(error.errors()[0]["type"]): 1})
    if told := faults(Book.of(drawn.document)):
        return Tried(draw, "refused", 0.0, (), (), {str(told[0].check): 1})
    ending, plan = _solved(drawn.document, drawn, found)
    counts: Counter[str] = Counter()
    if found:
        keep(kept / f"{draw:06d}", drawn.document, drawn.model)
    if plan is not None and plan.document.tickets:
        again, before = drawn.frozen(plan), len(found)
        then, second = _solved(again, drawn, found, "frozen ")
        counts[f"frozen, {drawn.moved} moved: {then}"] += 1
        found += _own(then, plan, second, drawn)
        if len(found) > before:
            keep(kept / f"{draw:06d}-frozen", again, drawn.model)
    return Tried(draw, ending, time.perf_counter() - began, tuple(found), (), dict(counts))


def _solved(document: Document, drawn: Drawn, found: list[Found], what: str = "") -> tuple[str, Plan | None]:
    """How the solve ended, with its plan where there is one."""
    problem = problem_of(document)
    try:
        plan = orebook.solve(problem, drawn.model, gap=drawn.gap, time_limit_s=LIMIT_S, audit=False)
    except InfeasibleError:
        if peer := plan_of(problem, drawn.model):
            found.append(Found(f"{what}infeasible", f"{peer} has a plan"))
        return "infeasible", None
    except StoppedError as error:
        found.append(Found(f"{what}stopped", str(error)))
        return "stopped", None
    except Exception as error:  # noqa: BLE001 whatever it is, it is exit 70
        kind = type(error).__name__ if isinstance(error, OrebookError) else f"exception {type(error).__name__}"
        found.append(Found(what + kind, str(error)[:300]))
        return "failed", None
    found += [Found(what + f.kind, f.says) for f in standing(plan)]
    return "given up" if plan.document.given_up else plan.status, plan


def _own(then: str, plan: Plan, second: Plan | None, drawn: Drawn) -> Iterator[Found]:
    """A plan's own tickets can be had again, and stand as they were."""
    if not drawn.model.on("frozen"):
        return
    if drawn.moved == "nothing" and then == "infeasible":
        yield Found("frozen infeasible", "the plan's own tickets, frozen, with nothing moved: no plan")
    if second is not None:
        were, are = (
            {(t.offer, t.week): t.tonnes for t in p.document.tickets if t.week <= drawn.frozen_weeks}
            for p in (plan, second)
        )
        if were != are:
            yield Found("frozen tickets", f"were {were}, are {are}")
