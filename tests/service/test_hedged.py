"""A run of the kind `hedge`: teaching/ban over HTTP, to be read and taken away; what did not end well is no result."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import orebook
from orebook.errors import SolveError, StoppedError
from orebook.files.archive import zipped
from orebook.hedged import HedgedPlan
from orebook.service.runs.run_requests import HedgeRequest
from orebook.service.work import hedge
from orebook.service.work.task import Done, ParentChannel, Task
from orebook.service.work.task_registry import done
from tests.service.running import Json, ended, serving, submitted

BAN = orebook.read(Path(__file__).parents[2] / "instances" / "teaching" / "ban")


def stored(client: TestClient, name: str, **instance: Any) -> str:
    """A copy of teaching/ban under a name of its own, with keys of the instance in the place of its own."""
    content = BAN.document.model_dump(mode="json", exclude_none=True)
    content["instance"] |= {"name": name, **instance}
    answer = client.post("/v1/instances", json=content)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture(scope="module")
def run(client: TestClient) -> Json:
    """The run, ended."""
    return ended(client, submitted(client, kind="hedge", instance=stored(client, "hedged"), audit=False))


def content(client: TestClient, run: Json, name: str) -> bytes:
    """One of its files."""
    answer = client.get(f"/v1/runs/{run['id']}/files/{name}")
    assert answer.status_code == 200, answer.text
    return answer.content


def test_the_run_says_what_to_order_now_and_what_it_is_worth(run: Json) -> None:
    """100 t today for 10 000 USD; knowing is worth 350 USD and hedging 4 550, as the instance's README works out."""
    assert run["state"] == "optimal", run
    result = run["result"]
    assert result["now"] == [{"offer": "china-now", "week": 1, "tonnes": 100.0}]
    assert (result["tickets"], result["now_weeks"], result["order_cash_usd"]) == (1, 1, 10_000.0)
    assert result["worth"]["evpi"] == pytest.approx([350.0, 350.0])
    assert result["worth"]["vss"] == pytest.approx([4550.0, 4550.0])
    assert [(f["future"], f["probability"], f["known_week"]) for f in result["futures"]] == [
        ("as-it-stands", 0.5, 4),
        ("ban", 0.5, 2),
    ]
    assert run["progress"]["notes"] == [f"solved as if it were known today: {f}" for f in ("as-it-stands", "ban")]


def test_each_part_can_be_read_by_itself(client: TestClient, run: Json) -> None:
    """hedge.json is the library's; the plan of each future, and the tickets of now as a table."""
    ours = json.loads(orebook.hedge(BAN, audit=False).to_json())
    theirs = json.loads(content(client, run, "hedge.json"))
    for part in ("tickets", "risk", "now_weeks", "schema"):
        assert theirs[part] == ours[part]
    plans = [json.loads(content(client, run, f["plan"])) for f in run["result"]["futures"]]
    assert [p["future"] for p in plans] == ["as-it-stands", "ban"]
    head, row = content(client, run, "now.csv").decode().splitlines()
    assert row.split(",")[: head.split(",").index("offer") + 1][-1] == "china-now"


def test_the_folder_comes_as_a_zip_that_verifies(client: TestClient, run: Json, tmp_path: Path) -> None:
    """Taken away, it is what `orebook hedge` writes: opened, judged, each future complete by itself."""
    answer = client.get(f"/v1/runs/{run['id']}/files/hedge.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    hedged = orebook.open_hedge(tmp_path)
    assert [(t.offer, t.tonnes) for t in hedged.now] == [("china-now", 100.0)]
    assert (tmp_path / "report.html").exists()
    assert orebook.open_plan(tmp_path / "futures" / "ban").document == hedged.plans["ban"].document


def test_a_zip_is_the_same_whenever_it_is_made() -> None:
    """The same files, the same bytes; what is in it comes back."""
    files: dict[str, bytes | str] = {"a.txt": "one", "b/c.bin": b"two"}
    assert zipped(files) == zipped(files)
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.txt": b"one", "b/c.bin": b"two"}


def test_a_tail_weighs(client: TestClient) -> None:
    """Goods under way lost: waiting costs 9 700 or 20 200 USD, and R with half the weight on the worst half is 17 575."""
    asked = {"tail": 0.5, "tail_weight": 0.5, "changes": ["futures.ban.in_transit=lost"]}
    run = ended(client, submitted(client, kind="hedge", instance=stored(client, "tailed"), audit=False, **asked))
    (cost,) = [s for s in run["result"]["stages"] if s["stage"] == "cost"]
    assert (run["state"], cost["value"]) == ("optimal", pytest.approx(17_575.0))
    assert run["result"]["risk"] == {"tail": 0.5, "tail_weight": 0.5}
    assert run["result"]["changes"] == asked["changes"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"tail": 0}, "tail"),
        ({"tail_weight": 1}, "tail_weight"),
        ({"changes": ["minerals.lead.price_usd_per_t=1"]}, "lead"),
        ({"changes": ["origins.china=none"]}, "china"),
        ({"model": "strange"}, "strange"),
    ],
)
@pytest.mark.usefixtures("run")
def test_what_cannot_be_is_refused_before_it_is_queued(client: TestClient, asked: Json, says: str) -> None:
    """422 with what is wrong: an option, a change that names nothing, one that leaves a future's change nothing to name."""
    answer = client.post("/v1/runs", json={"kind": "hedge", "instance": "hedged", **asked})
    assert answer.status_code == 422
    assert says in answer.text


