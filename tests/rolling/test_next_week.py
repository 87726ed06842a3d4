"""An instance moved on a week: what a plan had left to do is a plan of it, and the two weeks' money adds up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

import orebook
from orebook.checks import faults
from orebook.decisions import Converted, Decisions, Draw, Order, Out, Put, Repay, Sale
from orebook.errors import NoPlanError
from orebook.exact import Fraction, exact
from orebook.formulation.build import RULES
from orebook.judge import Judge, Judgement
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.reading.book import Book
from orebook.resolve import problem_of
from orebook.rolling import members_next_week, stock_next_week
from orebook.rolling.committed import committed
from orebook.rolling.next_week import IDLE, next_week_document
from orebook.schema import tables as t
from orebook.schema.model import Model
from orebook.solver.options import Options
from orebook.solver.run.run import Run
from tests.builders import make_problem
from tests.drawn import problems

FORGETFUL = ("shares", "split", "market", "frozen", "entitlement")
"""Rules that count a plan as a whole, or the prior one: the rest of a plan need not keep them."""
MODEL = Model.model_validate(
    {
        "name": "rest",
        "rules": {rule: {"level": "contract"} for rule in RULES if rule not in FORGETFUL},
        "stages": [{"stage": s} for s in ("unmet", "cover", "cost")],
    }
)


def solved(problem: Problem, model: Model) -> Plan | None:
    """The plan, if there is one."""
    options = Options.of(model, gap=1e-6, time_limit_s=20, threads=1, audit=False)
    try:
        return Run(problem, model, options, insist=True).solve().plan
    except NoPlanError:
        return None


def rest_of(plan: Plan) -> Decisions:
    """What the plan still does after its first week, its weeks renumbered; goods under way are no longer its to put away."""
    under_way: dict[tuple[str, str, int], Fraction] = defaultdict(Fraction)
    for goods in committed(plan.problem, plan.judgement).under_way:
        under_way[goods.mineral, goods.site, goods.week] += goods.tonnes
    rows, lent = members_next_week.owed(plan.problem, plan.judgement)
    owed: tuple[t.OwedRow | t.InboundRow, ...] = (*(rows or ()), *lent)
    for back in owed:
        if back.site is not None:  # what a loan of week 1 brings back is owed, and put away by nobody
            under_way[back.mineral, back.site, back.week + 1] += exact(back.tonnes)
    for made in stock_next_week.in_conversion(plan.problem, plan.judgement):
        under_way[made.mineral, made.site, made.week + 1] += exact(made.tonnes)
    for row in plan.problem.document.rows("owed"):
        if row.week > 1 and row.site is not None:
            under_way[row.mineral, row.site, row.week] -= exact(row.tonnes)
    whole = Decisions.of(plan.document)
    week_of = {w.name: w.week for w in plan.problem.withdrawals.values()}
    puts = ((p, p.tonnes - under_way[p.mineral, p.site, p.week]) for p in whole.puts if p.week > 1)
    return Decisions(
        orders=tuple(Order(o.offer, o.week - 1, o.tonnes, o.tier) for o in whole.orders if o.week > 1),
        puts=tuple(Put(p.mineral, p.site, p.week - 1, tonnes) for p, tonnes in puts if tonnes > 0),
        outs=tuple(Out(o.withdrawal, o.site, o.tonnes) for o in whole.outs if week_of[o.withdrawal] > 1),
        sales=tuple(replace(s, week=s.week - 1) for s in whole.sales if s.week > 1),
        conversions=tuple(replace(c, week=c.week - 1) for c in whole.conversions if c.week > 1),
        stand_ins=tuple(replace(s, week=s.week - 1) for s in whole.stand_ins if s.week > 1),
        draws=tuple(Draw(d.source, d.week - 1, d.usd) for d in whole.draws if d.week > 1),
        repays=tuple(Repay(r.source, r.week - 1, r.usd) for r in whole.repays if r.week > 1),
    )


def check(problem: Problem, model: Model) -> None:
    """Solve, move on, and judge what is left."""
    plan = solved(problem, model)
    if plan is None or problem.weeks == 1 or any(r.week > problem.weeks for r in problem.document.rows("inbound")):
        return  # what comes into view is in no part of the old plan
    if any(r.week > problem.weeks for r in plan.judgement.returns):
        return  # nor is what is owed at the end
    if plan.judgement.exact_costs["later_usd"]:
        return  # nor what is paid after it
    back = {(r.mineral, r.week) for r in plan.judgement.returns if r.withdrawal}
    converted = {(problem.conversions[c.conversion].into, c.arrives) for c in plan.judgement.conversions}
    if any(sum((p.mineral, p.week) == key for p in plan.judgement.puts) > 1 for key in converted):
        return  # nor what one store is to have
    if any(sum((p.mineral, p.week) == key for p in plan.judgement.puts) > 1 for key in back):
        return  # what one store owes cannot come to two
    week = committed(problem, plan.judgement)
    document = next_week_document(problem, plan.judgement, week)
    assert [f for f in faults(Book.of(document)) if f.check != "empty_table"] == []
    after = problem_of(document)
    judged = Judge(after, model).judge(rest_of(plan))
    # Once stock is drawn, a limit that it had lifted is down again, and a cover that had to be there once may not last.
    leaves = problem.withdrawals or plan.document.sales or plan.document.conversions
    drawn: tuple[str, ...] = ("storage", "ceiling", "must") if leaves else ()
    drawn += ("shelf",)  # what came in this week is stock next week, and may lapse in it
    first = plan.judgement.cash[0]
    if first.idle_usd or any(first.repays_usd.values()):
        drawn += ("funding",)  # what lies idle is to be drawn now, and shares forget what was paid back
    assert [b for b in judged.breaches if b.rule not in drawn and not b.row.startswith("waste_stays")] == []
    if back or any(c.week == 1 < c.arrives for c in plan.judgement.conversions):
        return  # what is owed, or under way, is handled by nobody
    assert float(week.cash_usd + judged.exact_costs["cash_usd"]) == pytest.approx(
        float(plan.judgement.exact_costs["cash_usd"]), abs=0.02
    )
    assert float(week.receipts_usd + judged.exact_costs["receipts_usd"]) == pytest.approx(
        float(plan.judgement.exact_costs["receipts_usd"]), abs=0.02
    )
    handling = week.handling_usd + judged.exact_costs["handling_usd"]
    assert float(handling) == pytest.approx(float(plan.judgement.exact_costs["handling_usd"]), abs=0.02)
    for (mineral, site, w), tonnes in plan.judgement.stock.items():
        if w > 1:
            assert abs(judged.stock[mineral, site, w - 1] - tonnes) < Fraction(1, 10**5)
    rents = {s.name: exact(s.rent_usd_per_m3_week) for s in problem.sites.values()}
    rent = week.rent_usd + sum(rents[s.site] * s.volume_m3 for s in judged.stores if s.week < after.weeks)
    assert float(rent) == pytest.approx(float(plan.judgement.exact_costs["rent_usd"]), abs=0.02)


@settings(max_examples=150)
@given(problems(members=True, leaving=True))
def test_the_rest_of_a_plan_is_a_plan_a_week_later(problem: Problem) -> None:
    """It keeps every rule, and cash, handling, rent and stock are what the whole plan had, to the cent and the gram."""
    check(problem, MODEL)


def test_the_rest_of_the_small_vaults_plan() -> None:
    """Every table at once: licences, tiers, two sources of money, releases, goods under way."""
    check(orebook.read("instances/vault-small"), MODEL)


def test_money_of_a_week_by_hand() -> None:
    """300 drawn before and 100 in week 1, of which 250 come in: 150 go back, and 100 lie idle, to be drawn for nothing.

    The budget of 500 is 150 more, as the week took 100 and brought 250; the loan, which lent up to week 1, has ended.
    """
    problem = make_problem(
        {"weeks": 3, "budget_usd": 500},
        stock=[{"mineral": "tin", "site": "store", "tonnes": 5}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 5, "pays_usd_per_t": 50}],
        funding=[
            {"source": "loan", "drawn_usd": 300, "limit_usd": 900, "to_week": 1, "undrawn_pct": 5.2, "draw_fee_pct": 1},
            {"source": "line", "to_week": 3},
        ],
    )
    decisions = Decisions(
        (Order("a", 1, Fraction(1)),),
        (Put("tin", "store", 1, Fraction(1)),),
        (Out("j", "store", Fraction(5)),),
        draws=(Draw("loan", 1, Fraction(100)),),
        repays=(Repay("loan", 1, Fraction(150)),),
    )
    judgement = Judge(problem, MODEL).judge(decisions)
    week = committed(problem, judgement)
    # 0.1 % of the 650 that are not drawn after the week, and 1 % of the 100 drawn
    assert (float(week.net_usd), float(week.fees_usd)) == (-150, 1.65)
    assert float(week.total_usd) == pytest.approx(-148.35)
    document = next_week_document(problem, judgement, week)
    assert faults(Book.of(document)) == []
    after = problem_of(document)
    assert after.budget_usd == 650
    loan, line, idle = after.sources["loan"], after.sources["line"], after.sources[IDLE]
    assert (loan.drawn_usd, loan.to_week, line.to_week) == (250, 0, 2)
    assert (idle.limit_usd, idle.rate_pct, idle.drawn_usd) == (100, 0, 0)
    later = Judge(after, MODEL).judge(Decisions())
    assert later.costs.fees_usd == 0
    # what is left of it the week after is added to
    again = next_week_document(after, later, committed(after, later))
    assert [r.limit_usd for r in again.rows("funding") if r.source == IDLE] == [100]


def test_what_an_unlisted_source_lent_is_remembered_where_it_can_be_paid_back() -> None:
    """No funding table: 100 USD are drawn in week 1 and paid back of the 150 that come in in week 2; 50 lie idle."""
    problem = make_problem(
        {"weeks": 2},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}],
        houses=[{"house": "hartree"}],
        offers=[{"offer": "a", "house": "hartree", "mineral": "tin"}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 1, "pays_usd_per_t": 150}],
    )
    decisions = Decisions(
        (Order("a", 1, Fraction(1)),),
        (Put("tin", "store", 1, Fraction(1)),),
        (Out("j", "store", Fraction(1)),),
        draws=(Draw("cash", 1, Fraction(100)),),
        repays=(Repay("cash", 2, Fraction(100)),),
    )
    judgement = Judge(problem, MODEL).judge(decisions)
    assert not judgement.breaches
    after = problem_of(next_week_document(problem, judgement, committed(problem, judgement)))
    assert [(s.name, s.drawn_usd) for s in after.sources.values()] == [("cash", 100)]
    left = Decisions(outs=(Out("j", "store", Fraction(1)),), repays=(Repay("cash", 1, Fraction(100)),))
    assert not Judge(after, MODEL).judge(left).breaches


def test_a_week_by_hand() -> None:
    """5 t ordered in week 1 with a lead of 2 at 100 USD/t, 40 % on order: 200 USD paid, 300 due in what is then week 2."""
    problem = make_problem(
        {"weeks": 3, "budget_usd": 1000, "start": date(2026, 2, 9)},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "target_days": 5}],
        houses=[{"house": "a", "capacity_t": 9, "max_spend_usd": 900}],
        offers=[
            {
                "offer": "o",
                "house": "a",
                "mineral": "tin",
                "lead_weeks": 2,
                "pay_on_order_pct": 40,
                "max_t": 8,
                "commit_t": 6,
            }
        ],
        prices=[{"mineral": "tin", "week": 3, "price_usd_per_t": 120}],
        releases=[{"week": 1, "usd": 250}, {"week": 2, "usd": 750}],
        sites=[{"site": "depot", "handling_usd_per_t": 2, "rent_usd_per_m3_week": 1}],
    )
    decisions = Decisions((Order("o", 1, Fraction(5)),), (Put("tin", "depot", 3, Fraction(5)),))
    judgement = Judge(problem, MODEL).judge(decisions)
    week = committed(problem, judgement)
    assert (float(week.cash_usd), float(week.handling_usd)) == (200, 10)
    after = problem_of(next_week_document(problem, judgement, week))
    assert (after.start, after.budget_usd, dict(after.released or {})) == (date(2026, 2, 16), 800, {1: 800})
    (goods,) = after.inbound
    assert (goods.site, goods.week, goods.tonnes, goods.due_usd) == ("depot", 2, 5, 300)
    house, offer = after.houses["a"], after.offers["o"]
    assert (house.capacity_t, house.max_spend_usd, offer.max_t, offer.commit_t) == (4, 400, 3, 1)
    assert [after.benchmark["tin", w] for w in (1, 2, 3)] == [100, 120, 120]
    assert [(t.week, t.days) for t in after.targets] == [(2, 5)]
    again = _idle(after)
    assert [(t.week, t.days) for t in again.targets] == [(1, 5)]
    assert [(t.week, t.days) for t in _idle(again).targets] == [(3, 5)]


def _idle(problem: Problem) -> Problem:
    """A week later, nothing bought."""
    judgement = Judge(problem, MODEL).judge(Decisions())
    return problem_of(next_week_document(problem, judgement, committed(problem, judgement)))


def _put(problem: Problem, tonnes: int, *draws: Draw) -> Judgement:
    """5 t or so of `o`, ordered, arrived and put away in week 1."""
    return Judge(problem, MODEL).judge(
        Decisions((Order("o", 1, Fraction(tonnes)),), (Put("tin", "store", 1, Fraction(tonnes)),), draws=draws)
    )


def test_an_overspent_release_comes_off_later_ones() -> None:
    """400 USD paid of 250: 150 too many, of which week 2's 100 take the most and week 3's 750 the last 50."""
    problem = make_problem(
        {"weeks": 3},
        offers=[{"offer": "o", "house": "traxys", "mineral": "tin"}],
        releases=[{"week": w, "usd": usd} for w, usd in ((1, 250), (2, 100), (3, 750))],
    )
    judgement = _put(problem, 4)
    after = problem_of(next_week_document(problem, judgement, committed(problem, judgement)))
    assert dict(after.released or {}) == {1: 0, 2: 700}


def test_each_limit_is_less_by_its_own() -> None:
    """5 t of `o` for 500 USD of a loan of which 30 are drawn, at 1 % a week for three weeks; week 2's price is 110 USD/t."""
    offer = {"house": "a", "mineral": "tin", "max_t": 8, "origin": "far"}
    problem = make_problem(
        {"weeks": 3},
        houses=[{"house": "a"}, {"house": "b", "engaged": "yes"}, {"house": "c"}],
        offers=[{**offer, "offer": "o"}, {**offer, "offer": "p"}],
        origins=[{"origin": "far", "barred_from_week": 3}],
        prices=[{"mineral": "tin", "week": 2, "price_usd_per_t": 110}],
        funding=[{"source": "loan", "rate_pct": 52, "drawn_usd": 30}],
    )
    judgement = _put(problem, 5, Draw("loan", 1, Fraction(500)))
    week = committed(problem, judgement)
    after = problem_of(next_week_document(problem, judgement, week))
    assert {name: o.max_t for name, o in after.offers.items()} == {"o": 3, "p": 8}
    assert {name: h.engaged for name, h in after.houses.items()} == {"a": True, "b": True, "c": False}
    assert after.minerals["tin"].price_usd_per_t == 110
    assert after.sources["loan"].drawn_usd == 530
    assert after.origins["far"].barred_from_week == 2
    assert float(week.interest_usd) == pytest.approx(5.3)  # 530 USD at 1 %


