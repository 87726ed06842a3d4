"""`orebook.Client` gives what the library gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import orebook
from orebook.client.plan import ServedPlan
from orebook.errors import InfeasibleError, InputError, NoPlanError, ServiceError
from tests.builders import make_problem
from tests.service.running import serving, working


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service with a worker."""
    home = tmp_path_factory.mktemp("served")
    with serving(home) as found, working(home):
        yield found


@pytest.fixture(scope="module")
def client(http: TestClient) -> orebook.Client:
    """Its client."""
    return orebook.Client("http://127.0.0.1", http=http)


@pytest.fixture(scope="module")
def plan(client: orebook.Client) -> ServedPlan:
    """Ten tonnes of tin."""
    return client.solve(make_problem({"name": "client"}), audit=False)


def test_a_plan_is_the_librarys(client: orebook.Client, plan: ServedPlan) -> None:
    """The same problem solved here: the same plan but for its seconds, with the same tables."""
    here = orebook.solve(make_problem({"name": "client"}), audit=False)
    assert plan.document.tickets == here.document.tickets
    assert plan.tickets.equals(here.tickets)
    assert (plan.problem.digest, plan.model.digest()) == (here.problem.digest, here.model.digest())
    assert client.open_plan(plan.id).document == plan.document


def test_a_whatif_and_what_it_changed(client: orebook.Client, plan: ServedPlan) -> None:
    """Twelve days cost 1200 USD, 200 more; facts come as facts."""
    more = client.whatif(plan, "instance.target_days=12")
    assert more.costs.total_usd == 1200
    assert any(fact.kind == "difference" for fact in client.compare(plan, more, causes=False))


def test_a_hedged_plan_is_the_librarys(client: orebook.Client) -> None:
    """teaching/ban: the order of today, each future judged again here; it opens again by its id, and is heard of."""
    ban, heard = orebook.read("teaching/ban"), list[dict[str, object]]()
    hedged = client.hedge(ban, audit=False, hear=heard.append)
    here = orebook.hedge(ban, audit=False)
    assert [(t.offer, t.week, t.tonnes) for t in hedged.now] == [("china-now", 1, 100.0)]
    assert hedged.document.tickets == here.document.tickets
    assert (hedged.problem, list(hedged.plans)) == (here.problem, list(here.plans))
    assert client.open_hedge(hedged.id).document == hedged.document
    assert heard[-1]["notes"] == [f"solved as if it were known today: {f}" for f in ("as-it-stands", "ban")]
    waited = client.hedge(
        "teaching-ban", changes=("futures.ban.probability=0.05", "futures.as-it-stands.probability=0.95")
    )
    assert [(t.offer, t.week) for t in waited.now] == []


def test_a_hedged_plan_that_cannot_be_is_refused_as_by_the_library(client: orebook.Client) -> None:
    """A budget too small for the ban has its clash; an option out of bounds and a change that names nothing are bad input."""
    ban = orebook.read("teaching/ban")
    with pytest.raises(InfeasibleError, match="In the future ban"):
        client.hedge(ban, changes=("instance.budget_usd=9900",))
    with pytest.raises(InputError, match="tail_weight"):
        client.hedge(ban, tail_weight=1)
    with pytest.raises(InputError, match="lead"):
        client.hedge(ban, changes=("minerals.lead.price_usd_per_t=1",))


def test_futures_that_have_no_plan_together_say_so(client: orebook.Client) -> None:
    """Tin in one future, lead in the other, each to be ordered in week 1, and money for one of them: no plan of both."""
    problem = make_problem(
        {"name": "one of two", "budget_usd": 1000},
        minerals=[{"mineral": i, "daily_use_t": 1, "price_usd_per_t": 100, "target_days": 0} for i in ("lead", "tin")],
        offers=[{"offer": i, "house": "traxys", "mineral": i, "to_week": 1, "max_week_t": 20} for i in ("lead", "tin")],
        futures=[{"future": i, "known_week": 2} for i in ("lead", "tin")],
        future_changes=[{"future": i, "n": 1, "change": f"minerals.{i}.must_days=10"} for i in ("lead", "tin")],
    )
    with pytest.raises(NoPlanError, match="lead and tin: each has a plan alone"):
        client.hedge(problem)