def test_a_clone_is_of_the_same_instance(client: TestClient, run: Json) -> None:
    """Again with more weight on the worst: the order of today costs the same whatever comes."""
    answer = client.post(f"/v1/runs/{run['id']}/clone", json={"options": {"tail_weight": 0.9}})
    again = ended(client, answer.json()["id"])
    assert (again["state"], again["instance"], again["asked"]["tail_weight"]) == ("optimal", "hedged", 0.9)
    assert again["result"]["now"] == run["result"]["now"]


def test_one_that_has_no_plan_has_no_result(client: TestClient) -> None:
    """A budget that leaves a future no plan: infeasible, with its clash, which names the future; and no file."""
    poor = submitted(client, kind="hedge", instance=stored(client, "poor", budget_usd=9_900), audit=False)
    run = ended(client, poor)
    assert (run["state"], run["files"]) == ("infeasible", [])
    assert "In the future ban" in run["reason"]
    assert "now" not in run["result"]
    assert client.get(f"/v1/runs/{poor}/files/hedge.json").status_code == 404


@pytest.mark.parametrize(("how", "state"), [("stop", "cancelled"), ("cancel", "cancelled")])
def test_one_that_was_ended_by_hand_has_no_result(tmp_path: Path, how: str, state: str) -> None:
    """Before any plan there is nothing to show: neither files nor figures, nor a plan of that id."""
    with serving(tmp_path) as client:
        run_id = submitted(client, kind="hedge", instance=stored(client, "ended"))
        assert client.post(f"/v1/runs/{run_id}/{how}").status_code == 202
        run = client.get(f"/v1/runs/{run_id}").json()
        assert (run["state"], run["result"], run["files"]) == (state, {}, [])
        for name in ("hedge.json", "hedge.zip", "now.csv", "future-1.json"):
            assert client.get(f"/v1/runs/{run_id}/files/{name}").status_code == 404


def test_a_hedged_run_is_no_plan_of_one_future(client: TestClient, run: Json) -> None:
    """Its tickets are approved in the plan that is made with them; a what-if, which goes on from one plan, is refused."""
    assert client.get(f"/v1/plans/{run['id']}").status_code == 404
    asked = {"kind": "whatif", "plan": run["id"], "changes": ["instance.budget_usd=1"]}
    assert client.post("/v1/runs", json=asked).status_code == 404


def _ended(monkeypatch: pytest.MonkeyPatch, came: HedgedPlan | Exception) -> Done:
    """How the run ends where the solver, asked to stop, comes back with this."""

    def solve_hedge(*_: object) -> HedgedPlan:
        if isinstance(came, Exception):
            raise came
        return came

    monkeypatch.setattr(hedge, "solve_hedge", solve_hedge)
    text = BAN.document.model_dump_json(exclude_none=True)
    return done(Task("0" * 32, HedgeRequest(audit=False), text), ParentChannel())


def test_one_that_is_stopped_with_plans_says_that_nothing_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feasible, with its reason; so does hedge.json say."""
    best = orebook.hedge(BAN, audit=False)
    document = best.document.model_copy(update={"status": "feasible"})
    end = _ended(monkeypatch, replace(best, document=document))
    assert (end.state, end.reason) == ("feasible", "stopped before every stage was within the gap")
    assert json.loads(end.files["hedge.json"])["status"] == end.result["status"] == "feasible"


@pytest.mark.parametrize(
    "error", [StoppedError("stopped after 1 s, before a first plan was found"), SolveError("lost")]
)
def test_one_that_is_stopped_without_plans_or_fails_has_no_result(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Why it has none, and nothing else."""
    end = _ended(monkeypatch, error)
    assert (end.state, end.reason, end.result, end.files) == ("failed", str(error), {}, {})
