"""models/README.md against the schema and the lists that a rule has to be in."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from pydantic import BaseModel
from tests.docs.files import ROOT, blocks, broken_links, named_paths, table

from orebook.files.models import model_names, read_model
from orebook.formulation.build import RULES, STAGES
from orebook.judge.rules import RULES as JUDGED
from orebook.schema.model import Model, RuleLevel, SolverLimits, Stage, Weights
from orebook.schema.rules import CAN_GIVE_WAY, BuiltInRule, RuleName
from orebook.schema.stages import BY_PRIORITY, BuiltInStage

FILE = ROOT / "models" / "README.md"
README = FILE.read_text(encoding="utf-8")
PARTS: dict[str, type[BaseModel]] = {
    "rules.NAME.": RuleLevel,
    "stages.": Stage,
    "weights.": Weights,
    "solver.": SolverLimits,
}


def _keys() -> dict[str, str]:
    """Key -> default as the table words it, from the schema."""
    plain = {"": Model} | PARTS
    return {
        prefix + name: "required" if field.is_required() else _shown(field.default)
        for prefix, part in plain.items()
        for name, field in part.model_fields.items()
        if prefix or f"{name}." not in {p.split(".")[0] + "." for p in PARTS}
    }


def _shown(default: object) -> str:
    return "none" if default is None else f"{default:g}" if isinstance(default, (int, float)) else str(default)


def test_every_key_and_default_is_the_schemas() -> None:
    """The table of keys lists what a model file may say, no more and no less, with the defaults of the schema."""
    assert {row[0].strip("`"): row[1] for row in table(README, "key")} == _keys()


def test_rules_and_stages_are_all_named() -> None:
    """The lists of rules, of those that can be policy, and of stages are those of the schema."""
    for opening, names in (
        ("Rules: ", set(get_args(BuiltInRule))),
        ("Only ", set(CAN_GIVE_WAY)),
        ("Stages: ", set(get_args(BuiltInStage))),
    ):
        sentence = README.split(f"\n{opening}", 1)[1].split(" can be policy", 1)[0].split(".", 1)[0]
        assert set(re.findall(r"`(\w+)`", sentence)) == names


@pytest.mark.parametrize("rule", get_args(BuiltInRule))
def test_a_rule_is_everywhere_it_has_to_be(rule: RuleName) -> None:
    """A rule is formulated, judged, given a level in `weekly`, taught by a case and listed in README.md."""
    assert rule in RULES
    assert rule in JUDGED
    assert rule in read_model("weekly").rules
    assert (ROOT / "instances" / "teaching" / rule / "expected.json").is_file()
    assert f"`{rule}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_list_has_more_than_the_schema() -> None:
    """Formulation and judge know the same rules, and stages, as the schema, and no others."""
    assert set(RULES) == set(JUDGED) == set(get_args(BuiltInRule))
    assert set(STAGES) - BY_PRIORITY.keys() == set(get_args(BuiltInStage))


def test_the_example_is_a_model() -> None:
    """The model in the README validates."""
    import tomllib

    (example,) = blocks(README, "toml")
    assert Model.model_validate(tomllib.loads(example)).name == "cheapest"


def test_paths_and_links_lead_somewhere() -> None:
    """Every file that the checklist names exists, and so does what is linked."""
    paths = named_paths(README)
    assert len(paths) > 20
    assert [p for p in paths if not (ROOT / p).exists()] == []
    assert broken_links(FILE) == []


def test_models_that_ship_are_those_named() -> None:
    """The README names every model that ships."""
    assert all(f"`{name}`" in README for name in model_names())
