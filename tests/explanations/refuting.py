"""`python -m tests.explanations.refuting --plans 50`: facts of drawn plans done again by a plain model; none is refuted.

Of each drawn plan everything is asked that its report asks, and each ticket and each offer besides. What a fact's changes
do to the best value of a stage is solved by plain HiGHS, without presolve and to the end, before and after: the difference
has to lie in the interval that the fact states. What a fact knows by arithmetic is worked out again. Results are kept seed
by seed in .benchmarks/refuting.jsonl; the same command goes on with those that are missing.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

import orebook
from orebook.errors import NoPlanError
from orebook.explanations.catalogue import Question, ask, questions
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.facts import Fact
from orebook.schema.model import Model
from orebook.schema.stages import FIGURE_OF, StageName
from tests.drawn import documents
from tests.explanations.arithmetic import wrong_by_arithmetic
from tests.explanations.plain import Best, UndecidedError, best
from tests.explanations.solved import interval
from tests.oracle.compare import CENT, GRAMS, USD_A_DAY
from tests.oracle.models import MODELS

KEPT = Path(".benchmarks") / "refuting.jsonl"
DRAWS = 12
"""Of a seed; the last is taken, as the first ones are the simplest."""
PART = 2e-6
"""Part of a measure that grams and the row that keeps a stage leave."""


Entry = dict[str, Any]
"""A line of what is kept."""


@dataclass
class Result:
    """What became of a drawn plan's facts."""

    seed: int
    model: str
    facts: int = 0
    solved: int = 0
    arithmetic: int = 0
    undecided: Counter[str] = field(default_factory=Counter)
    dropped: list[str] = field(default_factory=list)
    refuted: list[str] = field(default_factory=list)


def drawn(seed: int) -> tuple[Problem, Model]:
    """The problem and model of a seed: every second one in whole lots, of every kind of table."""
    found: list[Document] = []

    @seeded(seed)
    @settings(
        max_examples=DRAWS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(lots_only=seed % 2 == 0))
    def collect(document: Document) -> None:
        found.append(document)

    collect()
    names = list(MODELS)
    return problem_of(found[-1]), MODELS[names[seed % len(names)]]


def refuted(seed: int) -> Result | None:
    """Every fact of a seed's plan held against the plain model; None where there is no plan."""
    problem, model = drawn(seed)
    try:
        plan = orebook.solve(problem, model, gap=None if seed % 3 else 0.0, audit=False)
    except NoPlanError:
        return None
    result = Result(seed, model.name)
    if plan.document.given_up:
        result.undecided["policy gave way"] += 1
        return result
    again = Again(plan)
    for question in _asked(plan):
        facts, why = ask(again.counterfactuals, question)
        result.dropped += [why] if why else []
        for fact in facts:
            result.facts += 1
            again.check(fact, result)
    return result


def _asked(plan: Plan) -> Iterator[Question]:
    yield from questions(plan)
    yield from (("ticket", t.offer, str(t.week)) for t in plan.document.tickets)
    yield from (("offer", name) for name in plan.problem.offers)
    yield from (("shortage", name) for name in plan.problem.minerals)


