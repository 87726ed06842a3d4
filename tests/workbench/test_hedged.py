"""The pages of a hedged plan: futures listed, a run asked for, what to order now, what each future makes of it, its plan."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from re import sub

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

import orebook
from orebook.schema.hedge import HedgeDocument, NowTicket, Worth
from orebook.service.settings import Settings
from orebook.workbench.app import create_app
from orebook.workbench.hedge_parts import hedge_parts
from tests.hedge.cases import fates, hedged_fates
from tests.service.running import QUICK, created, ended, submitted, working
from tests.workbench.bench import Bench


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The workbench and a worker, with `fates` and an instance of one future."""
    home: Path = tmp_path_factory.mktemp("hedged")
    app = create_app(Settings(home=home, **QUICK))
    with TestClient(app, base_url="http://127.0.0.1") as found, working(home):
        content = fates().document.model_dump(mode="json", exclude_none=True)
        content["instance"]["name"] = "fates"
        assert found.post("/v1/instances", json=content).status_code == 201
        created(found, "certain")
        yield found


@pytest.fixture(scope="module")
def run(client: TestClient) -> str:
    """The run of a hedged plan, asked for on the page as a planner does."""
    answer = client.post("/instances/fates/hedge", data={"weight_pct": "0", "worst_pct": "10", "gap_pct": "0"})
    to = answer.headers["HX-Redirect"]
    found = ended(client, to.rpartition("/")[2])
    assert (found["kind"], found["state"], found["asked"]) == ("hedge", "optimal", {"gap": 0.0, "kind": "hedge"})
    return str(found["id"])


def text_of(answer: Response) -> str:
    """What a page says, without its tags."""
    assert answer.status_code == 200, answer.text
    return unescape(" ".join(sub(r"<[^>]+>", " ", answer.text).split()))


def test_the_futures_of_the_instance_are_listed_before_anything_is_asked(client: TestClient) -> None:
    """Each with its probability, from when it is known, what changes, and what becomes of goods under way."""
    text = text_of(client.get("/instances/fates/hedge"))
    for said in (
        "as it stands 60 % not within the plan nothing: as the instance stands",
        "bar 10 % from week 2 origins.china.barred=yes are lost",
        "late 10 % from week 2 licence_delay(origin=china,weeks=1) are lost",
        "refunded 10 % from week 2 origins.china.barred=yes are lost, and what was paid on order comes back",
        "How much the worst futures count beyond their share, %",
    ):
        assert said in text
    assert 'href="/instances/fates/hedge"' in client.get("/instances/fates").text


def test_an_instance_without_futures_says_where_they_are_written(client: TestClient) -> None:
    """And there is nothing to start."""
    answer = client.get("/instances/certain/hedge")
    assert "No futures are listed" in answer.text
    assert "Find the orders of now" not in answer.text


def test_the_risk_is_what_was_typed(client: TestClient) -> None:
    """30 % on the worst twentieth; what is out of bounds is refused in words, and nothing is queued."""
    data = {"weight_pct": "30", "worst_pct": "5"}
    run_id = client.post("/instances/fates/hedge", data=data).headers["HX-Redirect"].rpartition("/")[2]
    asked = client.get(f"/v1/runs/{run_id}").json()["asked"]
    assert (asked["tail"], asked["tail_weight"]) == (0.05, 0.3)
    count = len(client.get("/v1/runs").json()["items"])
    for wrong in ({"weight_pct": "100"}, {"worst_pct": "0"}, {"weight_pct": "-1"}, {"model": "strange"}):
        answer = client.post("/instances/fates/hedge", data=wrong, headers={"HX-Request": "true"})
        assert 'role="alert"' in answer.text
    assert len(client.get("/v1/runs").json()["items"]) == count


def test_the_run_leads_to_its_result(client: TestClient, run: str) -> None:
    """From its own page, and from the page of the instance's futures."""
    for address in (f"/runs/{run}", "/instances/fates/hedge"):
        assert f'href="/hedges/{run}"' in client.get(address).text


def test_the_result_says_what_to_order_now_and_what_each_future_makes_of_it(client: TestClient, run: str) -> None:
    """Ten tonnes for 1 002 USD; costs of each future beside its own best plan's, as `tests/hedge/test_files.py` works out."""
    answer = client.get(f"/hedges/{run}")
    text = text_of(answer)
    for said in (
        "1 order in week 1 for USD 1,002",
        "a 1 week 3 tin east china 10 1,002",
        "days short, weighted days cost, USD",
        "as it stands 60 % not within the plan 0.0 (0.0) 1,072 (1,022) none",
        "bar 10 % from week 2 0.0 (0.0) 3,372 (3,050) 1",
        "10 t of a, ordered in week 1: lost. USD 302.00 is paid, nothing of it comes back.",
        "10 t of a, ordered in week 1: lost. USD 302.00 is paid, USD 300.00 of it comes back.",
        "10 t of a, ordered in week 1: late. It arrives in week 4 only.",
        "10 t of a, ordered in week 1: late. It arrives after the plan's last week.",
        "Planned for the average over all futures.",
    ):
        assert said in text, said
    for name in ("hedge.zip", "now.csv", "hedge.json"):
        assert client.get(f"/v1/runs/{run}/files/{name}").status_code == 200
        assert f"/v1/runs/{run}/files/{name}" in answer.text
    assert "inputs newer than the plan" not in text


