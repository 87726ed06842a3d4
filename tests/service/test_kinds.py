"""Every kind of run, on a plan of ten tonnes of tin."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.builders import Rows
from tests.service.running import Json, ended, solved, submitted

RUN_FILES = {
    "whatif": {"plan.json", "facts.json"},
    "sweep": {"outcomes.json", "outcomes.csv"},
    "explain": {"facts.json", "report.html", "plan.xlsx"},
    "report": {"report.html", "report.md", "plan.xlsx"},
    "compare": {"facts.json", "compared.html", "compared.json", "compared.xlsx"},
}


@pytest.fixture(scope="module")
def plan(client: TestClient) -> str:
    """A plan to ask."""
    return solved(client, "kinds")


def _run(client: TestClient, plan: str, **asked: Any) -> Json:
    run = ended(client, submitted(client, plan=plan, **asked))
    assert run["state"] == "optimal", run
    assert RUN_FILES[run["kind"]] <= set(run["files"])
    return run


def test_a_whatif_has_its_plan_and_what_it_changed(client: TestClient, plan: str) -> None:
    """Twelve days instead of ten: 1200 USD, from the base plan that it names."""
    run = _run(client, plan, kind="whatif", changes=["instance.target_days=12"])
    assert (run["result"]["total_usd"], run["result"]["base"], run["plan"]) == (1200.0, plan, plan)
    compared = _run(client, run["id"], kind="compare", against=plan)
    said = client.get(f"/v1/runs/{compared['id']}/files/compared.json").json()
    assert [p["total_usd"] for p in said["plans"].values()] == [1000.0, 1200.0]


def test_a_sweep_has_an_outcome_a_scenario(client: TestClient, plan: str) -> None:
    """Ten and twenty days of target cost 1000 and 2000 USD."""
    run = _run(client, plan, kind="sweep", sweeps=["instance.target_days=10:20:2"])
    outcomes = client.get(f"/v1/runs/{run['id']}/files/outcomes.json").json()
    assert [o["total_usd"] for o in outcomes["scenarios"]] == [1000.0, 2000.0]
    assert (run["result"]["scenarios"], run["progress"]["done"]) == (2, 2)


def test_an_explanation_gives_the_plan_its_facts(client: TestClient, plan: str) -> None:
    """Asked whole, the plan's facts are those of the run, and its report is the one with them, not one kept from before."""
    before = client.get(f"/v1/plans/{plan}/files/report.html")
    assert "immutable" not in before.headers["Cache-Control"]
    assert _known(client, plan, before) == 304
    run = _run(client, plan, kind="explain")
    assert client.get(f"/v1/plans/{plan}/facts").json()["facts"]
    theirs, its = (client.get(f"/v1/{of}/files/report.html").content for of in (f"plans/{plan}", f"runs/{run['id']}"))
    assert theirs == its != before.content
    assert _known(client, plan, before) == 200


def _known(client: TestClient, plan: str, before: Response) -> int:
    there = {"If-None-Match": before.headers["ETag"]}
    return client.get(f"/v1/plans/{plan}/files/report.html", headers=there).status_code


def test_a_report_is_written_again_without_what_is_hidden(client: TestClient, plan: str) -> None:
    """The house goes by a letter, in the page and in the text; the plan's own report and its facts stay as they are."""
    explained = _run(client, plan, kind="explain")
    run = _run(client, plan, kind="report", hide=["prices", "houses"])
    assert run["result"] == {"facts": explained["result"]["facts"], "hidden": ["prices", "houses"]}
    texts = [client.get(f"/v1/{of}/files/{name}").text.lower() for of, name in _reports(plan, run["id"])]
    assert ["traxys" in text for text in texts] == [True, True, False, False]


def _reports(plan: str, run_id: str) -> list[tuple[str, str]]:
    return [(of, name) for of in (f"plans/{plan}", f"runs/{run_id}") for name in ("report.html", "report.md")]


def test_a_lenders_pages_are_written_and_are_of_its_loan_alone(client: TestClient) -> None:
    """Each form of them; the other source is in none, who does not lend is refused, and nothing is left to hide."""
    lent = solved(client, "lent", funding=[{"source": "exim", "limit_usd": 600, "rate_pct": 52}, {"source": "harbour"}])
    run = ended(client, submitted(client, kind="report", plan=lent, lender="exim"))
    assert (run["state"], run["result"]) == ("optimal", {"lender": "exim"})
    assert set(run["files"]) == {"lender.html", "lender.md", "lender.xlsx"}
    page = client.get(f"/v1/runs/{run['id']}/files/lender.html").text
    assert ("Loan from exim" in page, "harbour" in page, "traxys" in page) == (True, False, False)
    nobody = ended(client, submitted(client, kind="report", plan=lent, lender="exin"))
    assert (nobody["state"], 'did you mean "exim"' in nobody["reason"]) == ("failed", True)
    both = client.post("/v1/runs", json={"kind": "report", "plan": lent, "lender": "exim", "hide": ["prices"]})
    assert both.status_code == 422


