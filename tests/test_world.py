"""Problems whose changes are known from a week only: what holds before and after it, and what becomes of goods under way."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

import orebook
from orebook.errors import InputError
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.tables import InTransit
from tests.builders import make_problem

OFFER = {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "china", "lead_weeks": 1}
ORIGINS = [{"origin": "china", "group": "east"}, {"origin": "chile"}]
BARRED = "origins.china.barred=yes"


def problem(weeks: int = 4, head: dict[str, Any] | None = None, **tables: Any) -> Problem:
    """10 t of tin wanted by the end, from China at 100 USD/t with one week of lead, no store's costs."""
    given: dict[str, Any] = {"offers": [OFFER], "origins": ORIGINS, **tables}
    return make_problem({"weeks": weeks, **(head or {})}, **given)


def ordered(world: Problem, tonnes: float = 10, week: int = 1, offer: str = "a") -> Plan:
    """The world's plan with one order in week 1 that stands, and nothing else bought."""
    ticket = [{"offer": offer, "week": week, "tonnes": tonnes}]
    assert world.world is not None
    before = world.world.before.document
    stands = make_problem(
        {**before.instance.model_dump(exclude_none=True), "frozen_weeks": week},
        **{t: [r.model_dump() for r in before.rows(t)] for t in ("minerals", "houses", "offers", "origins")},
        prior=ticket,
    )
    return orebook.solve(
        stands.change(*world.changes, known=world.world.known_week, in_transit=world.world.in_transit), audit=False
    )


def test_without_news_a_problem_is_the_same_in_every_week() -> None:
    """`at` and `terms` are the problem itself."""
    plain = problem()
    assert plain.at(3) is plain.terms(1) is plain


@pytest.mark.parametrize(
    ("in_transit", "arrives", "paid", "refunded"),
    [("lost", None, 302.0, 0.0), ("arrive", 3, 1002.0, 0.0), ("refund", None, 302.0, 300.0)],
)
def test_goods_under_way_when_their_origin_is_barred(
    in_transit: InTransit, arrives: int | None, paid: float, refunded: float
) -> None:
    """10 t at 100 USD/t with 30 % on order and a fee of 2, two weeks on the way, a bar known in week 2: by `in_transit`."""
    offer = {**OFFER, "lead_weeks": 2, "pay_on_order_pct": 30, "order_fee_usd": 2}
    world = problem(offers=[offer]).change(BARRED, known=2, in_transit=in_transit)
    plan = ordered(world)
    (ticket,) = plan.document.tickets
    assert (ticket.arrives, ticket.paid_usd, ticket.refunded_usd, plan.costs.receipts_usd) == (
        arrives,
        paid,
        refunded,
        refunded,
    )
    assert ticket.lost is (arrives is None)
    assert ticket.order_cash_usd == 1002.0
    assert plan.costs.cash_usd == paid
    assert plan.costs.not_due_usd == paid - 1002.0
    assert plan.document.cover[0].stock_t == (10.0 if arrives else 0.0)


def test_goods_that_are_paid_on_arrival_give_nothing_back() -> None:
    """Lost and refunded, and 0 % of them was paid on order: the fee of 2 USD is gone, and nothing comes in."""
    offer = {**OFFER, "lead_weeks": 2, "pay_on_order_pct": 0, "order_fee_usd": 2}
    plan = ordered(problem(offers=[offer]).change(BARRED, known=2, in_transit="refund"))
    assert (plan.costs.cash_usd, plan.costs.receipts_usd, plan.document.receipts) == (2.0, 0.0, ())


def test_a_floor_belongs_to_the_week_of_the_order() -> None:
    """10 t at 100 USD/t under a floor of 120 that another pays from week 2 on: 1 200 USD in week 1, 1 000 and 200 later."""
    floors = [{"mineral": "tin", "origin": "china", "floor_usd_per_t": 120, "mechanism": "cfd"}]
    world = problem(floors=floors).change("floors.tin/china.payer=other", known=2)
    for week, usd in ((1, 1200.0), (2, 1000.0)):
        offer = {**OFFER, "from_week": week, "to_week": week}
        plan = orebook.solve(problem(floors=floors, offers=[offer]).change(*world.changes, known=2), gap=0, audit=False)
        (ticket,) = plan.document.tickets
        assert (ticket.week, ticket.top_up_usd, ticket.top_up_other_usd) == (week, usd - 1000, 1200 - usd)
        assert plan.costs.total_usd == usd


