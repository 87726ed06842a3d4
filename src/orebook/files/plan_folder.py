"""A plan's folder, opened again: the plan with the instance and the model that it was solved from, and its facts."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from orebook.changes import changed
from orebook.changes.change import RuleOff
from orebook.changes.grammar import parse
from orebook.decisions import Decisions
from orebook.errors import InputError
from orebook.files.instances import read_plan
from orebook.findings import Finding
from orebook.judge import Judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.reading.text import fault, text_of
from orebook.resolve import problem_of
from orebook.schema.base import Frozen
from orebook.schema.document import Document
from orebook.schema.facts import Fact
from orebook.schema.model import Model
from orebook.schema.plan import PlanDocument

INSTANCE_FILE, MODEL_FILE = "instance.json", "model.json"
PLAN_PARTS = ("plan.json", INSTANCE_FILE, MODEL_FILE)
"""What makes a plan complete by itself."""
FACTS_FILE, DROPPED_FILE, ANSWERS_FILE = "facts.json", "dropped.json", "answers.json"
F = TypeVar("F", bound=Frozen)
T = TypeVar("T")
FACTS, TEXTS = TypeAdapter(tuple[Fact, ...]), TypeAdapter(tuple[str, ...])


def open_plan(path: str | PathLike[str]) -> Plan:
    """The plan in a folder that `Plan.save` or `orebook solve` wrote, judged again.

    `path`: the folder, or the plan.json in it.

    Raises InputError where a file is missing, cannot be read, or belongs to another plan.

        >>> import orebook, pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp()) / "plan"
        >>> orebook.solve("teaching/budget", audit=False).save(folder)
        >>> orebook.open_plan(folder).costs.total_usd
        610000.0
    """
    folder = folder_of(path)
    document = read_plan(folder / "plan.json")
    instance, model = _part(folder / INSTANCE_FILE, Document), _part(folder / MODEL_FILE, Model)
    problem = _changed_instance(instance, document)
    for name, digest, said in (
        (INSTANCE_FILE, problem.digest, document.instance.digest),
        (MODEL_FILE, model.digest(), document.model.digest),
    ):
        if digest != said:
            says = "is not what plan.json was solved from; put the two back together or solve again"
            raise InputError([fault(str(folder / name), None, "other_plan", says)])
    return Plan(document, problem, model, Judge(problem, model).judge(Decisions.of(document)))


def _changed_instance(instance: Document, document: PlanDocument) -> Problem:
    """The problem of a plan: its instance has the changes made that are known from week 1."""
    stamp, known = document.instance, document.known_week
    changes = stamp.changes if known is None else stamp.before
    off = frozenset(c.rule for c in map(parse, changes) if isinstance(c, RuleOff))
    problem = problem_of(instance, changes, off)
    return problem if known is None else changed(problem, stamp.changes, known, document.in_transit or "lost")


def plan_texts(plan: Plan) -> dict[str, str]:
    """The files that make a plan's folder complete, name -> text: what to send to another machine."""
    return dict(zip(PLAN_PARTS, (plan.to_json(), instance_json(plan), model_json(plan)), strict=True))


def plan_of(texts: Mapping[str, str]) -> Plan:
    """The plan of such texts, judged again."""
    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return open_plan(folder)


def written_files(folder: Path) -> dict[str, bytes | str]:
    """Everything in a plan's folder, path from it -> content."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def open_facts(path: str | PathLike[str]) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The facts in a plan's folder, and why answers were dropped that failed their check; none where none were asked.

    Raises InputError where a file cannot be read.
    """
    folder = folder_of(path)
    return _listed(folder / FACTS_FILE, FACTS), _listed(folder / DROPPED_FILE, TEXTS)


def facts_of(texts: Mapping[str, str]) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The same from texts by the names of their files."""
    return FACTS.validate_json(texts.get(FACTS_FILE, "[]")), TEXTS.validate_json(texts.get(DROPPED_FILE, "[]"))


def instance_json(plan: Plan) -> str:
    """The text of instance.json: the instance with the plan's changes made that are known from week 1."""
    return plan.problem.at(1).document.model_dump_json(exclude_none=True, indent=1) + "\n"


def model_json(plan: Plan) -> str:
    """The text of model.json: the rules and stages as they were when the plan was solved."""
    return plan.model.model_dump_json(exclude_none=True, indent=1) + "\n"


def folder_of(path: str | PathLike[str]) -> Path:
    """The folder of a plan that is named by its folder or by the plan.json in it."""
    folder = Path(path)
    return folder.parent if folder.name == "plan.json" else folder


def _listed(path: Path, kind: TypeAdapter[tuple[T, ...]]) -> tuple[T, ...]:
    if not path.exists():
        return ()
    text = text_of(path)
    if isinstance(text, Finding):
        raise InputError([fault(str(path), None, "unreadable", text.message)])
    try:
        return kind.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        says = f"{place}: {first['msg']}; ask again with orebook explain"
        raise InputError([fault(str(path), None, "broken_part", says)]) from error


def _part(path: Path, kind: type[F]) -> F:
    text = text_of(path)
    if isinstance(text, Finding):
        says = f"{text.message}; orebook solve writes it beside plan.json, and explanations stand on it"
        raise InputError([fault(str(path), None, "no_part", says)])
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError([fault(str(path), None, "broken_part", f"{place}: {first['msg']}; solve again")]) from error