def test_a_members_statement_is_written_and_is_of_it_alone(client: TestClient) -> None:
    """Each form of it; the other member is in none but in that of all, and who is no member is refused."""
    members: Rows = [{"member": "acme", "fee_usd_per_year": 52}, {"member": "borealis"}]
    plan = solved(client, "drawn", members=members)
    run = ended(client, submitted(client, kind="report", plan=plan, member="acme"))
    assert (run["state"], run["result"]) == ("optimal", {"member": "acme"})
    assert set(run["files"]) == {"statement.html", "statement.json", "statement.md", "statement.xlsx"}
    (told,) = client.get(f"/v1/runs/{run['id']}/files/statement.json").json()["members"]
    assert (told["member"], told["carry_share"], told["fee_to_date_usd"]) == ("acme", 0.5, 2.0)
    assert "borealis" not in client.get(f"/v1/runs/{run['id']}/files/statement.html").text
    every = ended(client, submitted(client, kind="report", plan=plan, member="*"))
    assert "borealis" in client.get(f"/v1/runs/{every['id']}/files/statement.md").text
    nobody = ended(client, submitted(client, kind="report", plan=plan, member="acmee"))
    assert (nobody["state"], 'did you mean "acme"' in nobody["reason"]) == ("failed", True)
    for both in ({"lender": "exim"}, {"hide": ["prices"]}):
        asked = {"kind": "report", "plan": plan, "member": "acme", **both}
        assert client.post("/v1/runs", json=asked).status_code == 422


def test_a_report_is_a_pdf_where_one_can_be_made(client: TestClient, plan: str) -> None:
    """With WeasyPrint and its libraries: a PDF, as such; without, a run that failed and says what to install."""
    run = ended(client, submitted(client, kind="report", plan=plan, pdf=True))
    if run["state"] == "failed":
        assert "install orebook[pdf]" in run["reason"]
        return
    answer = client.get(f"/v1/runs/{run['id']}/files/report.pdf")
    assert (answer.content[:5], answer.headers["content-type"]) == (b"%PDF-", "application/pdf")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (["shortage", "tinn"], '"tinn" is not there; did you mean "tin"?'),
        (["margin", "budgt"], '"budgt" is not there; did you mean "budget"?'),
        (["shortages"], '"shortages" is no question; did you mean "shortage"?'),
        (["ticket", "a"], '"a" is no ticket; write OFFER/WEEK'),
        (["baselines", "thumb"], "baselines is asked with 0 words about it, not 1"),
    ],
)
def test_a_question_about_nothing_fails_with_what_was_meant(
    client: TestClient, plan: str, question: list[str], says: str
) -> None:
    """The run fails, and its reason says what is wrong with the question."""
    run = ended(client, submitted(client, kind="explain", plan=plan, questions=[question]))
    assert run["state"] == "failed"
    assert says in run["reason"]


def test_a_change_that_names_nothing_is_refused_at_once(client: TestClient, plan: str) -> None:
    """422 before anything is queued, for each kind that takes changes."""
    for asked in (
        {"kind": "whatif", "changes": ["minerals.lead.price_usd_per_t=1"]},
        {"kind": "sweep", "sweeps": ["minerals.lead.price_usd_per_t=1:2:3"]},
    ):
        answer = client.post("/v1/runs", json={"plan": plan, **asked})
        assert (answer.status_code, bool(answer.json()["errors"])) == (422, True)


@pytest.mark.usefixtures("plan")
def test_a_model_is_taken_by_name_or_whole_and_never_from_a_file(client: TestClient) -> None:
    """A path is refused; a model of the API's own list is taken back as it is."""
    for path in ("/etc/passwd", "models/weekly.toml", "../weekly.toml"):
        assert client.post("/v1/runs", json={"kind": "solve", "instance": "kinds", "model": path}).status_code == 422
    weekly = client.get("/v1/models/weekly").json()
    run = ended(client, submitted(client, kind="solve", instance="kinds", model=weekly, audit=False))
    assert run["state"] == "optimal"


def test_a_clone_takes_more_changes(client: TestClient, plan: str) -> None:
    """The solve again with 5 days of target: 500 USD."""
    answer = client.post(
        f"/v1/runs/{plan}/clone", json={"changes": ["instance.target_days=5"], "options": {"gap": 0.0}}
    )
    run = ended(client, answer.json()["id"])
    assert (run["result"]["total_usd"], run["asked"]["gap"]) == (500.0, 0.0)
    assert client.post(f"/v1/runs/{plan}/clone", json={"options": {"gap": "wide"}}).status_code == 422


def test_a_small_solve_is_waited_for(client: TestClient) -> None:
    """The instance in the request, the plan in the answer; the same instance again is not stored twice."""
    document = client.get("/v1/instances/kinds/document.json").json()
    for _ in range(2):
        answer = client.post("/v1/solve", json={"document": document, "audit": False})
        assert (answer.status_code, answer.json()["plan"]["costs"]["total_usd"]) == (200, 1000.0)
    assert answer.json()["run"]["version"] == 1


@pytest.mark.usefixtures("plan")
def test_the_events_of_a_run_end_with_its_end(client: TestClient) -> None:
    """Each event is the run; the last one has ended."""
    run_id = submitted(client, kind="solve", instance="kinds", audit=False)
    with client.stream("GET", f"/v1/runs/{run_id}/events") as stream:
        states = [json.loads(line[5:])["state"] for line in stream.iter_lines() if line.startswith("data:")]
    assert states[-1] == "optimal"
    assert states[0] in ("queued", "running")
