"""A drill worked by hand: a bar that nobody foresees, what each week has in store, and since when it is whole again.

Ten days of tin, a tonne a day, are wanted by week 4 and by week 6; four are there. China sells at 100 USD/t in week 1 alone and
takes two weeks; the ally sells three tonnes a week at 200 in weeks 1 to 3 and takes as long. All is paid on order.

    calm        six tonnes of China in week 1:                      4 4 10 10 ...       600 USD
    plan        the same, lost in week 2; the ally's in 2 and 3:    4 4 4 7 10 10      1800 USD
    foresight   the ally's in weeks 1 and 2:                        4 4 7 10 10        1200 USD
"""

from __future__ import annotations

from typing import Any

import pytest

import orebook
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.rolling.drill import DrillRequest, run_drill
from orebook.rolling.drill_file import Drill
from orebook.rolling.drill_results import DrilledWay, Helped
from orebook.rolling.drilled import DrillResult
from orebook.rolling.policies import SolveLimits
from orebook.rolling.results import Week
from orebook.rolling.shock import Shock, weeks_on
from orebook.solver.lp.stop import Stop
from tests.builders import make_problem

BAN = Shock(week=2, changes=("origin_barred(origin=china, week=2)",))


def tin(head: dict[str, Any] | None = None, **tables: Any) -> Problem:
    """The instance worked by hand, as above."""
    china = {"offer": "far", "house": "a", "mineral": "tin", "origin": "china", "lot_t": 1, "to_week": 1}
    ally = {"offer": "near", "house": "b", "mineral": "tin", "origin": "ally", "lot_t": 1, "to_week": 3}
    rows: dict[str, Any] = {
        "minerals": [{"mineral": "tin", "price_usd_per_t": 100}],
        "use": [{"member": "engines", "mineral": "tin", "daily_use_t": 1}],
        "houses": [{"house": "a"}, {"house": "b"}],
        "offers": [
            {**china, "max_week_t": 10, "lead_weeks": 2},
            {**ally, "max_week_t": 3, "lead_weeks": 2, "price_usd_per_t": 200},
        ],
        "origins": [{"origin": "china"}, {"origin": "ally"}],
        "stock": [{"mineral": "tin", "site": "store", "tonnes": 4}],
        "targets": [{"mineral": "tin", "week": 4, "days": 10}, {"mineral": "tin", "week": 6, "days": 10}],
    }
    return make_problem({"weeks": 6, **(head or {})}, **{**rows, **tables})


def drilled(problem: Problem, *shocks: Shock, weeks: int | None = 3, **request: Any) -> DrillResult:
    """The shocks drilled to the last cent."""
    return run_drill(problem, DrillRequest(Drill(name="by hand", shock=shocks), weeks, gap=0.0, **request))


def way(result: DrillResult, name: str) -> DrilledWay:
    """A way that was drilled to its end."""
    found = result.way(name)
    assert found is not None
    assert found.ended == ""
    return found


def days(found: DrilledWay) -> list[float]:
    """Of tin, at the end of each week, those drilled and those planned."""
    (cover,) = found.cover
    return [round(x, 6) for x in cover.all_days]


def test_cover_week_by_week_is_what_was_worked_out() -> None:
    """By each way; the last plan has weeks 3 to 8."""
    result = drilled(tin(), BAN)
    assert days(way(result, "calm")) == [4, 4, 10, 10, 10, 10, 10, 10]
    assert days(way(result, "plan")) == [4, 4, 4, 7, 10, 10, 10, 10]
    assert days(way(result, "thumb")) == [4, 4, 4, 7, 10, 10, 10, 10]
    assert days(way(result, "foresight")) == [4, 4, 7, 10, 10, 10, 10, 10]
    assert [w.way for w in result.ways] == ["plan", "foresight", "thumb", "calm"]
    assert {w.seen_to for w in result.ways} == {8}
    assert way(result, "plan").cover[0].users == ("engines",)
    assert way(result, "plan").cover[0].start_days == 4