def test_goods_that_arrive_before_the_news_are_safe() -> None:
    """Ordered in week 1 with a lead of one week, they are there in week 2; the bar is known in week 3."""
    (ticket,) = ordered(problem().change(BARRED, known=3)).document.tickets
    assert (ticket.arrives, ticket.lost) == (2, False)


def test_goods_under_way_are_later_by_what_their_origin_takes_longer() -> None:
    """Two weeks longer, known in week 2: what was to come in week 2 comes in week 4, and past the end it is not paid there."""
    offer = {**OFFER, "pay_on_order_pct": 0}
    longer = "licence_delay(origin=china,weeks=2)"
    (late,) = ordered(problem(offers=[offer]).change(longer, known=2)).document.tickets
    assert (late.arrives, late.lost, late.paid_usd) == (4, False, 1000.0)
    plan = ordered(problem(weeks=3, offers=[offer]).change(longer, known=2))
    (past,) = plan.document.tickets
    assert (past.arrives, past.lost, past.paid_usd) == (None, False, 0.0)
    assert (plan.costs.not_due_usd, plan.costs.later_usd) == (-1000.0, 0.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("instance.frozen_weeks=1", "frozen_weeks is the same"),
        ("stock.tin/store.tonnes=1", "what is in store before week 1"),
        ("prices+=mineral:tin,week:2,price_usd_per_t:90", "week 2 is before week 3"),
    ],
)
def test_what_is_settled_by_then_is_refused(change: str, says: str) -> None:
    """It would be passed over in silence: asked from week 3 on, or of a problem that learns of its changes in week 3."""
    plain = problem(stock=[{"mineral": "tin", "site": "store", "tonnes": 2}])
    assert plain.change(change).digest != plain.digest
    with pytest.raises(InputError, match=says):
        plain.change(change, known=3)
    with pytest.raises(InputError, match=says):
        plain.change(BARRED, known=3).change(change)


def test_a_bar_is_asked_of_the_late_arrival() -> None:
    """Barred from week 4: what was to come in week 3 is safe, and what is a week late is not."""
    from_week_4 = "origins.china.barred_from_week=4"
    offer = {**OFFER, "lead_weeks": 2}
    (safe,) = ordered(problem(offers=[offer]).change(from_week_4, known=2)).document.tickets
    later = problem(offers=[offer]).change(from_week_4, "origins.china.extra_lead_weeks=1", known=2)
    (stopped,) = ordered(later).document.tickets
    assert (safe.arrives, stopped.lost) == (3, True)


def test_an_order_has_the_terms_of_its_week() -> None:
    """20 t wanted, 10 a week: one order before the price doubles in week 2, one after."""
    offer = {**OFFER, "max_week_t": 10, "to_week": 2}
    plan = orebook.solve(
        problem(head={"target_days": 20}, offers=[offer]).change("minerals.tin.price_usd_per_t=+100%", known=2),
        audit=False,
    )
    assert [(t.week, t.paid_usd_per_t) for t in plan.document.tickets] == [(1, 100.0), (2, 200.0)]
    assert plan.costs.cash_usd == 3000.0


def test_limits_over_the_whole_plan_are_those_after_the_news_and_count_what_was_bought_before() -> None:
    """12 t wanted, 10 a week at most; from week 2 on the offer gives 11 t in all."""
    offer = {**OFFER, "max_week_t": 10, "to_week": 2}
    world = problem(head={"target_days": 12}, offers=[offer]).change("offers.a.max_t=11", known=2)
    plan = orebook.solve(world, audit=False)
    assert sum(t.tonnes for t in plan.document.tickets) == 11.0
    never = problem(head={"target_days": 12}, offers=[offer]).change(
        "offers.a.max_t=11", "offers.a.max_week_t=1", known=5
    )
    plan = orebook.solve(never, audit=False)
    assert sum(t.tonnes for t in plan.document.tickets) == 11.0


def test_what_is_in_a_store_that_closes_is_gone() -> None:
    """10 t lie in a store that burns down in week 3: of the 4 t drawn each week two weeks' worth comes out of it."""
    world = problem(
        offers=[{**OFFER, "max_week_t": 0}],
        sites=[{"site": "old"}, {"site": "new"}],
        stock=[{"mineral": "tin", "site": "old", "tonnes": 10}],
        withdrawals=[{"withdrawal": f"w{w}", "mineral": "tin", "week": w, "tonnes": 4} for w in (1, 2, 3)],
    ).change("store_lost(site=old)", known=3)
    plan = orebook.solve(world, audit=False)
    assert {name: float(t) for name, t in plan.judgement.unmet.items()} == {"w1": 0.0, "w2": 0.0, "w3": 4.0}
    assert plan.document.cover[0].stock_t == 0.0