def test_questions_are_answered(client: orebook.Client, plan: ServedPlan) -> None:
    """The baselines of the plan are those that the library finds."""
    theirs, ours = client.explain(plan).baselines(), orebook.explain(plan).baselines()
    assert [fact.says for fact in theirs] == [fact.says for fact in ours]
    with pytest.raises(InputError, match="lead"):
        client.explain(plan).shortages("lead")


def test_former_names_say_their_new_ones(client: orebook.Client, plan: ServedPlan) -> None:
    """As the library's do."""
    with pytest.warns(DeprecationWarning, match=r"Client\.explain"):
        client.explainer(plan)
    with pytest.warns(DeprecationWarning, match=r"Client\.compare"):
        assert client.difference(plan, plan, causes=False)


def test_a_served_plan_says_what_it_is(plan: ServedPlan) -> None:
    """In a line, and can be a key, as any plan."""
    assert repr(plan) == "Plan client: optimal, 1 ticket, 1,000 USD, every target met, not audited"
    assert {plan: 1}[plan] == 1


def test_a_sweep(client: orebook.Client, plan: ServedPlan) -> None:
    """Two scenarios, 1000 and 2000 USD."""
    found = client.sweep(plan, sweeps=["instance.target_days=10:20:2"])
    assert [o["total_usd"] for o in found["scenarios"]] == [1000.0, 2000.0]


def test_storing_again_adds_a_version_only_for_new_content(client: orebook.Client) -> None:
    """The same problem twice is one version, a dearer one the second; both can be read."""
    problem = make_problem({"name": "stored twice"})
    assert client.store(problem) == client.store(problem) == "stored-twice"
    client.store(problem.change("minerals.tin.price_usd_per_t=+10%"), note="dearer")
    assert client.read("stored-twice").digest != client.read("stored-twice", version=1).digest == problem.digest
    assert "stored-twice" in client.instances()


def test_errors_are_the_librarys(client: orebook.Client, plan: ServedPlan) -> None:
    """A change that names nothing, a clash, an instance that is not there."""
    with pytest.raises(InputError, match="lead"):
        client.whatif(plan, "minerals.lead.price_usd_per_t=1")
    minerals = [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 100}]
    with pytest.raises(InfeasibleError) as clash:
        client.solve(make_problem({"name": "no plan"}, minerals=minerals))
    assert clash.value.clash.says == str(clash.value)
    with pytest.raises(ServiceError) as gone:
        client.read("nowhere")
    assert gone.value.status == 404


def test_a_service_that_is_not_there_says_so() -> None:
    """Nobody listens on port 9 of this machine."""
    with pytest.raises(ServiceError, match="cannot be reached"):
        orebook.Client("http://127.0.0.1:9").instances()


def test_a_report_is_written(client: orebook.Client, plan: ServedPlan, tmp_path: Path) -> None:
    """As a page and as a workbook; another ending is refused."""
    for name in ("plan.html", "plan.xlsx"):
        client.report(plan, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    with pytest.raises(ValueError, match="ends in none"):
        client.report(plan, tmp_path / "plan.txt")


def test_a_lenders_page_is_written(client: orebook.Client, tmp_path: Path) -> None:
    """What that source may see, in the form that the ending asks for."""
    lent = client.solve(make_problem({"name": "lent"}, funding=[{"source": "exim"}]), audit=False)
    client.report(lent, tmp_path / "exim.md", lender="exim")
    assert (tmp_path / "exim.md").read_text(encoding="utf-8").startswith("# Loan from exim")


def test_a_members_statement_is_written(client: orebook.Client, tmp_path: Path) -> None:
    """What that member may see, in the form that the ending asks for."""
    drawn = client.solve(make_problem({"name": "drawn"}, members=[{"member": "acme"}]), audit=False)
    client.report(drawn, tmp_path / "acme.md", member="acme")
    assert (tmp_path / "acme.md").read_text(encoding="utf-8").startswith("# Statement of acme")