def test_what_it_cost_is_what_was_paid_and_lost() -> None:
    """The six tonnes of China are paid for and never come."""
    result = drilled(tin(), BAN)
    paid = {name: way(result, name).result.cash_usd for name in ("plan", "thumb", "foresight", "calm")}
    assert paid == pytest.approx({"plan": 1800, "thumb": 1800, "foresight": 1200, "calm": 600})
    (lost,) = way(result, "plan").struck
    assert (lost.week, lost.mineral, lost.origin, lost.tonnes) == (2, "tin", "china", 6)
    assert (lost.was_to_arrive, lost.arrives, lost.paid_usd) == (3, None, 600)
    assert way(result, "foresight").struck == way(result, "calm").struck == ()


def test_each_target_is_whole_from_the_week_worked_out_and_says_what_keeps_it() -> None:
    """The ally's second three tonnes come in week 5: late for week 4, in time for week 6."""
    result = drilled(tin(), BAN)
    first, second = way(result, "plan").targets
    assert (first.week, first.expected_days, first.whole_from) == (4, (10, 7, 7), 5)
    assert first.kept_by == ("offers and lead times",)
    assert first.says == "what is under way and open offers bring enough in week 5, no sooner"
    assert (second.week, second.whole_from, second.kept_by, second.on_time) == (6, 5, (), True)
    assert [t.whole_from for t in way(result, "foresight").targets] == [4, 4]
    assert [t.whole_from for t in way(result, "calm").targets] == [3, 3]


def test_what_would_have_helped_is_what_foresight_ordered_sooner() -> None:
    """Three tonnes of the ally's in week 1, before the bar."""
    assert drilled(tin(), BAN).helped == (Helped(offer="near", mineral="tin", week=1, tonnes=3, plan_t=0),)


def test_goods_arrive_where_the_shock_lets_them() -> None:
    """What is under way is let through: nothing is lost, and the drill is as calm as the week."""
    result = drilled(tin(), BAN.model_copy(update={"in_transit": "arrive"}))
    assert way(result, "plan").struck == ()
    assert days(way(result, "plan")) == days(way(result, "calm"))


def test_late_goods_say_since_when_they_come() -> None:
    """Licences take two weeks more from week 2 on: what was to come in week 3 comes in 5."""
    (late,) = way(drilled(tin(), Shock(week=2, changes=("licence_delay(origin=china, weeks=2)",))), "plan").struck
    assert (late.tonnes, late.was_to_arrive, late.arrives) == (6, 3, 5)


def test_who_went_without_and_by_how_much() -> None:
    """Engines ask six tonnes in week 2, of four that are there; each week's number is the drill's."""
    asked = "withdrawals+=withdrawal:surge,member:engines,mineral:tin,week:2,tonnes:6"
    result = drilled(tin(), Shock(week=2, changes=(asked,)))
    (served,) = way(result, "plan").withdrawals
    assert (served.week, served.member, served.asked_t, served.served_t) == (2, "engines", 6, 4)
    assert (served.days, served.kept_by) == (2, "stock")
    assert way(result, "plan").without == (served,)
    assert way(result, "calm").withdrawals == ()


def test_an_entitlement_that_is_drawn_is_what_keeps_a_member_short() -> None:
    """Engines may draw three tonnes and borrow them from week 2 to 4: a tonne with them in week 3 is one too many."""
    asked = (
        "withdrawals+=withdrawal:l,member:engines,mineral:tin,week:2,tonnes:3,kind:loan,repay_week:4",
        "withdrawals+=withdrawal:s,member:engines,mineral:tin,week:3,tonnes:1",
    )
    problem = tin(members=[{"member": "engines"}], entitlements=[{"member": "engines", "mineral": "tin", "tonnes": 3}])
    plan = way(drilled(problem, Shock(week=2, changes=asked), weeks=4), "plan")
    assert [(w.week, w.kind, w.served_t, w.kept_by) for w in plan.withdrawals] == [
        (2, "loan", 3, None),
        (3, "take", 0, "entitlement"),
    ]
    assert days(plan)[:4] == [4, 1, 7, 10]  # the loan is out in weeks 2 and 3