def test_each_future_has_its_plan(client: TestClient, run: str) -> None:
    """The order of now, what becomes of it, and what is ordered after; a future that is not there is not."""
    page = client.get(f"/hedges/{run}").text
    for number in range(1, 6):
        assert f'href="/hedges/{run}/futures/{number}"' in page
    text = text_of(client.get(f"/hedges/{run}/futures/2"))
    for said in ("If bar comes", "10 % likely, known from week 2", "a now 1 lost tin east 10 1,002", "b later "):
        assert said in text, said
    late = text_of(client.get(f"/hedges/{run}/futures/3"))
    assert "a now 1 4, late for 3 tin" in late
    assert client.get(f"/hedges/{run}/futures/6").status_code == 404


def test_a_newer_version_makes_it_stale_also_where_only_futures_changed(client: TestClient) -> None:
    """Probabilities are no part of an instance's digest, and all of a hedged plan."""
    content = fates().document.model_dump(mode="json", exclude_none=True)
    content["instance"]["name"] = "moving"
    assert client.post("/v1/instances", json=content).status_code == 201
    made = ended(client, submitted(client, kind="hedge", instance="moving", audit=False))["id"]
    assert "inputs newer than the plan" not in client.get(f"/hedges/{made}").text
    cell = {"table": "futures", "key": ["bar"], "column": "probability", "value": 0.2}
    answer = client.patch("/v1/instances/moving", json={"cells": [cell]}, headers={"If-Match": '"v1"'})
    assert answer.status_code == 200
    assert "inputs newer than the plan" in client.get(f"/hedges/{made}").text


def test_what_ended_without_a_plan_is_no_result(client: TestClient) -> None:
    """Neither of a run that has none, nor of one that is no hedged run: the page says that it is not there."""
    must = {"minerals": [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 100}]}
    none = ended(client, submitted(client, kind="hedge", instance=created(client, "no-plan", **must)))
    solved = ended(client, submitted(client, kind="solve", instance="certain", audit=False))
    assert (none["state"], solved["state"]) == ("infeasible", "optimal")
    for run_id in (none["id"], solved["id"], "0" * 32):
        for address in (f"/hedges/{run_id}", f"/hedges/{run_id}/futures/1"):
            answer = client.get(address)
            assert answer.status_code == 404
            assert "is not there" in answer.text
    assert "Open the hedged plan" not in client.get(f"/runs/{none['id']}").text
    assert none["id"] not in client.get("/instances/no-plan/hedge").text


def worth(**of: object) -> HedgeDocument:
    """The hedged plan of `fates` with this worth in the place of its own."""
    own = hedged_fates().document.worth
    assert own is not None
    worth = Worth.model_validate({**own.model_dump(), **of})
    return hedged_fates().document.model_copy(update={"worth": worth})


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (
            {"stage": "cost", "vss": (1320.0, 1320.0), "evpi": (96.0, 97.0)},
            [
                "Ordering with all futures in mind instead of one saves USD 1,320 on average.",
                "Knowing today which future comes would save USD 96.00 to USD 97.00 on average.",
            ],
        ),
        (
            {"stage": "cover", "vss": (0.0, 0.24), "vss_usd": -5000.0, "evpi": (1.5, 2.0), "evpi_usd": 20000.0},
            [
                "saves 0.2 weighted days on average at most; whether it saves anything cannot be told. "
                "Between the plans found it costs USD 5,000 more, which is no proof.",
                "would save 1.5 to 2.0 weighted days on average. Between the plans found it costs USD 20,000 less",
            ],
        ),
        ({"stage": "cost", "vss": (0.0, 0.0)}, ["Ordering with all futures in mind instead of one saves nothing."]),
        (
            {"vss": None, "plain": None, "plain_says": "no plan keeps every rule in all futures together"},
            ["leaves no plan for all of them: no plan keeps every rule in all futures together."],
        ),
    ],
)
def test_worth_is_said_in_words(of: dict[str, object], says: list[str]) -> None:
    """Proven intervals; what holds nothing is nothing, and one that holds 0 cannot be told."""
    told = " ".join(hedge_parts(worth(**of), 4).worth)
    for said in says:
        assert said in told
    assert "should cost no more" in told


def test_what_one_would_order_without_the_futures_in_mind() -> None:
    """The same, something else, or nothing."""
    ours = NowTicket(offer="a", week=1, tonnes=10.0)
    told = [
        hedge_parts(worth(plain_tickets=tickets), 4).plain
        for tickets in ((ours,), (), (ours.model_copy(update={"tonnes": 2.5}),))
    ]
    assert told == [
        "Without the futures in mind one would order just the same now.",
        "Without the futures in mind one would order now: nothing.",
        "Without the futures in mind one would order now: 2.5 t of a in week 1.",
    ]


@pytest.mark.slow
def test_a_planner_hedges_in_a_browser(bench: Bench) -> None:
    """From the instance over its futures to the orders of now, and on to the plan of a future; nothing is complained of."""
    content = orebook.read("teaching/ban").document.model_dump(mode="json", exclude_none=True)
    page = bench.page("/instances/vault-small")
    assert page.request.post(f"{bench.url}/v1/instances", data=content).status == 201
    page = bench.page("/instances/teaching-ban")
    page.get_by_role("link", name="Orders that stand whatever comes").click()
    page.get_by_label("How much the worst futures count beyond their share, %").fill("30")
    page.get_by_role("button", name="Find the orders of now").click()
    page.get_by_role("link", name="Open the hedged plan").click()
    page.get_by_role("heading", name="To order now").wait_for()
    assert "china-now" in page.locator("main").inner_text()
    page.get_by_role("link", name="The plan if ban comes").click()
    page.get_by_role("heading", name="If ban comes").wait_for()