def test_stock_is_a_week_older_and_the_oldest_left_first() -> None:
    """10 t of age 3 and 4 of age 0; 6 are drawn in week 1 and 2 come in: 4 of age 4, 4 + 2 of age 1. Zinc does not age."""
    problem = make_problem(
        {"weeks": 3},
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "shelf_weeks": 9},
            {"mineral": "zinc", "price_usd_per_t": 100},
        ],
        stock=[
            {"mineral": "tin", "site": "store", "tonnes": 10, "age_weeks": 3},
            {"mineral": "tin", "site": "store", "tonnes": 4},
            {"mineral": "zinc", "site": "store", "tonnes": 1, "age_weeks": 7},
        ],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 6}],
    )
    decisions = Decisions(
        orders=(Order("a", 1, Fraction(2)),),
        puts=(Put("tin", "store", 1, Fraction(2)),),
        outs=(Out("j", "store", Fraction(6)),),
        draws=(Draw("cash", 1, Fraction(200)),),
    )
    judgement = Judge(problem, MODEL).judge(decisions)
    document = next_week_document(problem, judgement, committed(problem, judgement))
    assert [(r.mineral, r.age_weeks, r.tonnes) for r in document.rows("stock")] == [
        ("tin", 4, 4),
        ("tin", 1, 6),
        ("zinc", 0, 1),
    ]