def test_money_that_is_used_up_is_what_keeps_a_target() -> None:
    """1000 USD pay for China's six tonnes and two of the ally's: nine days, and less than a tonne's price is left."""
    result = drilled(tin({"budget_usd": 1000}), BAN)
    _first, second = way(result, "plan").targets
    assert second.expected_days == (10, 6, 6)
    assert (second.whole_from, second.kept_by) == (None, ("money",))
    assert second.says == "open offers could bring enough by week 5; money is used up by week 6"


def test_frozen_orders_of_a_barred_origin_are_lost_and_paid() -> None:
    """Five tonnes of China's, frozen for week 2, with 40 % paid on order: 200 USD are paid in week 2, and nothing comes."""
    china = {"offer": "far", "house": "a", "mineral": "tin", "origin": "china", "lead_weeks": 2, "pay_on_order_pct": 40}
    problem = tin(
        {"frozen_weeks": 1},
        offers=[china],
        prior=[{"offer": "far", "week": 1, "tonnes": 1}, {"offer": "far", "week": 2, "tonnes": 5}],
        targets=[{"mineral": "tin", "week": 6, "days": 10}],
    )
    result = drilled(problem, BAN)
    plan = way(result, "plan")
    assert {(s.tonnes, s.was_to_arrive, s.arrives, s.paid_usd) for s in plan.struck} == {
        (1, 3, None, 40),
        (5, 4, None, 200),
    }
    assert [w.cash_usd for w in plan.weeks] == pytest.approx([40, 200, 0])
    assert plan.weeks[1].says.endswith("1 t under way are lost; 5 t of frozen orders are lost")
    assert days(plan)[:3] == [4, 4, 4]


def test_foresight_knows_every_shock_in_its_own_week() -> None:
    """The ally is barred from week 3 and China from week 2, both known: the ally's three of week 1 alone arrive."""
    ally = Shock(week=3, changes=("origin_barred(origin=ally, week=4)",))
    result = drilled(tin(), BAN, ally)
    assert [(o.week, o.offer, o.tonnes) for o in way(result, "foresight").orders] == [(1, "near", 3)]
    assert days(way(result, "foresight"))[:4] == [4, 4, 7, 7]
    assert days(way(result, "plan"))[:4] == [4, 4, 4, 4]


def test_weeks_left_out_are_two_after_the_last_shock_as_far_as_there_are_any() -> None:
    """Four at least, six at most here."""
    assert drilled(tin(), BAN, weeks=None).weeks == 4
    assert (
        drilled(tin(), BAN.model_copy(update={"week": 5, "changes": ("instance.budget_usd=9",)}), weeks=None).weeks == 6
    )


@pytest.mark.parametrize(
    ("change", "minerals"),
    [
        ("use.engines/tin=none", ["tin"]),  # nobody uses it any more
        ("use+=member:cars,mineral:lead,daily_use_t:1", ["tin"]),  # used from then on only: no cover before
    ],
)
def test_use_may_come_and_go(change: str, minerals: list[str]) -> None:
    """Cover is of minerals that are used when the drill begins, in days of the use that they last had."""
    lead = {"mineral": "lead", "price_usd_per_t": 10, "target_days": 5}
    result = drilled(tin(minerals=[{"mineral": "tin", "price_usd_per_t": 100}, lead]), Shock(week=2, changes=(change,)))
    for found in result.ways:
        assert found.ended == ""
        assert [row.mineral for row in found.cover] == minerals
        assert all(len(row.all_days) == 8 for row in found.cover)
    gone = drilled(
        tin(minerals=[{"mineral": "tin", "price_usd_per_t": 100}, lead]), Shock(week=1, changes=("minerals.lead=none",))
    )
    assert [found.ended for found in gone.ways] == [""] * 4


def test_a_stop_leaves_what_was_drilled_until_then() -> None:
    """The way that was begun says where it ended."""
    stop = Stop()

    def end(_way: str, _week: Week) -> None:
        stop.asked = True

    drill = Drill(name="stopped", shock=(BAN,))
    result = run_drill(tin(), DrillRequest(drill, 3), on_week=end, stop=stop)
    assert not result.complete
    assert [(w.way, len(w.weeks), w.ended) for w in result.ways] == [
        ("plan", 1, "week 2: stopped"),
        ("calm", 0, "week 1: stopped"),
    ]


