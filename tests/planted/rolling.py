"""Faults in weeks that are rolled on."""

from __future__ import annotations

from tests.planted.mutant import Mutant

ROOM = "rolling"
NEXT_WEEK, COMMITTED, LOOP = f"{ROOM}/next_week.py", f"{ROOM}/committed.py", f"{ROOM}/loop.py"
BY_HAND = f"{ROOM}/test_next_week.py::test_a_week_by_hand"
OWN = f"{ROOM}/test_next_week.py::test_each_limit_is_less_by_its_own"
KNOWS = f"{ROOM}/test_loop.py::test_each_week_knows_todays_price_and_no_other"

MUTANTS = [
    Mutant(
        "an overspent release forgotten",
        NEXT_WEEK,
        "carried = min(ZERO, carried)",
        "carried = ZERO",
        (f"{ROOM}/test_next_week.py::test_an_overspent_release_comes_off_later_ones",),
    ),
    Mutant(
        "what was free and not paid is lost",
        NEXT_WEEK,
        "carried = by_week.get(1, ZERO) - week.net_usd",
        "carried = min(ZERO, by_week.get(1, ZERO) - week.net_usd)",
        (BY_HAND,),
    ),
    Mutant(
        "an offer is less by all that its house sold",
        NEXT_WEEK,
        '"max_t": _less(row.max_t, ordered.tonnes[row.offer])',
        '"max_t": _less(row.max_t, ordered.house_t[row.house])',
        (OWN,),
    ),
    Mutant(
        "a commitment that stays as it was",
        NEXT_WEEK,
        "_less(row.commit_t, ordered.tonnes[row.offer])",
        "row.commit_t",
        (BY_HAND,),
    ),
    Mutant(
        "engaged only who was engaged before",
        NEXT_WEEK,
        "row.engaged or row.house in engaged",
        "row.engaged and row.house in engaged",
        (OWN,),
    ),
    Mutant("draws of before forgotten", NEXT_WEEK, "drawn = exact(row.drawn_usd) + ", "drawn = ", (OWN,)),
    Mutant(
        "a bar that stays a week away",
        NEXT_WEEK,
        "row.barred_from_week and max(1, row.barred_from_week - 1)",
        "row.barred_from_week and max(1, row.barred_from_week)",
        (OWN,),
    ),
    Mutant(
        "the week that is over gives the price",
        NEXT_WEEK,
        "price = problem.benchmark[row.mineral, min(2, problem.weeks)]",
        "price = problem.benchmark[row.mineral, min(1, problem.weeks)]",
        (OWN,),
    ),
    Mutant(
        "a target whose week is over is gone a week early",
        NEXT_WEEK,
        "x.week - 1 if x.week > 1 else problem.weeks",
        "x.week - 1 if x.week > 1 else problem.weeks - 1",
        (BY_HAND,),
    ),
    Mutant(
        "the prior plan keeps its weeks",
        NEXT_WEEK,
        "PriorRow(offer=x.offer, week=x.week - 1,",
        "PriorRow(offer=x.offer, week=x.week,",
        (f"{ROOM}/test_loop.py::test_the_prior_plan_is_the_last_weeks_plan",),
    ),
    Mutant(
        "what was paid on order is due again",
        COMMITTED,
        "later *= 1 - exact(offer.pay_on_order_pct) / 100",
        "later *= exact(offer.pay_on_order_pct) / 100",
        (BY_HAND,),
    ),
    Mutant(
        "goods under way are handled for nothing",
        COMMITTED,
        "handling += sum((rates[g.site] * g.tonnes for g in under_way), ZERO)",
        "handling += ZERO",
        (BY_HAND,),
    ),
    Mutant(
        "a week's interest is the whole plan's",
        COMMITTED,
        "interest_of(problem, judgement.cash[:1])",
        "interest_of(problem, judgement.cash)",
        (OWN,),
    ),
    Mutant(
        "later orders committed too",
        COMMITTED,
        "t for t in judgement.tickets if t.week == 1)",
        "t for t in judgement.tickets if t.week >= 1)",
        (f"{ROOM}/test_loop.py::test_what_a_week_commits_is_there_a_week_later",),
    ),
    Mutant(
        "a price holds from the day after it is listed",
        f"{ROOM}/history.py",
        "bisect_right(dates, monday) - 1",
        "bisect_right(dates, monday - timedelta(days=1)) - 1",
        (KNOWS,),
    ),
    Mutant(
        "who does not foresee sees ahead",
        LOOP,
        "problem.weeks if policy.foresight else 1",
        "1 if policy.foresight else problem.weeks",
        (KNOWS,),
    ),
    Mutant(
        "frozen orders without a plan are not thawed",
        f"{ROOM}/policies.py",
        "if not any(map(problem.frozen, range(1, problem.weeks + 1))):",
        "if any(map(problem.frozen, range(1, problem.weeks + 1))):",
        (f"{ROOM}/test_loop.py::test_frozen_orders_that_leave_no_plan_are_thawed",),
    ),
    Mutant(
        "days over a target are days short",
        LOOP,
        "max(0.0, a.aim_days - days(a))",
        "max(0.0, days(a) - a.aim_days)",
        (f"{ROOM}/test_loop.py::test_a_rise_that_is_foreseen_is_bought_ahead_of",),
    ),
    Mutant(
        "a future that is past keeps its part of the probability",
        f"{ROOM}/later_futures.py",
        "probability=future.probability / total,",
        "probability=future.probability,",
        (f"{ROOM}/test_later_futures.py::test_futures_come_a_week_nearer_and_share_what_is_past",),
    ),
    Mutant(
        "a bar asked of the week in which goods were to come",
        f"{ROOM}/coming_true.py",
        "newly = _bars(now, week) and",
        "newly = _bars(now, goods.week) and",
        (f"{ROOM}/test_hedged_way.py::test_goods_under_way_are_late_or_lost_with_what_is_due_for_them",),
    ),
    Mutant(
        "goods that are lost are to be paid all the same",
        f"{ROOM}/coming_true.py",
        "due[goods.mineral, goods.site, goods.week] -= goods.due_usd",
        "due[goods.mineral, goods.site, goods.week] -= ZERO",
        (f"{ROOM}/test_hedged_way.py::test_goods_under_way_are_late_or_lost_with_what_is_due_for_them",),
    ),
    Mutant(
        "an event of the week before last comes true again",
        LOOP,
        "if before < event.day <= monday",
        "if event.day <= monday",
        (f"{ROOM}/test_hedged_way.py::test_a_week_says_what_came_true_and_what_became_of_futures",),
    ),
]