def test_what_is_sold_and_converted_is_behind_a_week_later() -> None:
    """3 of 5 t are sold to a bid of weeks 1 to 3, 2 t are made into zinc: 2 t of the bid are left, 1 t is under way."""
    problem = make_problem(
        {"weeks": 3},
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100},
            {"mineral": "zinc", "price_usd_per_t": 100},
        ],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 9}],
        bids=[
            {
                "bid": "b",
                "house": "traxys",
                "mineral": "tin",
                "price_usd_per_t": 90,
                "max_t": 5,
                "surplus": "yes",
                "to_week": 3,
            },
            {"bid": "once", "house": "traxys", "mineral": "tin", "to_week": 1},
        ],
        conversions=[
            {"conversion": "c", "from": "tin", "to": "zinc", "yield": 0.5, "lead_weeks": 2, "fee_usd_per_t": 10}
        ],
    )
    decisions = Decisions(
        sales=(Sale("b", "store", 1, Fraction(3)),),
        conversions=(Converted("c", "store", 1, Fraction(2)),),
        puts=(Put("zinc", "store", 3, Fraction(1)),),
    )
    judgement = Judge(problem, MODEL).judge(decisions)
    document = next_week_document(problem, judgement, committed(problem, judgement))
    assert [(r.bid, r.max_t, r.from_week, r.to_week) for r in document.rows("bids")] == [("b", 2, 1, 2)]
    assert [(r.mineral, r.week, r.tonnes, r.due_usd) for r in document.rows("inbound")] == [("zinc", 2, 1, 0)]
    assert [(r.mineral, r.tonnes) for r in document.rows("stock")] == [("tin", 4)]
    assert document.instance.budget_usd is None
