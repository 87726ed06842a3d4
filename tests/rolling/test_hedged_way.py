"""The way `hedged`, rolled on beside the others: teaching/ban where the ban comes true, and where it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import orebook
from orebook.errors import InputError
from orebook.exact import Fraction
from orebook.problem import Problem
from orebook.report.studies.week_tables import week_line
from orebook.resolve import problem_of
from orebook.rolling.coming_true import Event, a_week_nearer, come_true, read_events
from orebook.rolling.committed import UnderWay
from orebook.rolling.loop import Course, roll_policy
from orebook.rolling.policies import POLICIES, SolveLimits
from orebook.rolling.results import PolicyResult
from orebook.rolling.study import RollRequest, run_roll
from orebook.schema.document import Document
from orebook.solver.lp.stop import Stop
from tests.builders import make_problem

MONDAY = date(2026, 2, 9)
BAN = "origins.china.barred=yes"


def ban(**instance: Any) -> Problem:
    """teaching/ban, begun on a Monday."""
    content = orebook.read("teaching/ban").document.model_dump(mode="json", exclude_none=True)
    content["instance"] |= {"start": MONDAY.isoformat(), **instance}
    return problem_of(Document.model_validate(content))


def rolled(problem: Problem, way: str, *events: Event, weeks: int = 3) -> PolicyResult:
    """A way, rolled on for three weeks to the last cent."""
    course = Course(problem, orebook.read_model("weekly"), weeks, None, MONDAY, SolveLimits(gap=0.0), tuple(events))
    return roll_policy(course, POLICIES[way], Stop())


@pytest.mark.parametrize(
    ("events", "paid", "lost"),
    [
        ((), {"plan": 9_500, "hedged": 10_000}, 0),
        ((Event(date(2026, 2, 12), BAN, "arrive"),), {"plan": 20_000, "hedged": 10_000}, 0),
        ((Event(date(2026, 2, 12), BAN),), {"plan": 20_000, "hedged": 30_000}, 100),
    ],
)
def test_what_each_way_pays(events: tuple[Event, ...], paid: dict[str, float], lost: float) -> None:
    """Who waits pays 95 or 200 USD/t; who is hedged pays 100 today, and 200 again where the goods do not get through."""
    for way, usd in paid.items():
        found = rolled(ban(), way, *events)
        assert found.ended == ""
        assert found.cash_usd == pytest.approx(usd)
        assert [(a.mineral, a.days) for a in found.cover] == [("tin", 10)]
        assert sum(week.lost_t for week in found.weeks) == (lost if way == "hedged" else 0)


def test_a_week_says_what_came_true_and_what_became_of_futures() -> None:
    """Two futures before the first week, none after: the ban was to be known by then, whether it came or not."""
    first, second, third = rolled(ban(), "hedged", Event(date(2026, 2, 16), BAN)).weeks
    assert (first.futures, first.says, first.status) == (2, "", "optimal")
    assert second.futures == 0
    assert second.says == (
        f"{BAN} came true, 100 t under way are lost; ban was to be known by now; no future is left to hedge against"
    )
    assert third.says == ""
    assert week_line("hedged", second).endswith(f"days short with what is under way. {second.says}")


def test_what_came_true_before_the_first_week_is_known_in_it() -> None:
    """Barred from the start: nobody orders in China."""
    found = rolled(ban(), "plan", Event(date(2025, 12, 1), BAN))
    assert found.cash_usd == pytest.approx(20_000)
    assert found.weeks[0].says == f"{BAN} came true"


def test_futures_without_a_plan_together_are_planned_as_it_stands() -> None:
    """Money for one order at 104, and none for the ally's: hedged gives way to the plan, and says so."""
    found = rolled(ban(budget_usd=9_800), "hedged", weeks=1)
    assert found.weeks[0].status == "optimal, not hedged"
    assert found.weeks[0].orders == 0


def test_of_futures_that_all_change_something_the_first_week_is_committed_as_it_was_ordered() -> None:
    """In the likelier future the goods are lost, in the other they come; in the week after they are under way all the same."""
    problem = make_problem(
        {"weeks": 3, "start": MONDAY.isoformat()},
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "origin": "china", "to_week": 1, "lead_weeks": 2}],
        origins=[{"origin": "china"}],
        futures=[{"future": f, "probability": p, "known_week": 3} for f, p in (("barred", 0.6), ("dear", 0.4))],
        future_changes=[
            {"future": "barred", "n": 1, "change": BAN},
            {"future": "dear", "n": 1, "change": "minerals.tin.price_usd_per_t=200"},
        ],
    )
    found = rolled(problem, "hedged", weeks=2)
    assert found.weeks[0].orders == 1
    assert [(a.days, a.days_with_inbound) for a in found.cover] == [(0, 10)]


