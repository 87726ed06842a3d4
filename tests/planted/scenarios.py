"""Faults in scenarios and what they come to."""

from __future__ import annotations

from tests.planted.mutant import Mutant

ROOM = "scenarios"
SWEEPS, VOLATILITY, RISK, CACHE = (f"{ROOM}/{name}.py" for name in ("sweeps", "volatility", "risk", "outcome_cache"))
BREAKEVEN = f"{ROOM}/breakeven.py"
ENDS = f"{ROOM}/test_run_list.py::test_a_sweep_has_both_ends_and_even_steps"
SPREAD = f"{ROOM}/test_draws.py::test_a_spread_by_hand"
BY_HAND = f"{ROOM}/test_draws.py::test_what_is_ordered_is_repriced_by_hand"
HANGS_ON = f"{ROOM}/test_outcome_cache.py::test_an_outcome_is_found_by_all_that_it_hangs_on"
TURNS = f"{ROOM}/test_breakeven.py::test_each_side_of_a_turn_is_told_as_it_is"

MUTANTS = [
    Mutant("a sweep that stops a step short", SWEEPS, "Fraction(k, count - 1)", "Fraction(k, count)", (ENDS,)),
    Mutant(
        "a sweep from its high end down",
        SWEEPS,
        "self.low + (self.high - self.low) * part",
        "self.high + (self.low - self.high) * part",
        (ENDS,),
    ),
    Mutant(
        "prices moved that nobody sells at",
        SWEEPS,
        "name in sold and mineral.price_usd_per_t > 0",
        "name in sold or mineral.price_usd_per_t > 0",
        (f"{ROOM}/test_run_list.py::test_a_tornado_moves_each_price_that_is_sold",),
    ),
    Mutant(
        "limits lifted to what frozen tickets come to as ordered",
        "as_ordered.py",
        'plan.model.without("frozen")',
        "plan.model",
        (f"{ROOM}/test_draws.py::test_a_budget_is_money_too",),
    ),
    Mutant(
        "money drawn as before the prices moved",
        "as_ordered.py",
        "d.usd + more[d.week] * d.usd / in_all[d.week]",
        "d.usd",
        (BY_HAND,),
    ),
    Mutant(
        "a correlation with one of its two halves",
        VOLATILITY,
        "correlation[i, j] = correlation[j, i] = row.correlation",
        "correlation[i, j] = row.correlation",
        (f"{ROOM}/test_draws.py::test_a_pair_may_be_named_either_way_round",),
    ),
    Mutant(
        "a tornado as far down as up",
        VOLATILITY,
        'sigma if sign == "+" else -sigma',
        'sigma if sign == "-" else -sigma',
        (f"{ROOM}/test_draws.py::test_a_tornado_at_its_own_volatility_moves_a_price_by_a_week",),
    ),
    Mutant(
        "a percentile a draw too high",
        RISK,
        "max(0, ceil(part * len(ordered) - 1e-9) - 1)",
        "min(len(ordered) - 1, int(part * len(ordered) + 1e-9))",
        (SPREAD,),
    ),
    Mutant("the mean of the best draws", RISK, "/ ((1 - level) * n)", "/ (level * n)", (SPREAD,)),
    Mutant(
        "orders of all weeks counted in the first",
        RISK,
        "            if t.week == 1:\n",
        "            if t.week >= 1:\n",
        (f"{ROOM}/test_draws.py::test_week_one_is_counted_over_the_draws_that_have_a_plan",),
    ),
    Mutant(
        "outcomes of another gap",
        CACHE,
        "            self.gap,\n            self.time_limit_s,\n",
        "            self.time_limit_s,\n",
        (HANGS_ON,),
    ),
    Mutant(
        "outcomes of another time limit",
        CACHE,
        "            self.gap,\n            self.time_limit_s,\n",
        "            self.gap,\n",
        (HANGS_ON,),
    ),
    Mutant("outcomes of another plan", CACHE, "            tickets,\n", "", (HANGS_ON,)),
    Mutant(
        "a plan that the clock made is cached",
        CACHE,
        "outcome.status in CACHEABLE and not unaided",
        "outcome.status in CACHEABLE",
        (f"{ROOM}/test_outcome_cache.py::test_what_may_end_otherwise_tomorrow_is_not_cached",),
    ),
    Mutant(
        "orders that must change rounded down",
        f"{ROOM}/outcome.py",
        "-int(-(changes_stage.bound - 1e-6) // 1)",
        "int(changes_stage.bound)",
        (f"{ROOM}/test_outcome_cache.py::test_orders_that_must_change_are_counted_in_whole_ones",),
    ),
    Mutant(
        "the half without the turn is searched",
        BREAKEVEN,
        "return ends.index(middle)",
        "return 1 - ends.index(middle)",
        (TURNS,),
    ),
    Mutant(
        "over and under taken for each other",
        BREAKEVEN,
        "value > limit if over else value < limit",
        "value < limit if over else value > limit",
        (f"{ROOM}/test_breakeven.py::test_what_can_be_watched",),
    ),
    Mutant(
        "the turn to no plan told for that of the figure",
        BREAKEVEN,
        "definite == [True, False] else 0",
        "definite == [False, True] else 0",
        (TURNS,),
    ),
    Mutant(
        "a search that ran out of time called without a plan",
        BREAKEVEN,
        '{True: "no plan", False: "not known"}',
        '{True: "no plan", False: "no plan"}',
        (f"{ROOM}/test_breakeven.py::test_without_a_plan_there_is_no_answer",),
    ),
    Mutant(
        "orders of now that others may be placed beside",
        "scenarios/placed_tickets.py",
        "week=problem.weeks + 1, tonnes=1.0",
        "week=problem.weeks + 1, tonnes=0.0",
        ("scenarios/test_hedge_check.py::test_placed_orders_stand_and_no_other_is_placed_beside_them",),
    ),
    Mutant(
        "a saving that is the wrong way round",
        "scenarios/hedge_check.py",
        "(dear[0] - good[1], dear[1] - good[0])",
        "(good[0] - dear[1], good[1] - dear[0])",
        ("scenarios/test_hedge_check.py::test_the_summary_is_that_of_the_draws",),
    ),
    Mutant(
        "a later stage told though an earlier one is open",
        "scenarios/at_best.py",
        "if value is None or not within(gap_of(stage, value, bound), 0.0):",
        "if value is None:",
        ("scenarios/test_hedge_check.py::test_a_stage_is_told_only_where_the_ones_before_it_are_as_good_as_can_be",),
    ),
]