class Again:
    """A plan whose facts are done again."""

    def __init__(self, plan: Plan) -> None:
        self.counterfactuals = Counterfactuals(plan)
        self._best: dict[tuple[str, ...], Best | str] = {}

    def check(self, fact: Fact, result: Result) -> None:
        """Count a fact as solved, worked out again or undecided; note what speaks against it."""
        wrong = list(wrong_by_arithmetic(self.counterfactuals, fact))
        measures = {s: interval(fact.figures[n]) for s, n in FIGURE_OF.items() if n in fact.figures}
        extra = {s: interval(fact.figures[f"extra_{n}"]) for s, n in FIGURE_OF.items() if f"extra_{n}" in fact.figures}
        if extra and not fact.held and fact.about.against != "price":  # of one mineral alone: all plans
            without = (f"offers.{fact.about.offer}.max_week_t=0",) if fact.kind == "offer" else ()
            wrong += self._changed(fact, extra, result, without)
        if fact.kind == "confidence":
            wrong += self._stage(fact, result)
        elif measures and (fact.changes or fact.method != "arithmetic"):
            wrong += self._changed(fact, measures, result, ())
        elif fact.method == "arithmetic":
            result.arithmetic += 1
        else:
            result.undecided[f"{fact.kind} without a measure of the whole plan"] += 1
        result.refuted += [f"{' '.join(fact.changes)} | {fact.says} | {text}" for text in wrong]

    def _changed(
        self, fact: Fact, measures: dict[StageName, tuple[float, float]], result: Result, base: tuple[str, ...]
    ) -> Iterator[str]:
        """The best under the fact's changes less the best under those of its base, stage by stage."""
        before, after = self._of(base), self._of(fact.changes)
        if isinstance(before, str) or isinstance(after, str):
            result.undecided[str(before if isinstance(before, str) else after)] += 1
            return
        result.solved += 1
        if not after.has_plan:
            yield "the plain model finds no plan"
            return
        used = 0.0
        for stage, old in before.reached.items():
            new = after.reached.get(stage)
            if stage not in measures or new is None:
                break
            low, high = measures[stage]
            near = _near(stage, new.high, used)
            least, most = new.low - old.high, new.high - old.low
            if most < low - near or least > high + near:
                yield f"{stage}: {low:g} to {high:g}, the plain model has {least:g} to {most:g}"
            if max(most - least, high - low) > near:
                break
            used += PART * max(1.0, abs(new.high))

    def _stage(self, fact: Fact, result: Result) -> Iterator[str]:
        """That no plan is under a stage's bound, where the stages before it are closed, and the best not over its value."""
        stage = fact.about.against
        reached = self._of(())
        if isinstance(reached, str) or stage not in reached.reached:
            result.arithmetic += 1
            return
        result.solved += 1
        used = 0.0
        for name, found in reached.reached.items():
            base = self.counterfactuals.base[name]
            near = _near(name, found.high, used)
            if name == stage and found.high < base.low - near:
                yield f"{name}: bound {base.low:g}, the plain model has a plan of {found.high:g}"
            if name == stage and found.low > base.high + near:
                yield f"{name}: value {base.high:g}, under the plain model's bound of {found.low:g}"
            if name == stage or max(base.high - base.low, found.high - found.low) > near:
                return
            used += PART * max(1.0, abs(found.high))

    def _of(self, changes: tuple[str, ...]) -> Best | str:
        if changes not in self._best:
            problem = self.counterfactuals.problem.change(*changes) if changes else self.counterfactuals.problem
            try:
                self._best[changes] = best(problem, self.counterfactuals.model)
            except UndecidedError as error:
                self._best[changes] = f"plain model: {error}"
        return self._best[changes]


def _near(stage: StageName, value: float, used: float) -> float:
    """What grams, cents and what earlier stages may give way leave of a difference."""
    return PART * max(1.0, abs(value)) + (CENT + USD_A_DAY * used if stage in ("cost", "value") else GRAMS)


def main() -> int:
    """Exit status 1 where a fact is refuted."""
    parser = argparse.ArgumentParser(prog="python -m tests.explanations.refuting", description=__doc__)
    parser.add_argument("--plans", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--kept", type=Path, default=KEPT)
    asked = parser.parse_args()
    asked.kept.parent.mkdir(parents=True, exist_ok=True)
    lines = asked.kept.read_text().splitlines() if asked.kept.is_file() else []
    kept = {entry["seed"]: entry for entry in map(json.loads, lines)}
    found: list[Entry] = []
    seed = asked.seed
    while len(found) < asked.plans:
        if seed not in kept:
            began = time.perf_counter()
            result = refuted(seed)
            kept[seed] = {"seed": seed, "plan": result is not None, **(vars(result) if result else {})}
            kept[seed]["seconds"] = round(time.perf_counter() - began, 1)
            with asked.kept.open("a") as file:
                file.write(json.dumps(kept[seed]) + "\n")
        entry = kept[seed]
        if entry["plan"] and entry["facts"]:
            found.append(entry)
            _print(f"{len(found)} of {asked.plans}  seed {seed}  {entry['facts']} facts  {entry['seconds']} s")
            _print(*(f"    REFUTED: {text}" for text in entry["refuted"]))
        seed += 1
    return _summed(found)


def _summed(found: list[Entry]) -> int:
    def total(name: str) -> int:
        return sum(entry[name] for entry in found)

    undecided: Counter[str] = Counter()
    for entry in found:
        undecided.update(entry["undecided"])
    wrong = sum(len(entry["refuted"]) for entry in found)
    dropped = sum(len(entry["dropped"]) for entry in found)
    _print(
        f"{len(found)} plans, {total('facts')} facts: {total('solved')} solved again, {total('arithmetic')} by arithmetic, "
        f"{sum(undecided.values())} undecided, {dropped} questions dropped; {wrong} refuted"
    )
    _print(*(f"    undecided {count}: {why}" for why, count in undecided.most_common()))
    return int(wrong > 0)


def _print(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