def test_it_is_rolled_where_there_are_futures(tmp_path: Path) -> None:
    """Beside the others by default, with the events of a file; where there are none it is refused by name alone."""
    file = tmp_path / "events.csv"
    file.write_text(f"date,change,in_transit\n2026-02-12,{BAN},arrive\n", encoding="utf-8")
    found = run_roll(ban(), RollRequest(weeks=2, events=file, gap=0.0))
    assert {p.way: p.cash_usd for p in found.policies} == pytest.approx(
        {"plan": 20_000, "hedged": 10_000, "no changes": 20_000, "thumb": found.policies[-1].cash_usd}
    )
    assert [p.way for p in run_roll(make_problem(), RollRequest(weeks=1)).policies] == ["plan", "no changes", "thumb"]
    with pytest.raises(InputError, match="lists none"):
        run_roll(make_problem(), RollRequest(weeks=1, policies=("hedged",)))
    with pytest.raises(InputError, match="events have dates"):
        run_roll(make_problem(), RollRequest(weeks=1, events=file))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("date,change\nJanuary,instance.budget_usd=1\n", "is no date"),
        ("date,change\n2026-01-01,minerals.tin\n", "is no change"),
        ("date,change,in_transit\n2026-01-01,instance.budget_usd=1,refund\n", "neither lost nor arrive"),
        ("day,change\n2026-01-01,instance.budget_usd=1\n", "write date, change, in_transit, note"),
    ],
)
def test_events_that_cannot_be_read_say_where(tmp_path: Path, text: str, says: str) -> None:
    """File, line and mend."""
    path = tmp_path / "events.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_events(path)
    assert says in str(error.value.findings[0])
    assert "events.csv" in str(error.value.findings[0])


def test_events_come_in_the_order_of_their_days(tmp_path: Path) -> None:
    """Whatever the order of the lines, and an event's name may have commas."""
    path = tmp_path / "events.csv"
    path.write_text('date,change\n2026-03-01,instance.budget_usd=1\n2026-02-01,"origin_barred(origin=china, week=2)"\n')
    assert [(e.day.month, e.in_transit) for e in read_events(path)] == [(2, "lost"), (3, "lost")]


def goods(week: int, tonnes: int, origin: str | None) -> UnderWay:
    """Tin under way, with 10 USD due a tonne."""
    return UnderWay("tin", "store", week, Fraction(tonnes), Fraction(10 * tonnes), origin)


def test_goods_under_way_are_late_or_lost_with_what_is_due_for_them() -> None:
    """Of 7 t in week 2 and 5 in week 3 China's are 4 and 3: two weeks later, those 3 in the week of the bar."""
    inbound = [
        {"mineral": "tin", "site": "store", "week": w, "tonnes": t, "due_usd": 10 * t} for w, t in ((2, 7), (3, 5))
    ]
    problem = make_problem({"weeks": 5}, origins=[{"origin": "china"}, {"origin": "chile"}], inbound=inbound)
    there = (goods(2, 4, "china"), goods(3, 3, "china"), goods(3, 2, "chile"), goods(2, 3, None))
    delay, bar = Event(MONDAY, "origins.china.extra_lead_weeks=2"), Event(MONDAY, "origins.china.barred_from_week=5")

    def left(*events: Event) -> tuple[list[tuple[int, float, float]], float]:
        came = come_true(problem, there, events)
        return [(r.week, r.tonnes, r.due_usd) for r in came.problem.document.rows("inbound")], came.lost_t

    assert left(delay) == ([(2, 3, 30), (3, 2, 20), (4, 4, 40), (5, 3, 30)], 0)
    assert left(bar) == ([(2, 7, 70), (3, 5, 50)], 0)
    assert left(delay, bar) == ([(2, 3, 30), (3, 2, 20), (4, 4, 40)], 3)
    assert left(bar, delay) == left(delay, bar)  # the bar is asked of the late arrival


def test_goods_go_with_the_store_that_they_were_to_come_to() -> None:
    """A store that is lost takes what is on its way there along, also where it is let through; the other's comes."""
    inbound = [
        {"mineral": "tin", "site": s, "week": 3, "tonnes": t, "due_usd": 0} for s, t in (("east", 4), ("west", 2))
    ]
    problem = make_problem({"weeks": 5}, sites=[{"site": "east"}, {"site": "west"}], inbound=inbound)
    there = tuple(UnderWay("tin", s, 3, Fraction(t), Fraction(0)) for s, t in (("east", 4), ("west", 2)))
    came = come_true(problem, there, [Event(MONDAY, "store_lost(site=east)", "arrive")])
    assert (came.lost_t, [g.site for g in came.goods]) == (4, ["west"])
    assert [(r.site, r.tonnes) for r in came.problem.document.rows("inbound")] == [("west", 2)]


def test_the_vaults_events_can_be_made() -> None:
    """In order: nobody takes orders of the three metals from China, and then everybody does again, as the instance has it."""
    vault = Path(__file__).parents[2] / "instances" / "vault"
    problem, events = orebook.read(vault), read_events(vault / "data" / "events.csv")
    banned = {
        o for o in problem.offers if o.endswith("-china") and o.split("-")[1] in ("gallium", "germanium", "antimony")
    }
    assert len(events) == 2 * len(banned) > 0
    during = come_true(problem, (), events[: len(banned)]).problem
    assert {o for o, offer in during.offers.items() if offer.max_week_t == 0} == banned
    assert come_true(during, (), events[len(banned) :]).problem.digest == problem.digest


def test_goods_come_a_week_nearer_until_they_are_there() -> None:
    """Those of the week that ends have arrived."""
    assert [g.week for g in a_week_nearer((goods(1, 1, None), goods(3, 1, None)))] == [2]


def test_an_event_that_changes_nothing_any_more_is_passed_over() -> None:
    """And said."""
    came = come_true(make_problem(), (), [Event(MONDAY, "offers.gone.max_week_t=0")])
    assert (came.problem.digest, came.says) == (
        make_problem().digest,
        "offers.gone.max_week_t=0 changes nothing any more",
    )
