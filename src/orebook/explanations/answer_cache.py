"""Answers kept beside a plan by content: a question is solved once for a plan, an instance, a model and a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from pydantic import TypeAdapter, ValidationError

from orebook.explanations.catalogue import Question
from orebook.explanations.questions.shortage import UNSETTLED
from orebook.files.plan_folder import DROPPED_FILE, FACTS_FILE
from orebook.plan import Plan
from orebook.schema.facts import Fact

FORM = 2
"""Counted up when what a question's facts say changes, so that old answers are not taken for new ones."""

FACTS: TypeAdapter[list[Fact]] = TypeAdapter(list[Fact])
_KEPT: TypeAdapter[dict[str, list[Fact]]] = TypeAdapter(dict[str, list[Fact]])


@dataclass
class Answers:
    """The answers of one plan, by a key of everything that they depend on."""

    plan: Plan
    kept: dict[str, list[Fact]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.plan.document
        decided = [
            *document.tickets,
            *document.puts,
            *document.outs,
            *document.draws,
            *document.repays,
            *document.stages,
        ]
        parts = [FORM, version("orebook"), self.plan.problem.digest, self.plan.model.digest()]
        text = json.dumps([*parts, *(part.model_dump(mode="json") for part in decided)], sort_keys=True)
        self._content = hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def of(cls, plan: Plan, text: str | None) -> Answers:
        """The answers in the text of answers.json; none where it is missing or of another form."""
        try:
            kept = _KEPT.validate_json(text) if text else {}
        except ValidationError:
            kept = {}
        return cls(plan, kept)

    def get(self, question: Question) -> list[Fact] | None:
        """The facts of a question that was answered for the same content."""
        return self.kept.get(self._key(question))

    def put(self, question: Question, facts: list[Fact]) -> None:
        """Keep the answer of a question, but for one that a limit left open."""
        if not any(UNSETTLED in fact.figures for fact in facts):
            self.kept[self._key(question)] = facts

    def to_json(self) -> str:
        """The text of answers.json, those of other content left out."""
        mine = {key: facts for key, facts in self.kept.items() if key.startswith(self._content[:16])}
        return _KEPT.dump_json(mine, exclude_defaults=True).decode() + "\n"

    def _key(self, question: Question) -> str:
        return f"{self._content[:16]} {' '.join(question)}"


def facts_files(facts: list[Fact], dropped: Sequence[str]) -> dict[str, str]:
    """facts.json and dropped.json, name -> text."""
    return {FACTS_FILE: facts_json(facts), DROPPED_FILE: json.dumps(list(dropped), indent=1) + "\n"}


def facts_json(facts: list[Fact]) -> str:
    """The text of facts.json, as the contract words it."""
    return json.dumps([_outward(fact) for fact in facts], indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _outward(fact: Fact) -> dict[str, object]:
    content = fact.model_dump(mode="json")
    return {**content, "about": {k: v for k, v in content["about"].items() if v is not None}}
