"""All questions of a report: the same facts over any number of processes, each answered once, none lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from orebook.errors import RefutedError
from orebook.explanations.answer_cache import Answers, facts_json
from orebook.explanations.catalogue import Question, questions
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.explainer import Explainer
from orebook.explanations.report_questions import explain_all
from orebook.files.atomic import write_folder
from orebook.files.plan_folder import open_plan
from orebook.plan import Plan
from orebook.report import files_of
from orebook.schema.facts import Fact
from orebook.solver.lp.stop import Stop
from tests.explanations.solved import vault_small

SOME: list[Question] = [("shortage", "silver"), ("shortage", "copper")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of vault-small in its folder."""
    path = tmp_path_factory.mktemp("plans") / "small"
    write_folder(path, files_of(vault_small().plan))
    return path


@pytest.fixture
def plan(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The plan, whose report asks two questions only."""
    monkeypatch.setattr("orebook.explanations.report_questions.questions", lambda _plan: SOME)
    return open_plan(folder)


@pytest.mark.slow
def test_two_processes_find_the_same_facts_as_one(folder: Path, plan: Plan) -> None:
    """The facts come in the order of the questions, whoever was first."""
    here = explain_all(folder, plan, Answers(plan), workers=1, stop=Stop())
    there = explain_all(folder, plan, Answers(plan), workers=2, stop=Stop())
    assert facts_json(here.facts) == facts_json(there.facts)
    assert [f.about.mineral for f in here.facts if f.kind == "mend"] == ["silver", "copper"]
    assert (here.dropped, here.unasked) == ([], 0)


def test_after_a_stop_nothing_is_solved(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a model is built any more, and an answer that was being worked out is not kept as one."""
    stop, answers = Stop(), Answers.of(plan, None)
    monkeypatch.setattr("orebook.explanations.engine.counterfactuals.Run", None)
    assert Counterfactuals(plan, stop=Stop(asked=True)).solve(("instance.budget_usd=+1",)) is None

    def stopping(_counterfactuals: Counterfactuals, _question: Question) -> tuple[list[Fact], str]:
        stop.asked = True
        return [], ""

    monkeypatch.setattr("orebook.explanations.report_questions.ask", stopping)
    explained = explain_all(Path(), plan, answers, workers=1, stop=stop)
    assert explained.unasked == len(SOME)
    assert all(answers.get(question) is None for question in SOME)


@pytest.mark.slow
def test_an_answer_is_kept_for_its_content_alone(folder: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again, nothing is solved; another plan of the same instance knows nothing of it."""
    answers = Answers(plan)
    first = explain_all(folder, plan, answers, workers=1, stop=Stop())
    monkeypatch.setattr("orebook.explanations.report_questions.ask", None)
    again = explain_all(folder, plan, Answers.of(plan, answers.to_json()), workers=1, stop=Stop())
    assert again == first
    other = Plan(
        plan.document.model_copy(update={"tickets": plan.document.tickets[1:]}),
        plan.problem,
        plan.model,
        plan.judgement,
    )
    assert Answers.of(other, answers.to_json()).get(SOME[0]) is None


def test_broken_answers_are_asked_again(plan: Plan) -> None:
    """A file that cannot be read is no reason to stop: nothing is known."""
    assert Answers.of(plan, "{").get(SOME[0]) is None
    assert Answers.of(plan, None).get(SOME[0]) is None


@pytest.mark.slow
def test_a_stop_keeps_what_was_answered(folder: Path, plan: Plan) -> None:
    """Stopped after the first answer: its facts are there, and the rest is counted."""
    stop, answers = Stop(), Answers(plan)

    def hear(_question: Question, _answer: object) -> None:
        stop.asked = True

    some = explain_all(folder, plan, answers, workers=1, stop=stop, on_answer=hear)
    assert {f.about.mineral for f in some.facts} == {"silver"}
    assert some.unasked == 1
    assert answers.get(SOME[0]) is not None


def test_a_fact_that_fails_its_check_is_dropped_and_said(
    folder: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A solve that does not stand up to the judge gives no fact, is counted, and is not kept."""

    def refuse(*_a: object, **_k: object) -> None:
        raise RefutedError("the bound is over a plan")

    monkeypatch.setattr(Counterfactuals, "_refute", refuse)
    answers = Answers(plan)
    explained = explain_all(folder, plan, answers, workers=1, stop=Stop())
    assert explained.dropped == [f"shortage {q[1]}: the bound is over a plan" for q in SOME]
    assert {f.method for f in explained.facts} == {"arithmetic"}
    assert answers.get(SOME[0]) is None
    with pytest.raises(RefutedError):
        Explainer(plan).shortages("silver")


def test_the_report_asks_what_tells_most_first() -> None:
    """Baselines, then the minerals by what their shortage weighs."""
    asked = questions(vault_small().plan)
    assert asked[0] == ("baselines",)
    assert [q[1] for q in asked if q[0] == "shortage"] == ["gallium", "silver", "copper"]


def test_the_front_door(folder: Path) -> None:
    """From a folder to facts in one line of Python."""
    import orebook

    first, *_ = orebook.explain(orebook.open_plan(folder)).shortages("gallium")
    assert first.figures["short_days"] == 9.0
