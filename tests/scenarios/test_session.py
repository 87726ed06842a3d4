"""What-ifs of a plan: solved from it, changing what must change, kept, and the same over any number of workers."""

from __future__ import annotations

from pathlib import Path

import pytest

import orebook
from orebook.plan import Plan
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.run_list import SolveSettings, solve_scenarios
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.session import Session
from orebook.solver.lp.stop import Stop
from tests.builders import make_problem

DEARER = "minerals.copper.price_usd_per_t=+10%"


@pytest.fixture(scope="module")
def base() -> Plan:
    """The plan of vault-small."""
    return orebook.solve(orebook.read("instances/vault-small"), audit=False)


def test_nothing_changed_changes_nothing(base: Plan) -> None:
    """The what-if of no change has the base plan's tickets, measures and money."""
    again = Session.of(base).whatif()
    assert again.document.tickets == base.document.tickets
    assert again.document.costs.total_usd == pytest.approx(base.document.costs.total_usd, abs=0.01)
    assert again.judgement.measures["changes"] == 0


@pytest.mark.parametrize("change", [DEARER, "house_out(house=traxys, week=2)", "instance.budget_usd=-15%"])
def test_a_whatif_is_as_good_as_a_fresh_solve(base: Plan, change: str) -> None:
    """Its main stages lie within the gaps of a plan solved from nothing, and it is closer to the base plan."""
    fresh = orebook.solve(base.problem.change(change), gap=1e-4, audit=False)
    plan = Session.of(base, gap=1e-4).whatif(change)
    for a, b in zip(fresh.document.stages[:3], plan.document.stages[:3], strict=True):
        assert abs(a.value - b.value) <= 1.2e-3 * max(1.0, abs(a.value))
    keys = {(t.offer, t.week, t.tonnes) for t in base.document.tickets}
    kept = [len(keys & {(t.offer, t.week, t.tonnes) for t in p.document.tickets}) for p in (plan, fresh)]
    assert kept[0] >= kept[1]


def test_a_price_of_one_mineral_moves_no_ticket_of_another() -> None:
    """Three houses 0.05 % apart, money enough: tin 5 % dearer leaves every ticket of zinc as it was."""
    quotes = {"traxys": 100.0, "mercuria": 100.05, "hartree": 100.1}
    offers = [
        {"offer": f"{h}-{m}", "house": h, "mineral": m, "premium_usd_per_t": q - 100, "lot_t": 1, "max_week_t": 7}
        for m in ("tin", "zinc")
        for h, q in quotes.items()
    ]
    minerals = [{"mineral": m, "daily_use_t": 1, "price_usd_per_t": 100, "target_days": 40} for m in ("tin", "zinc")]
    problem = make_problem(
        {"weeks": 4, "budget_usd": 1e6}, minerals=minerals, houses=[{"house": h} for h in quotes], offers=offers
    )
    plan = orebook.solve(problem, gap=0.0, audit=False)
    after = Session.of(plan, gap=0.0).whatif("minerals.tin.price_usd_per_t=+5%")
    zinc = [[(t.offer, t.week, t.tonnes) for t in p.document.tickets if t.mineral == "zinc"] for p in (plan, after)]
    assert zinc[0]
    assert zinc[0] == zinc[1]


def test_what_cannot_be_is_said_and_the_rest_goes_on(base: Plan) -> None:
    """A change that names nothing is refused, a clash is infeasible, both with the reason."""
    session = Session.of(base)
    refused = session.solve_scenario(Scenario(name="x", changes=("minerals.coper.price_usd_per_t=1",)))
    assert (refused.status, "copper" in refused.why) == ("refused", True)
    clash = session.solve_scenario(Scenario(name="y", changes=("minerals.cobalt.must_days=500",)))
    assert clash.status == "infeasible"
    assert clash.why
    assert not clash.has_plan


def test_workers_agree_and_outcomes_are_kept(base: Plan, tmp_path: Path) -> None:
    """One worker or two give the same outcomes in the same order; asked again, nothing is solved."""
    listed = [Scenario(name=f"{p} %", changes=(f"minerals.copper.price_usd_per_t=+{p}%",)) for p in (0, 5, 10)]
    listed += [Scenario(name="ten again", changes=listed[-1].changes), Scenario(name="bad", changes=("x.y=1",))]
    one = solve_scenarios(SolveSettings(base), listed, Stop())
    seen: list[Outcome] = []
    two = solve_scenarios(SolveSettings(base, workers=2, cache_folder=tmp_path / "kept"), listed, Stop(), seen.append)
    assert [_told(o) for o in one] == [_told(o) for o in two]
    assert [o.name for o in one] == [s.name for s in listed]
    assert len(seen) == 4  # five names, four contents
    seen.clear()
    again = solve_scenarios(SolveSettings(base, workers=2, cache_folder=tmp_path / "kept"), listed, Stop(), seen.append)
    assert again == two
    assert seen == []
    other = SolveSettings(base, gap=1e-3, cache_folder=tmp_path / "kept")
    assert len(solve_scenarios(other, listed[:1], Stop(), seen.append)) == len(seen) == 1


def _told(outcome: Outcome) -> dict[str, object]:
    """An outcome without its times."""
    told = outcome.model_dump(exclude={"seconds"})
    return {**told, "stages": [{k: v for k, v in s.items() if k != "seconds"} for s in told["stages"]]}
