"""`orebook.Client`: read, solve, what-if, explain and compare at a service, as the library does here."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from io import BytesIO
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zipfile import ZipFile

from pydantic import TypeAdapter

from orebook.client.explainer import ServedExplainer
from orebook.client.http import Http, Json, http_client
from orebook.client.plan import ServedHedge, ServedPlan
from orebook.errors import ServiceError
from orebook.files.hedge_folder import open_hedge
from orebook.files.instances import read
from orebook.files.plan_folder import PLAN_PARTS, plan_of
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden
from orebook.schema.model import Model
from orebook.schema.tables import InTransit

if TYPE_CHECKING:
    import httpx2

REPORTS = {".html": "report.html", ".md": "report.md", ".xlsx": "plan.xlsx", ".pdf": "report.pdf"}
FACTS: TypeAdapter[list[Fact]] = TypeAdapter(list[Fact])
Hear = Callable[[Json], None]


def _deaf(_progress: Json) -> None:
    """Hear nothing."""


class Client:
    """A service at an address.

    `url`: such as `http://127.0.0.1:8000`.
    `key`: where it asks for one.
    `timeout_s`: seconds of a request, of which a run takes many.
    `http`: a client of one's own in the place of all that.

    Every call raises what the library's call raises, and ServiceError where the service cannot be reached or refuses.
    `hear` gets a run's progress as the API words it.
    """

    def __init__(
        self, url: str, *, key: str | None = None, timeout_s: float = 60.0, http: httpx2.Client | None = None
    ) -> None:
        self._http = Http(http or http_client(url, key, timeout_s))

    def close(self) -> None:
        """Let its connections go."""
        self._http.client.close()

    def instances(self) -> list[str]:
        """The names of the instances that the service has."""
        found, path = list[str](), "/v1/instances?limit=200"
        while path:
            with self._http.understood():
                page = self._http.get(path)
                found += [str(item["id"]) for item in page["items"]]
                path = page["next"] and f"/v1/instances?{page['next'].partition('?')[2]}"
        return found

    def read(self, name: str, *, version: int | None = None) -> Problem:
        """The problem in an instance of the service, in its newest version or another."""
        query = "" if version is None else f"?version={version}"
        with self._http.understood():
            return problem_of(Document.model_validate(self._http.get(f"/v1/instances/{name}/document.json{query}")))

    def store(self, instance: Problem | str | PathLike[str], *, note: str = "") -> str:
        """Store a problem, a folder or a workbook: as a new instance, or as a new version of the one of its name; its id."""
        problem = instance if isinstance(instance, Problem) else read(instance)
        content = problem.document.model_dump(mode="json", exclude_none=True)
        try:
            with self._http.understood():
                return str(self._http.send("POST", f"/v1/instances{_query(note)}", content)["id"])
        except ServiceError as error:
            if error.status != 409:
                raise
        name = _slug_of(problem.name)
        known = self._http.get(f"/v1/instances/{name}")
        if known["name"] != problem.name:
            raise ServiceError(f"{name} is the instance {known['name']} there; give {problem.name} another name", 409)
        if known["digest"] != problem.digest:
            tag = {"If-Match": f'"v{known["version"]}"'}
            self._http.send("POST", f"/v1/instances/{name}/versions{_query(note)}", content, tag)
        return name

    def solve(
        self,
        problem: Problem | str,
        model: str | Model = "weekly",
        *,
        changes: tuple[str, ...] = (),
        gap: float | None = None,
        time_limit_s: float | None = None,
        audit: bool = True,
        hear: Hear = _deaf,
    ) -> ServedPlan:
        """The buy plan of a problem, which is stored first, or of an instance of the service by its name."""
        asked: Json = {
            **self._of_instance("solve", problem, model, changes),
            "gap": gap,
            "time_limit_s": time_limit_s,
            "audit": audit,
        }
        return self.open_plan(self._run(asked, hear)["id"])

    def hedge(
        self,
        problem: Problem | str,
        model: str | Model = "weekly",
        *,
        tail: float = 0.1,
        tail_weight: float = 0.0,
        changes: tuple[str, ...] = (),
        gap: float | None = None,
        time_limit_s: float | None = None,
        audit: bool = True,
        hear: Hear = _deaf,
    ) -> ServedHedge:
        """What to order now, whatever comes, of a problem, which is stored first, or of an instance by its name."""
        asked: Json = {
            **self._of_instance("hedge", problem, model, changes),
            "tail": float(tail),
            "tail_weight": float(tail_weight),
            "gap": gap,
            "time_limit_s": time_limit_s,
            "audit": audit,
        }
        return self.open_hedge(self._run(asked, hear)["id"])

    def whatif(
        self,
        plan: ServedPlan,
        *changes: str,
        known: int | None = None,
        in_transit: InTransit = "lost",
        gap: float | None = None,
        time_limit_s: float | None = None,
        hear: Hear = _deaf,
    ) -> ServedPlan:
        """The plan under changes, solved from this one, with as few orders changed as its measures allow."""
        asked = {
            "kind": "whatif",
            "plan": plan.id,
            "changes": list(changes),
            "known": known,
            "in_transit": in_transit,
            "gap": gap,
            "time_limit_s": time_limit_s,
        }
        return self.open_plan(self._run(asked, hear)["id"])

    def sweep(self, plan: ServedPlan, hear: Hear = _deaf, **asked: Any) -> Json:
        """Many what-ifs, by `scenarios`, `sweeps`, `tornado` or `draws` as the API words them; outcomes.json."""
        run = self._run({"kind": "sweep", "plan": plan.id, **asked}, hear)
        found: Json = self._http.get(f"/v1/runs/{run['id']}/files/outcomes.json")
        return found

    def explain(self, plan: ServedPlan, hear: Hear = _deaf) -> ServedExplainer:
        """Who answers questions about a plan."""
        return ServedExplainer(
            lambda question: self._facts({"kind": "explain", "plan": plan.id, "questions": [question]}, hear)
        )

    def compare(self, old: ServedPlan, new: ServedPlan, *, causes: bool = True, hear: Hear = _deaf) -> list[Fact]:
        """What changed from one plan to another, as facts."""
        return self._facts({"kind": "compare", "plan": new.id, "against": old.id, "causes": causes}, hear)

    def explainer(self, plan: ServedPlan, hear: Hear = _deaf) -> ServedExplainer:
        """The former name of `explain`."""
        warnings.warn("Client.explainer is now Client.explain", DeprecationWarning, stacklevel=2)
        return self.explain(plan, hear)

    def difference(self, old: ServedPlan, new: ServedPlan, *, causes: bool = True, hear: Hear = _deaf) -> list[Fact]:
        """The former name of `compare`."""
        warnings.warn("Client.difference is now Client.compare", DeprecationWarning, stacklevel=2)
        return self.compare(old, new, causes=causes, hear=hear)

    def open_plan(self, plan_id: str) -> ServedPlan:
        """A plan of the service by its id, judged again here."""
        with self._http.understood():
            texts = {name: self._http.content(f"/v1/plans/{plan_id}/files/{name}").decode() for name in PLAN_PARTS}
            return ServedPlan.of(plan_of(texts), plan_id)

    def open_hedge(self, run_id: str) -> ServedHedge:
        """A hedged plan of the service by the id of its run, every future judged again here."""
        content = self._http.content(f"/v1/runs/{run_id}/files/hedge.zip")
        with TemporaryDirectory() as folder, self._http.understood():
            with ZipFile(BytesIO(content)) as archive:
                archive.extractall(folder)
            return ServedHedge.of(open_hedge(folder), run_id)

    def report(
        self,
        plan: ServedPlan,
        path: str | PathLike[str],
        *,
        hide: Sequence[Hidden] = (),
        lender: str | None = None,
        member: str | None = None,
    ) -> None:
        """Write a plan's report, without what `hide` names; the ending of the file says whether .html, .md, .xlsx or .pdf.

        With `lender` instead what that source of money may see: its own loan, and the stock as its cover; with `member`
        its statement, `*` being that of all members.
        """
        target = Path(path)
        name = REPORTS.get(target.suffix)
        if name is None:
            raise ValueError(f"{path} ends in none of {', '.join(REPORTS)}")
        whose = "lender" if lender is not None else "statement" if member is not None else None
        name = name if whose is None else f"{whose}{target.suffix}"
        made, on_paper = f"plans/{plan.id}", target.suffix == ".pdf"
        if hide or on_paper or whose is not None:
            asked = {"kind": "report", "plan": plan.id, "hide": list(hide), "pdf": on_paper}
            asked |= {"lender": lender, "member": member}
            made = f"runs/{self._run(asked, _deaf)['id']}"
        target.write_bytes(self._http.content(f"/v1/{made}/files/{name}"))

    def _of_instance(self, kind: str, problem: Problem | str, model: str | Model, changes: tuple[str, ...]) -> Json:
        """What a run of an instance begins from; a problem is stored first."""
        return {
            "kind": kind,
            "instance": problem if isinstance(problem, str) else self.store(problem),
            "model": model.model_dump(mode="json") if isinstance(model, Model) else str(model),
            "changes": list(changes),
        }

    def _run(self, asked: Json, hear: Hear) -> Json:
        content = {key: value for key, value in asked.items() if value is not None}
        with self._http.understood():
            run_id = str(self._http.send("POST", "/v1/runs", content)["id"])
        return self._http.ended(run_id, hear)

    def _facts(self, asked: Json, hear: Hear) -> list[Fact]:
        run = self._run(asked, hear)
        with self._http.understood():
            return FACTS.validate_json(self._http.content(f"/v1/runs/{run['id']}/files/facts.json"))


def _query(note: str) -> str:
    return f"?{urlencode({'note': note})}" if note else ""


def _slug_of(name: str) -> str:
    """An instance's name in the service's addresses."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "instance"