def test_the_calm_is_the_first_weeks_plan_kept_to() -> None:
    """The plan's own first week, where no shock comes in it; else one of its own. Later weeks are placed, not solved."""
    late, early = drilled(tin(), BAN), drilled(tin(), Shock(week=1, changes=("origin_barred(origin=china, week=1)",)))
    assert way(late, "calm").orders[0] == way(late, "plan").orders[0]
    assert [w.status for w in way(late, "calm").weeks] == ["optimal", "as planned", "as planned"]
    assert [o.offer for o in way(early, "calm").orders] == ["far"]
    assert {o.offer for o in way(early, "plan").orders} == {"near"}


def test_ways_are_the_same_over_workers() -> None:
    """But for the seconds that they took."""
    alone, two = (drilled(tin(), BAN, workers=n) for n in (1, 2))
    assert [days(w) for w in alone.ways] == [days(w) for w in two.ways]
    assert [w.orders for w in alone.ways] == [w.orders for w in two.ways]


@pytest.mark.parametrize(
    ("text", "weeks", "said"),
    [
        ("origin_barred(origin=china, week=5)", 3, "origin_barred(origin=china, week=2)"),
        ("house_out(house=a)", 3, "house_out(house=a)"),
        ("emergency_draw(days=5, week=3)", 2, "emergency_draw(days=5, week=1)"),
        ("emergency_draw(days=5, week=3)", 3, None),
        ("prices.tin/4.price_usd_per_t=90", 3, "prices.tin/1.price_usd_per_t=90"),
    ],
)
def test_a_change_is_written_as_so_many_weeks_later(text: str, weeks: int, said: str | None) -> None:
    """Every week that it names is as many less; what is of a week that has passed is none."""
    assert weeks_on(text, weeks) == said


def test_futures_of_the_instance_are_no_part_of_a_drill() -> None:
    """A future that was to be known is not said to be past."""
    problem = orebook.read("teaching/ban")
    result = run_drill(
        problem, DrillRequest(Drill(name="x", shock=(Shock(week=1, changes=("instance.budget_usd=1e9",)),)), 2)
    )
    assert [w.says for w in way(result, "plan").weeks] == ["instance.budget_usd=1e9 came true", ""]


@pytest.mark.parametrize(
    ("shock", "says"),
    [
        (Shock(week=7, changes=("instance.budget_usd=1",)), "the plan has weeks 1 to 6; write one of these"),
        (Shock(week=4, changes=("instance.budget_usd=1",)), "the drill has 3 weeks; let it have 4 or more"),
        (Shock(week=2, changes=("house_out(house=c)",)), 'house "c" is not there'),
        (Shock(week=2, changes=("targets.tin/5.days=3",)), "write 4 or 6"),
        (
            Shock(week=3, changes=("withdrawals+=withdrawal:x,mineral:tin,week:2,tonnes:1",)),
            "write week 3 or a later one",
        ),
        (Shock(week=3, changes=("emergency_draw(days=1, week=2)",)), "write week 3 or a later one"),
        (Shock(week=2, changes=("stock.tin/store.tonnes=0",)), "store_lost"),
    ],
)
def test_a_shock_that_cannot_be_made_is_refused(shock: Shock, says: str) -> None:
    """Before a week is planned; the fault goes by its place in the drill."""
    with pytest.raises(InputError) as error:
        drilled(tin(), BAN, shock)
    (finding,) = error.value.findings
    assert (finding.file, finding.column) == ("drill", "shock[1]")
    assert says in finding.message


def test_the_first_week_has_twice_the_time() -> None:
    """It begins from no plan; where no limit is named there is none to double."""
    limits = SolveLimits(time_limit_s=25.0, first_times=2.0)
    assert [limits.of_week(k).time_limit_s for k in (0, 1, 2)] == [50, 25, 25]
    assert SolveLimits(first_times=2.0).of_week(0).time_limit_s is None
