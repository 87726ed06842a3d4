"""A plan's folder opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

import orebook
from orebook.errors import InputError
from orebook.files.atomic import write_folder
from orebook.files.plan_folder import instance_json, open_plan
from orebook.report import files_of

SMALL = Path(__file__).parents[1] / "instances" / "vault-small"


@pytest.fixture(scope="module")
def plan() -> orebook.Plan:
    """The plan of vault-small with a change made."""
    problem = orebook.read(SMALL).change("instance.budget_usd=-1%")
    return orebook.solve(problem, audit=False)


@pytest.mark.parametrize("name", ["", "plan.json"])
def test_a_plan_comes_back_whole(plan: orebook.Plan, tmp_path: Path, name: str) -> None:
    """The folder holds the changed instance and the model: plan, problem and judgement (to a cent) are as they were."""
    write_folder(tmp_path / "p", files_of(plan))
    again = open_plan(tmp_path / "p" / name)
    assert again.document == plan.document
    assert again.problem == plan.problem
    assert again.model == plan.model
    said = {stage: float(value) for stage, value in again.judgement.measures.items()}
    assert said == pytest.approx({stage: float(value) for stage, value in plan.judgement.measures.items()}, abs=0.01)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("instance.json", None, "instance.json: is missing; orebook solve writes it beside plan.json"),
        ("instance.json", "{", "Invalid JSON"),
        ("model.json", "{}", "name: Field required; solve again"),
    ],
)
def test_a_folder_with_a_part_missing(
    plan: orebook.Plan, tmp_path: Path, name: str, text: str | None, says: str
) -> None:
    """A missing or broken part is named, with the mend."""
    write_folder(tmp_path / "p", files_of(plan))
    if text is None:
        (tmp_path / "p" / name).unlink()
    else:
        (tmp_path / "p" / name).write_text(text)
    with pytest.raises(InputError, match=says):
        open_plan(tmp_path / "p")


def test_a_part_of_another_plan(plan: orebook.Plan, tmp_path: Path) -> None:
    """An instance that is not the plan's is refused: its digest differs."""
    write_folder(tmp_path / "p", files_of(plan))
    other = orebook.solve(orebook.read(SMALL), audit=False)
    (tmp_path / "p" / "instance.json").write_text(instance_json(other))
    with pytest.raises(InputError, match=r"is not what plan\.json was solved from"):
        open_plan(tmp_path / "p")