def test_money_comes_free_by_the_release_of_its_week() -> None:
    """400 USD are free in week 1; the 600 of week 2 come in week 3, known in week 2, so that they pay for 6 t then."""
    releases = [{"week": 1, "usd": 400}, {"week": 2, "usd": 600}]
    world = problem(releases=releases).change("release_slips(week=2,weeks=1)", known=2)
    assert dict(world.released or {}) == {1: 400.0, 3: 600.0}
    plan = orebook.solve(world, audit=False)
    assert plan.document.cover[0].stock_t == 10.0
    assert sum(t.tonnes for t in plan.document.tickets if t.week < 3) <= 4.0


def test_engaging_a_house_costs_what_it_did_before_the_news() -> None:
    """The fee is paid in week 1, whatever is learnt later."""
    houses = [{"house": "traxys", "engage_fee_usd": 50}]
    plan = orebook.solve(problem(houses=houses).change("houses.traxys.engage_fee_usd=90", known=2), audit=False)
    assert plan.costs.engage_fees_usd == 50.0


def test_a_frozen_ticket_of_a_later_week_has_the_terms_before_the_news() -> None:
    """Frozen in week 3, the bar known in week 2: it is lost like an order of week 1, at the price of before."""
    frozen = problem(head={"frozen_weeks": 3}, prior=[{"offer": "a", "week": 3, "tonnes": 10}])
    world = frozen.change(BARRED, "minerals.tin.price_usd_per_t=+100%", known=2)
    plan = orebook.solve(world, audit=False)
    (ticket,) = plan.document.tickets
    assert (ticket.week, ticket.paid_usd_per_t, ticket.lost) == (3, 100.0, True)


def test_what_has_the_world_can_be_changed_saved_and_sent_again(tmp_path: Path) -> None:
    """More changes act from the same week; a folder and a pickle bring the same problem back."""
    world = problem().change("offers.a.price_usd_per_t=120", known=2)
    more = world.change("offers.a.order_fee_usd=5")
    assert more.world is not None
    assert more.at(1).offers["a"].order_fee_usd == 0.0
    assert (more.at(2).offers["a"].order_fee_usd, more.at(2).offers["a"].price_usd_per_t) == (5.0, 120.0)
    assert pickle.loads(pickle.dumps(more)) == more
    plan = orebook.solve(more, audit=False)
    plan.save(tmp_path / "plan")
    again = orebook.open_plan(tmp_path / "plan")
    assert (again.problem, again.document) == (more, plan.document)
    assert again.document.known_week == 2
    assert again.document.instance.changes == ("offers.a.price_usd_per_t=120", "offers.a.order_fee_usd=5")


@pytest.mark.parametrize(
    ("changes", "known", "says"),
    [
        ((BARRED,), 1, "from week 2 to 5"),
        ((BARRED,), 6, "from week 2 to 5"),
        (("rules.shares=off",), 2, "cannot be switched off from a week on"),
    ],
)
def test_what_cannot_be_known_from_a_week_is_refused(changes: tuple[str, ...], known: int, says: str) -> None:
    """A week outside the plan, or a rule."""
    with pytest.raises(InputError, match=says):
        problem().change(*changes, known=known)


def test_news_upon_news_of_another_week_is_refused() -> None:
    """A problem has one week in which something is learnt."""
    with pytest.raises(InputError, match="cannot be changed again from week 3"):
        problem().change(BARRED, known=2).change(BARRED, known=3)


def test_an_order_of_an_offer_that_is_not_there_yet_is_a_breach() -> None:
    """An offer that only the news brings cannot be bought from before it."""
    more = "offers+=offer:b,house:traxys,mineral:tin"
    world = problem().change(more, known=3)
    later = problem().change(more)
    plan = orebook.solve(later, audit=False)
    early = plan.document.model_copy(
        update={
            "tickets": tuple(
                t.model_copy(update={"offer": "b", "week": 1, "arrives": 1}) for t in plan.document.tickets
            )
        }
    )
    verdict = orebook.verify(world, early, plan.model)
    assert "unknown_offer[b,1]" in [b.row for b in verdict.breaches]
