"""Any plan file checked against its problem, whoever wrote it, without the solver."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from orebook.accounting.tolerance import beyond, beyond_cent
from orebook.decisions import Decisions
from orebook.exact import exact
from orebook.files.models import model_names
from orebook.judge import Breach, Judgement, judge
from orebook.judge.differences import Difference, differences
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.plan import GivenUp, PlanDocument


@dataclass(frozen=True)
class Verdict:
    """What a check of a plan found.

    `breaches`: rows of rules that it breaks, each with `rule`, `row`, `by` and `limit` in `unit`, and `says`.
    `excused`: policy rows that the plan says it gave up: reported, and no fault.
    `differences`: figures of its own that do not follow from its tickets.
    `judgement`: everything that does follow, in fractions.
    """

    breaches: tuple[Breach, ...]
    excused: tuple[Breach, ...]
    differences: tuple[Difference, ...]
    judgement: Judgement

    @property
    def ok(self) -> bool:
        """Whether the plan keeps every rule that it does not say it gave up, and adds up."""
        return not self.breaches and not self.differences

    def as_json(self) -> dict[str, object]:
        """The verdict as JSON values; `measures` is what the plan is worth by each stage, in the stage's own unit."""
        return {
            "ok": self.ok,
            "breaches": [_breach(b) for b in self.breaches],
            "excused": [_breach(b) for b in self.excused],
            "differences": [asdict(d) for d in self.differences],
            "measures": {stage: float(measure) for stage, measure in self.judgement.measures.items()},
            "costs": self.judgement.costs.model_dump(),
        }


def verify(problem: Problem, document: PlanDocument, model: Model) -> Verdict:
    """The plan file held against the rules of the model and its own figures against what follows from its tickets.

    Rules that a change of the problem switched off are left out.
    """
    model = problem.governing(model)
    judgement = judge(problem, Decisions.of(document), model)
    given_up = {(g.rule, g.row): g for g in document.given_up}
    excused = tuple(b for b in judgement.breaches if _excused(b, given_up.get((b.rule, b.row)), model))
    return Verdict(
        breaches=tuple(b for b in judgement.breaches if b not in excused),
        excused=excused,
        differences=tuple(differences(document, judgement, model)),
        judgement=judgement,
    )


def own_model(document: PlanDocument) -> str:
    """The model that a plan of unknown origin is held against: the one that ships under the name it says, else `weekly`."""
    return document.model.name if document.model.name in model_names() else "weekly"


def _excused(breach: Breach, said: GivenUp | None, model: Model) -> bool:
    """Whether the plan says that it gave this row up, at least as far, and the row is one that may give way."""
    if said is None or not any(rule == breach.rule and l.level == "policy" for rule, l in model.rules.items()):
        return False
    over = beyond_cent if breach.unit == "USD" else beyond
    return not over(breach.by - exact(said.by), breach.limit or breach.by)


def _breach(breach: Breach) -> dict[str, object]:
    limit = None if breach.limit is None else float(breach.limit)
    return {**asdict(breach), "by": float(breach.by), "limit": limit}
