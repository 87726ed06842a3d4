"""Draws by number: the k-th batch of a seed is always the same documents, each with its model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from orebook.resolve import problem_of
from orebook.schema.document import Document
from tests.drawn import documents
from tests.oracle.compare import Answer, answer
from tests.oracle.models import EMERGENCY, MODELS

BATCH = 25


@dataclass(frozen=True)
class Drawn:
    """A document and the name of the model it is solved under."""

    model: str
    document: Document

    def answer(self) -> Answer:
        """What the solver says, held against every plan."""
        return answer(problem_of(self.document), MODELS.get(self.model, EMERGENCY))

    def replay(self) -> str:
        """The draw as one JSON document, which `python -m tests.oracle` reads."""
        return json.dumps({"model": self.model, "document": json.loads(self.document.model_dump_json())})

    @classmethod
    def of(cls, text: str) -> Drawn:
        """The draw that `replay` wrote."""
        content: dict[str, Any] = json.loads(text)
        return cls(content["model"], Document.model_validate(content["document"]))


def batch(
    seed: int, number: int, size: int = BATCH, *, members: bool = False, leaving: bool = False
) -> Iterator[Drawn]:
    """The draws of a batch, `size` of them or fewer, models in turn; `members`: with theirs, under `emergency` too;
    `leaving`: with stock that ages, bids, conversions and substitutes.
    """
    found: list[Document] = []

    @seeded(seed * 1_000_003 + number)
    @settings(
        max_examples=size,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(lots_only=True, members=members, leaving=leaving))
    def collect(document: Document) -> None:
        found.append(document)

    collect()
    names = [*MODELS, *(["emergency"] if members else [])]
    for k, document in enumerate(found):
        yield Drawn(names[(number + k) % len(names)], document)


def answered(seed: int, number: int) -> list[tuple[str, Answer, str]]:
    """Model, answer and, where that is wrong, replay of each draw of a batch."""
    answers = [(draw, draw.answer()) for draw in batch(seed, number)]
    return [(draw.model, said, draw.replay() if said.wrong else "") for draw, said in answers]
