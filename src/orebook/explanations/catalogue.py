"""The questions that a plan's report asks, most telling first, and the one place that answers a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from orebook.errors import SolveError
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.baselines import baselines
from orebook.explanations.questions.confidence import confidence
from orebook.explanations.questions.exposed import exposed
from orebook.explanations.questions.firmness import firmness
from orebook.explanations.questions.margins import margins
from orebook.explanations.questions.offer import offer
from orebook.explanations.questions.ration import ration
from orebook.explanations.questions.rotation import ageing_minerals, rotation
from orebook.explanations.questions.rule_ledger import entries, ledger
from orebook.explanations.questions.shortage import short_minerals, shortages
from orebook.explanations.questions.ticket import ticket
from orebook.explanations.questions.whole import whole
from orebook.explanations.words import worded
from orebook.extensions import Extended
from orebook.plan import Plan
from orebook.schema.facts import Fact

Question = tuple[str, ...]
"""A kind and what it is about: ("shortage", "gallium")."""

ASK: Mapping[str, Callable[..., Iterator[Fact]]] = Extended(
    {
        "baselines": baselines,
        "shortage": shortages,
        "rule": ledger,
        "margin": margins,
        "ticket": lambda counterfactuals, name, week: ticket(counterfactuals, name, int(week)),
        "offer": offer,
        "exposed": exposed,
        "ration": ration,
        "rotation": rotation,
        "whole": whole,
        "confidence": confidence,
        "firmness": firmness,
    },
    "questions",
)
"""kind -> what answers it, given the counterfactuals and what it is about."""


def questions(plan: Plan) -> list[Question]:
    """Everything that the report asks of a plan; tickets and offers are asked one by one."""
    rules = dict.fromkeys(e.removal.about.rule or "" for e in entries(Counterfactuals(plan)))
    return [
        ("baselines",),
        *(("shortage", mineral) for mineral in short_minerals(plan)),
        *[("ration",)] * bool(plan.unserved),
        *[("whole",)] * bool(plan.problem.withdrawals),
        *[("rotation",)] * bool(ageing_minerals(plan)),
        *(("margin", part) for part in ("budget", "stores", "houses", "curve")),
        *(("rule", rule) for rule in rules),
        ("exposed",),
        ("confidence",),
        *(("firmness", mineral) for mineral in sorted({t.mineral for t in plan.document.tickets})),
    ]


def ask(counterfactuals: Counterfactuals, question: Question) -> tuple[list[Fact], str]:
    """The facts that answer a question, in words; and why it has none or not all, where a check or a solve failed."""
    kind, *about = question
    return gathered(question, ASK[kind](counterfactuals, *about))


def gathered(question: Question, answer: Iterator[Fact]) -> tuple[list[Fact], str]:
    """An answer's facts in words; and why it has none or not all."""
    found: list[Fact] = []
    try:
        found.extend(worded(fact) for fact in answer)
    except SolveError as error:
        return found, f"{' '.join(question)}: {error}"
    return found, ""
