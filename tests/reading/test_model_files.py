"""Model files by name and by path, with every fault."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from orebook.errors import InputError
from orebook.files.models import model_names, read_model
from orebook.schema.model import Level
from orebook.schema.rules import BuiltInRule
from orebook.schema.stages import BuiltInStage

RULES = ", ".join(get_args(BuiltInRule))
STAGES = ", ".join(get_args(BuiltInStage))
LEVELS = ", ".join(get_args(Level))
MODEL = """\
name = "own"

[rules]
offers = { level = "physics" }
shares = { level = "policy", priority = 1 }

[[stages]]
stage = "cover"

[[stages]]
stage = "cost"
slack = 0.001

[weights]
critical_weight = 4

[solver]
mip_gap = 0.005
threads = 2
"""


def refused(text: str, tmp_path: Path) -> list[str]:
    """What is said of a model file of that text."""
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_model(path)
    return [str(f) for f in error.value.findings]


def test_a_model_that_ships_is_found_by_name() -> None:
    """`weekly` is the model of the contract: physics and contract, five policy rules, five stages."""
    model = read_model("weekly")
    assert "weekly" in model_names()
    assert [r for r, l in model.rules.items() if l.level == "policy"] == [
        "shares",
        "ceiling",
        "shelf",
        "market",
        "split",
    ]
    assert [s.stage for s in model.stages] == ["unmet", "cover", "cost", "changes", "tickets"]
    assert model.solver.mip_gap == 0.005


def test_a_model_is_read_from_a_path(tmp_path: Path) -> None:
    """A path that ends in .toml is a file, whatever its name."""
    path = tmp_path / "own.toml"
    path.write_text(MODEL)
    model = read_model(path)
    assert (model.name, model.solver.threads, model.weights.unmet_weight) == ("own", 2, 10.0)
    assert not model.on("budget")


def test_an_unknown_name_has_a_suggestion(tmp_path: Path) -> None:
    """A name that is no model is refused with the nearest one; a path that is not there is said to be missing."""
    with pytest.raises(InputError, match=r'weekley: is no model that ships; did you mean "weekly"\?'):
        read_model("weekley")
    with pytest.raises(InputError, match=r"own\.toml: is missing; write one with name and rules and stages"):
        read_model(tmp_path / "own.toml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("mip_gap", "mipgap", 'solver.mipgap: is not a key of own.toml; did you mean "mip_gap"?'),
        ("= 0.005", "= true", "solver.mip_gap: true is not a number"),
        ("= 0.005", "= -0.1", "solver.mip_gap: -0.1 is below 0; write 0 or more"),
        ("= 0.005", "= nan", "solver.mip_gap: nan is not a finite number; write one, or nothing"),
        ("threads = 2", "threads = 1.5", "solver.threads: 1.5 is not a whole number; write 1 or 2"),
        ("weight = 4", 'weight = "4"', 'weights.critical_weight: "4" is text; write 4 without quotes'),
        ('"cover"', '"covr"', f'stages[0].stage: "covr" is not one of {STAGES}; did you mean "cover"?'),
        ('"physics"', '"phisics"', f'rules.offers.level: "phisics" is not one of {LEVELS}; did you mean "physics"?'),
        ("offers =", "offer =", f'rules.offer: "offer" is not one of {RULES}; did you mean "offers"?'),
        (", priority = 1", "", "rules.shares: a policy rule has a priority, and no other rule has one"),
        ("[weights]", "[weight]", 'weight: is not a key of own.toml; did you mean "weights"?'),
        ("[solver]", "[solver", None),
        ('name = "own"', "", "name: is missing"),
    ],
)
def test_one_edit_of_a_model_is_refused(old: str, new: str, says: str | None, tmp_path: Path) -> None:
    """One edit of a good model file is refused with its place; what is no TOML with its line."""
    assert MODEL.count(old) == 1
    (said,) = refused(MODEL.replace(old, new), tmp_path)
    if says is None:
        assert said.startswith("own.toml:17: is not TOML: ")
    else:
        assert said == f"own.toml {says}"


def test_faults_between_the_lines_of_a_model_are_said(tmp_path: Path) -> None:
    """A stage that stands twice, and a policy rule that has no rows to exceed, are faults of the whole file."""
    assert refused(MODEL.replace('"cover"', '"cost"'), tmp_path) == ["own.toml: a stage is listed twice"]
    policy = MODEL.replace('level = "physics"', 'level = "policy", priority = 2')
    assert refused(policy, tmp_path) == [
        "own.toml: offers cannot be policy: it is not made of rows that can be exceeded"
    ]


def test_all_faults_of_a_model_are_listed(tmp_path: Path) -> None:
    """Faults in several tables come in one list, each with its place."""
    text = MODEL.replace("mip_gap", "mip_gop").replace('stage = "cost"', 'stage = "costs"').replace("= 4", "= -4")
    assert [said.split(":")[0] for said in refused(text, tmp_path)] == [
        "own.toml stages[1].stage",
        "own.toml weights.critical_weight",
        "own.toml solver.mip_gop",
    ]
