"""The folder of a hedged plan: hedge.json, and a folder a future with what makes its plan complete by itself."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from pathlib import Path
from urllib.parse import quote

from pydantic import ValidationError

from orebook.errors import InputError
from orebook.files.instances import read_plan
from orebook.files.plan_folder import folder_of, open_plan, plan_texts
from orebook.findings import Finding
from orebook.hedged import HedgedPlan
from orebook.reading.text import fault, text_of
from orebook.schema.hedge import HedgeDocument
from orebook.schema.plan import PlanDocument

HEDGE_FILE = "hedge.json"


def future_folder(name: str) -> str:
    """The folder of a future, from that of its hedged plan: its name, written so that every file system takes it."""
    quoted = quote(name, safe=" ")
    return f"futures/{quoted.replace('.', '%2E', 1) if quoted.startswith('.') else quoted}"


def hedge_texts(hedged: HedgedPlan) -> dict[str, str]:
    """hedge.json and the files of each future, path -> text."""
    texts = {HEDGE_FILE: hedged.to_json()}
    for future in hedged.document.futures:
        folder = future.plan.removesuffix("/plan.json")
        texts |= {f"{folder}/{name}": text for name, text in plan_texts(hedged.plans[future.future]).items()}
    return texts


def open_hedge(path: str | PathLike[str]) -> HedgedPlan:
    """The hedged plan in a folder that `HedgedPlan.save` or `orebook hedge` wrote, every future judged again.

    `path`: the folder, or the hedge.json in it.

    Raises InputError where a file is missing, cannot be read, or belongs to another plan.

        >>> import orebook, pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp()) / "hedged"
        >>> orebook.hedge("teaching/ban", audit=False).save(folder)
        >>> orebook.open_hedge(folder).now[0].tonnes
        100.0
    """
    folder = hedge_folder_of(path)
    document = read_hedge(folder / HEDGE_FILE)
    plans = {future.future: open_plan(folder / future.plan) for future in document.futures}
    main = open_plan(folder)
    return HedgedPlan(document, main.problem.at(1), main.model, plans)


def hedge_folder_of(path: str | PathLike[str]) -> Path:
    """The folder of a hedged plan that is named by its folder or by the hedge.json in it."""
    return Path(path).parent if Path(path).name == HEDGE_FILE else folder_of(path)


def read_plans(folder: Path, document: HedgeDocument) -> dict[str, PlanDocument]:
    """Future -> what its plan.json has, not judged. Raises InputError, each fault with the file's place in the folder."""
    plans = dict[str, PlanDocument]()
    for future in document.futures:
        try:
            plans[future.future] = read_plan(folder / future.plan)
        except InputError as error:
            raise InputError([replace(finding, file=future.plan) for finding in error.findings]) from error
    return plans


def read_hedge(path: Path) -> HedgeDocument:
    """hedge.json, checked. Raises InputError."""
    text = text_of(path)
    if isinstance(text, Finding):
        raise InputError([fault(str(path), None, "unreadable", text.message)])
    try:
        return HedgeDocument.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError([fault(str(path), None, "broken_part", f"{place}: {first['msg']}; hedge again")]) from error
